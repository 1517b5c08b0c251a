import gzip
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Account, Rep
from tests.accounts.files import GOOD
from tests.cast import Cast
from workspace.tenancy import workspace


def run(path: Path, *options: str, member: str = "ops@acme.example") -> str:
    out = StringIO()
    call_command("import_accounts", str(path), "--workspace=acme", f"--member={member}", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "accounts.csv"
    made.write_text(GOOD)
    return made


def test_a_file_is_imported_with_the_suggested_mapping(cast: Cast, path: Path) -> None:
    printed = run(path)
    assert "id → Account id" in printed
    assert "3 rows: 3 new, 0 updated, 0 unchanged, 0 blank, 0 left out; 0 not on the map" in printed
    with workspace(cast.workspace.id):
        assert Account.objects.count() == 3


def test_a_packed_file_is_imported_by_the_mapping_given(cast: Cast, path: Path) -> None:
    packed = path.with_suffix(".csv.gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert "3 new" in run(packed, "--mapping=external_id=id,name=name,potential=revenue")
    with workspace(cast.workspace.id):
        assert sorted(Account.objects.values_list("potential_minor", "revenue_minor")) == [
            (0, 0), (88000, 0), (120050, 0),
        ]  # fmt: skip


def test_bad_rows_are_printed_and_left_out_when_asked(cast: Cast, path: Path) -> None:
    path.write_text(GOOD + "\n9,Bad,91,0,1")
    with pytest.raises(CommandError, match="1 of 4 rows have problems; nothing was imported"):
        run(path)
    printed = run(path, "--skip-bad-rows")
    assert "row 4 (line 5), lat: is out of range: '91'" in printed
    assert "3 new, 0 updated, 0 unchanged, 0 blank, 1 left out" in printed


def test_reps_are_imported_by_the_same_command(cast: Cast, path: Path) -> None:
    path.write_text("id,name\nR1,Dana\n")
    run(path, "--kind=reps")
    with workspace(cast.workspace.id):
        assert Rep.objects.get().name == "Dana"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--mapping=external_id"], "field=column pairs"),
        (["--mapping=external_id=nope,name=name"], "nope: There is no such column"),
        (["--mapping=planet=id,name=name"], "There is no field 'planet'"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused(cast: Cast, path: Path, options: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        run(path, *options)


def test_an_unknown_member_is_refused(cast: Cast, path: Path) -> None:
    with pytest.raises(CommandError, match="There is no member ops@globex"):
        run(path, member="ops@globex.example")


def test_a_file_that_is_not_there_is_refused(cast: Cast, path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run(path.with_name("nothing.csv"))
    with pytest.raises(CommandError, match="cannot be read"):
        run(path.rename(path.with_name("text.csv.gz")))


def test_a_list_is_replaced_only_with_the_number_that_disappears(cast: Cast, path: Path) -> None:
    run(path)
    path.write_text(GOOD.rsplit("\n", 1)[0])
    with pytest.raises(CommandError, match="1 account would disappear"):
        run(path, "--mode=replace")
    assert "1 accounts gone" in run(path, "--mode=replace", "--gone=1")
    with workspace(cast.workspace.id):
        assert Account.objects.count() == 2


def test_known_accounts_are_left_alone_by_add(cast: Cast, path: Path) -> None:
    run(path)
    path.write_text(GOOD.replace("880", "881") + "\n4,Fir Supply,31,-83,5")
    assert "3 rows left alone, as add does" in run(path, "--mode=add")
