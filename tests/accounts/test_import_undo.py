"""Taking an import back: what was before is again, and what others did since stays."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.importing.run_undo import run_undo
from accounts.models import Account, AccountImport, ImportedRow, Rep
from accounts.services.accounts import update_account
from accounts.services.import_undo import look_at_undo, start_undo
from tests.accounts.files import GOOD, HEADER, Onlooker, import_file
from tests.cast import Cast
from workspace.exceptions import Conflict
from workspace.models import Change
from workspace.tenancy import workspace

CHANGED = "\n".join([HEADER, "1,Oak Hardware,33.75,-84.39,7", "4,Fir Supply,31,-83,5"])
NUMBERS = ("n_removed", "n_restored", "n_returned", "n_left")


def last_import() -> AccountImport:
    return AccountImport.objects.latest("id")


def undo(item: AccountImport | None = None) -> dict[str, Any]:
    item = item or last_import()
    return run_undo(workspace_id=item.workspace_id, import_id=item.pk, watcher=Onlooker())


def numbers(done: dict[str, Any]) -> tuple[int, ...]:
    return tuple(done[name] for name in NUMBERS)


def accounts() -> list[dict[str, Any]]:
    return list(Account.objects.order_by("id").values())


def test_an_undo_restores_what_was_before(here: Cast) -> None:
    import_file(here.ops, GOOD)
    before = accounts()
    import_file(here.ops, CHANGED, mode="replace", confirmed_gone=2)
    assert numbers(look_at_undo(last_import())) == (1, 1, 2, 0)
    assert numbers(undo()) == (1, 1, 2, 0)
    assert accounts() == before


def test_imports_are_taken_back_one_after_the_other(here: Cast) -> None:
    import_file(here.ops, GOOD)
    first, after_first = last_import(), accounts()
    import_file(here.ops, CHANGED)
    second = last_import()
    assert numbers(undo(second)) == (1, 1, 0, 0)
    assert accounts() == after_first
    assert numbers(undo(first)) == (3, 0, 0, 0)
    assert accounts() == []


def test_what_was_edited_by_hand_since_is_named_and_left(here: Cast) -> None:
    import_file(here.ops, GOOD)
    update_account(Account.objects.get(external_id="2"), actor=here.manager, name="Pine & Sons")
    done = undo()
    assert numbers(done) == (2, 0, 0, 1)
    [left] = done["left"]
    assert (left["external_id"], left["name"], left["why"]) == ("2", "Pine & Sons", "changed since")
    assert left["by"] == here.manager.user.name
    assert list(Account.objects.values_list("name", flat=True)) == ["Pine & Sons"]


def test_what_a_later_import_changed_is_named_with_its_file(here: Cast) -> None:
    import_file(here.ops, GOOD)
    first = last_import()
    import_file(here.ops, CHANGED, filename="later.csv")
    done = undo(first)
    assert numbers(done) == (2, 0, 0, 1)
    assert (done["left"][0]["external_id"], done["left"][0]["by"]) == ("1", "later.csv")
    assert Account.objects.get(external_id="1").revenue_minor == 700


def test_an_account_that_is_there_again_is_left(here: Cast) -> None:
    import_file(here.ops, GOOD)
    import_file(here.ops, CHANGED, mode="replace", confirmed_gone=2)
    replaced = last_import()
    import_file(here.ops, "\n".join([HEADER, "3,Elm Anew,34,-83,1"]))
    done = undo(replaced)
    assert numbers(done) == (1, 1, 1, 1)
    assert done["left"][0]["why"] == "there again with the same id"
    assert Account.objects.get(external_id="3").name == "Elm Anew"


def test_a_created_account_that_went_since_is_counted(here: Cast) -> None:
    import_file(here.ops, GOOD)
    first = last_import()
    import_file(here.ops, CHANGED, mode="replace", confirmed_gone=2)
    assert numbers(undo(first)) == (0, 0, 0, 3)


def test_an_undo_is_in_the_history_and_tiles_expire(here: Cast) -> None:
    import_file(here.ops, GOOD)
    here.workspace.refresh_from_db()
    version = here.workspace.data_version
    undo()
    change = Change.objects.get(subject_kind="import", operation="undo")
    assert change.label == "Took back the import of accounts.csv: 3 removed, 0 restored, 0 returned, 0 left"
    assert change.undoes is not None
    assert change.undoes.operation == "import"
    here.workspace.refresh_from_db()
    assert here.workspace.data_version == version + 1


def test_an_import_is_taken_back_once(here: Cast) -> None:
    import_file(here.ops, GOOD)
    undo()
    with pytest.raises(Conflict, match="taken back already"):
        start_undo(last_import(), actor=here.ops)


def test_an_import_that_changed_nothing_has_nothing_to_take_back(here: Cast) -> None:
    import_file(here.ops, GOOD)
    import_file(here.ops, GOOD)
    with pytest.raises(Conflict, match="it changed nothing"):
        look_at_undo(last_import())


def test_the_same_key_takes_back_once(here: Cast) -> None:
    import_file(here.ops, GOOD)
    first = start_undo(last_import(), idempotency_key="once", actor=here.ops)
    again = start_undo(last_import(), idempotency_key="once", actor=here.ops)
    assert again.undo_job_id == first.undo_job_id
    with pytest.raises(Conflict, match="being taken back"):
        start_undo(last_import(), idempotency_key="twice", actor=here.ops)


def test_new_reps_are_set_inactive_and_changed_ones_restored(here: Cast) -> None:
    import_file(here.ops, "id,name,home lat,home lon\nR1,Dana,33.123456789012,-84", kind="reps")
    before = Rep.objects.values().get(external_id="R1")
    import_file(here.ops, "id,name,home lat,home lon\nR1,Dana Reyes,1,2\nR2,Lee,3,4", kind="reps")
    assert numbers(undo()) == (1, 1, 0, 0)
    assert Rep.objects.values().get(external_id="R1") == before
    assert not Rep.objects.get(external_id="R2").is_active


def test_another_workspaces_rows_stay(here: Cast) -> None:
    import_file(here.ops, GOOD)
    with workspace(here.foreign.workspace.id):
        import_file(here.foreign.members["ops"], GOOD)
    undo(AccountImport.objects.get())
    with workspace(here.foreign.workspace.id):
        assert Account.objects.count() == 3
        assert ImportedRow.objects.count() == 3


ROWS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(
        st.sampled_from(["Oak", "Pine, Inc", 'El"m', "Größe"]),
        st.floats(-60, 60, width=64),
        st.floats(-180, 180, width=64),
        st.floats(0, 1e6),
        st.floats(-1e12, 1e12),
    ),
    min_size=1,
)
METRIC = {
    **dict(zip(HEADER.split(","), ("external_id", "name", "lat", "lon", "revenue"), strict=True)),
    "own": "metric:own",
}


def as_csv(rows: dict[str, tuple[Any, ...]]) -> str:
    lines = [
        '{},"{}",{!r},{!r},{!r},{!r}'.format(key, row[0].replace('"', '""'), *row[1:]) for key, row in rows.items()
    ]
    return "\n".join([f"{HEADER},own", *lines])


@given(before=ROWS, after=ROWS, mode=st.sampled_from(["add", "update", "upsert", "replace"]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_import_then_undo_is_as_if_nothing_had_been(
    here: Cast, before: dict[str, tuple[Any, ...]], after: dict[str, tuple[Any, ...]], mode: str
) -> None:
    Account.objects.all().delete()
    ImportedRow.objects.all().delete()
    import_file(here.ops, as_csv(before), mapping=METRIC)
    present = accounts()
    gone = len(before.keys() - after.keys()) if mode == "replace" else None
    result = import_file(here.ops, as_csv(after), mapping=METRIC, mode=mode, confirmed_gone=gone)
    done = undo()
    assert (done["n_removed"], done["n_restored"], done["n_returned"], done["n_left"]) == (
        result["n_created"],
        result["n_updated"],
        result["n_gone"],
        0,
    )
    assert accounts() == present
