"""What each mode of an import touches, and what it leaves alone."""

from typing import Any

import pytest

from accounts.models import Account, AccountImport, ImportedRow
from accounts.services import replacing
from accounts.services.imports import choose_mapping, start_import
from accounts.services.replacing import look_at_absent
from tests.accounts.files import GOOD, HEADER, MAPPING, import_file, upload, workbook
from tests.cast import Cast
from workspace.exceptions import Conflict, Invalid
from workspace.jobs import JobFailed
from workspace.tenancy import workspace

OTHER = "\n".join([HEADER, "2,Pine Foods,32.08,-81.09,999", "4,Fir Supply,31,-83,5"])
COUNTS = ("n_created", "n_updated", "n_unchanged", "n_left_alone", "n_skipped", "n_bad", "n_gone")


def counts(result: dict[str, Any]) -> tuple[int, ...]:
    return tuple(result[name] for name in COUNTS)


def revenues() -> dict[str, int]:
    return dict(Account.objects.values_list("external_id", "revenue_minor"))


@pytest.mark.parametrize(
    ("mode", "expected", "after"),
    [
        ("add", (1, 0, 0, 1, 0, 0, 0), {"1": 120050, "2": 88000, "3": 0, "4": 500}),
        ("update", (0, 1, 0, 1, 0, 0, 0), {"1": 120050, "2": 99900, "3": 0}),
        ("upsert", (1, 1, 0, 0, 0, 0, 0), {"1": 120050, "2": 99900, "3": 0, "4": 500}),
        ("replace", (1, 1, 0, 0, 0, 0, 2), {"2": 99900, "4": 500}),
    ],
)
def test_a_mode_touches_what_it_says(here: Cast, mode: str, expected: tuple[int, ...], after: dict[str, int]) -> None:
    import_file(here.ops, GOOD)
    result = import_file(here.ops, OTHER, mode=mode, confirmed_gone=2 if mode == "replace" else None)
    assert counts(result) == expected
    assert revenues() == after
    assert sum(counts(result)[:-1]) == result["n_rows"]


@pytest.mark.parametrize(("mode", "row", "external_id"), [("add", 1, "2"), ("update", 2, "4")])
def test_rows_that_are_left_alone_are_named(here: Cast, mode: str, row: int, external_id: str) -> None:
    import_file(here.ops, GOOD)
    result = import_file(here.ops, OTHER, mode=mode)
    assert result["left_alone"] == [{"row": row, "external_id": external_id}]


def test_what_would_disappear_is_shown_first(here: Cast) -> None:
    import_file(here.ops, GOOD)
    absent = look_at_absent(upload(here.ops, OTHER), mapping=MAPPING)
    assert (absent.n_accounts, absent.revenue_minor, absent.n_assigned, absent.n_overridden) == (2, 120050, 0, 0)
    assert [each["name"] for each in absent.first] == ["Oak Hardware", "Elm Tools"]
    assert Account.objects.count() == 3


def test_ids_are_compared_as_the_import_reads_them(here: Cast) -> None:
    import_file(here.ops, GOOD)
    spaced = "\n".join([HEADER, " 1 ,Oak,33,-84,1", "2,Pine,33,-84,1", "3,Elm,33,-84,1"])
    assert look_at_absent(upload(here.ops, spaced), mapping=MAPPING).n_accounts == 0


def start(cast: Cast, content: str, **options: Any) -> AccountImport:
    item = upload(cast.ops, content)
    return start_import(item, mapping=MAPPING, actor=cast.ops, **{"skip_bad_rows": False, "mode": "replace"} | options)


@pytest.mark.parametrize("confirmed", [None, 0, 1, 3])
def test_replace_starts_only_with_the_number_that_disappears(here: Cast, confirmed: int | None) -> None:
    import_file(here.ops, GOOD)
    with pytest.raises(Conflict, match="2 accounts would disappear") as refusal:
        start(here, OTHER, confirmed_gone=confirmed)
    assert refusal.value.extra == {"n_gone": 2}
    assert start(here, OTHER, confirmed_gone=2).job is not None


def test_replace_does_not_skip_bad_rows(here: Cast) -> None:
    with pytest.raises(Invalid, match="would disappear"):
        start(here, OTHER, skip_bad_rows=True, confirmed_gone=0)


def test_an_account_that_came_meanwhile_stops_the_replacement(here: Cast) -> None:
    import_file(here.ops, GOOD)
    with pytest.raises(JobFailed, match=r"3 accounts would disappear\. 2 were confirmed"):
        import_file(here.ops, "\n".join([HEADER, "9,New,33,-84,1"]), mode="replace", confirmed_gone=2)
    assert Account.objects.count() == 3


def test_reps_are_not_replaced(here: Cast) -> None:
    item = upload(here.ops, "id,name\nR1,Dana", kind="reps")
    with pytest.raises(Invalid, match="for accounts only"):
        look_at_absent(item, mapping={"id": "external_id", "name": "name"})


def test_a_workbook_too_long_to_look_through_is_not_used_to_replace(
    here: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [list(MAPPING), *([str(number), "Oak", 33, -84, 1] for number in range(5))]
    item = upload(here.ops, workbook(*rows), filename="a.xlsx")
    assert look_at_absent(item, mapping=MAPPING).n_accounts == 0
    monkeypatch.setattr(replacing, "CELLS_READ_MAX", 20)
    with pytest.raises(Invalid, match="save it as CSV"):
        look_at_absent(item, mapping=MAPPING)


def test_replace_takes_nothing_from_another_workspace(here: Cast) -> None:
    with workspace(here.foreign.workspace.id):
        import_file(here.foreign.members["ops"], GOOD)
    import_file(here.ops, OTHER, mode="replace", confirmed_gone=0)
    with workspace(here.foreign.workspace.id):
        assert Account.objects.count() == 3


def test_tiles_expire_when_accounts_only_go(here: Cast) -> None:
    import_file(here.ops, GOOD)
    before = here.workspace.data_version
    here.workspace.refresh_from_db()
    before = here.workspace.data_version
    import_file(here.ops, GOOD.rsplit("\n", 1)[0], mode="replace", confirmed_gone=1)
    here.workspace.refresh_from_db()
    assert here.workspace.data_version == before + 1


def test_only_the_newest_imports_keep_what_they_changed(here: Cast) -> None:
    for revenue in range(7):
        import_file(here.ops, "\n".join([HEADER, f"1,Oak,33,-84,{revenue + 1}"]))
    kept = set(ImportedRow.objects.values_list("upload_id", flat=True))
    newest = set(AccountImport.objects.order_by("-id").values_list("id", flat=True)[:5])
    assert kept == newest


def test_the_mapping_is_remembered_whatever_the_mode(here: Cast) -> None:
    item = upload(here.ops, OTHER)
    choose_mapping(item, mapping=MAPPING)
    assert upload(here.ops, OTHER).detected["remembered"]
