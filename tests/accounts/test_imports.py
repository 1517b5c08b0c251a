"""What an import does to the accounts, from file to table."""

from typing import Any

import pytest
from django.db import connection

from accounts.importing import followers
from accounts.models import Account, AccountImport, GeocodeQuality, Rep
from tests.accounts.files import GOOD, GOOD_ROWS, HEADER, Onlooker, import_file, workbook
from tests.cast import Cast
from workspace.exceptions import Invalid
from workspace.jobs import JobCancelled, JobFailed
from workspace.models import Change, Team
from workspace.tenancy import workspace


def csv(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows])


def counts(result: dict[str, Any]) -> tuple[int, ...]:
    names = ("n_rows", "n_created", "n_updated", "n_unchanged", "n_skipped", "n_bad")
    return tuple(result[name] for name in names)


def last_import() -> AccountImport:
    return AccountImport.objects.latest("id")


def refused(cast: Cast, content: bytes | str, **options: Any) -> list[dict[str, Any]]:
    with pytest.raises(JobFailed, match="nothing was imported"):
        import_file(cast.ops, content, **options)
    assert not Account.objects.exists()
    return last_import().result["problems"]


def test_good_rows_become_accounts(here: Cast) -> None:
    result = import_file(here.ops, GOOD)
    assert counts(result) == (3, 3, 0, 0, 0, 0)
    oak = Account.objects.get(external_id="1")
    assert (oak.name, oak.revenue_minor, oak.location.coords) == ("Oak Hardware", 120050, (-84.39, 33.75))
    assert oak.geocode_quality == GeocodeQuality.GIVEN
    assert oak.cell is not None


def test_the_place_on_the_grid_is_the_one_that_editing_computes(here: Cast) -> None:
    import_file(here.ops, csv("9,Ash Books,30303", header="id,name,zip"))
    ash = Account.objects.get()
    import_file(here.ops, csv(f"8,Twin,{ash.location.y!r},{ash.location.x!r},0"))
    twin = Account.objects.get(external_id="8")
    assert (twin.cell, twin.mercator_x, twin.mercator_y) == (ash.cell, ash.mercator_x, ash.mercator_y)


def test_the_same_file_again_changes_nothing(here: Cast) -> None:
    import_file(here.ops, GOOD)
    before = list(Account.objects.order_by("id").values())
    assert counts(import_file(here.ops, GOOD)) == (3, 0, 0, 3, 0, 0)
    assert list(Account.objects.order_by("id").values()) == before


def test_changed_rows_are_updated_and_the_others_left_alone(here: Cast) -> None:
    import_file(here.ops, GOOD)
    changed = GOOD.replace("880", "881") + "\n4,Fir Supply,31,-83,5"
    assert counts(import_file(here.ops, changed)) == (4, 1, 1, 2, 0, 0)


def test_columns_that_are_not_in_the_file_keep_their_values(here: Cast) -> None:
    import_file(here.ops, GOOD)
    import_file(here.ops, "id,name,phone\n1,Oak Hardware,555")
    oak = Account.objects.get(external_id="1")
    assert (oak.phone, oak.revenue_minor, oak.location.coords) == ("555", 120050, (-84.39, 33.75))


def test_an_address_alone_does_not_replace_given_coordinates(here: Cast) -> None:
    import_file(here.ops, GOOD)
    import_file(here.ops, "id,name,zip\n1,Oak Hardware,30401\n9,Ash Books,30401")
    assert Account.objects.get(external_id="1").geocode_quality == GeocodeQuality.GIVEN
    assert Account.objects.get(external_id="9").geocode_quality == GeocodeQuality.POSTCODE


def test_ids_keep_their_leading_zeros(here: Cast) -> None:
    import_file(here.ops, csv("00123,Oak,33,-84,1", "123,Pine,33,-84,1"))
    assert set(Account.objects.values_list("external_id", flat=True)) == {"00123", "123"}


def test_ids_from_a_workbook_stay_whole(here: Cast) -> None:
    import_file(here.ops, workbook(["id", "name"], [123, "Oak"], [124.0, "Pine"]), filename="a.xlsx")
    assert set(Account.objects.values_list("external_id", flat=True)) == {"123", "124"}


def test_a_row_without_coordinates_is_placed_by_its_address_or_counted(here: Cast) -> None:
    rows = ("1,Oak,,,30401", "2,Pine,0,0,30401", "3,Elm,,,", "4,Fir,33,-84,30401")
    result = import_file(here.ops, csv(*rows, header="id,name,lat,lon,zip"))
    qualities = dict(Account.objects.values_list("external_id", "geocode_quality"))
    assert qualities == {"1": "postcode", "2": "postcode", "3": "none", "4": "given"}
    assert result["n_unplotted"] == 1


def test_metrics_of_ones_own_are_merged_by_name(here: Cast) -> None:
    mapping = {"id": "external_id", "name": "name", "jobs": "size", "beds": "metric:beds"}
    import_file(here.ops, "id,name,jobs,beds\n1,Oak,7,2.5", mapping=mapping)
    import_file(here.ops, "id,name,jobs\n1,Oak,", mapping={"id": "external_id", "name": "name", "jobs": "size"})
    assert Account.objects.get().custom_metrics == {"beds": 2.5}


@pytest.mark.parametrize(
    ("row", "column", "value", "says", "bound"),
    [
        ("2,Pine,91,-84,1", "lat", "91", "is out of range", "between -90 and 90"),
        ("2,Pine,33,181,1", "lon", "181", "is out of range", "between -180 and 180"),
        ("2,Pine,NaN,-84,1", "lat", "NaN", "is not a number of decimal degrees", "between -90 and 90"),
        ("2,Pine,1e400,-84,1", "lat", "1e400", "is out of range", "between -90 and 90"),
        ("2,Pine,-118.2,34.1,1", "lat", "-118.2", "is it swapped with 'lon' (34.1)?", "between -90 and 90"),
        ("2,Pine,33,,1", "lon", "", "a place needs both", None),
        ("2,Pine,33,-84,1e400", "revenue", "1e400", "is out of range", "between 0 and 90,071,992,547,409 USD"),
        ("2,Pine,33,-84,-5", "revenue", "-5", "is out of range", "between 0 and 90,071,992,547,409 USD"),
        ("2,Pine,33,-84,lots", "revenue", "lots", "is not a number", "written like 1,234.56"),
        ("2,,33,-84,1", "name", "", "is empty", None),
        (",Pine,33,-84,1", "id", "", "is empty", None),
        ("1,Pine,33,-84,1", "id", "1", "is the same as in row 1", None),
        ("2,Pi\x00ne,33,-84,1", "name", "Pi␀ne", "U+0000", None),
        ("2,Pine,33", None, "2 | Pine | 33", "has 3 cells where the header has 5", None),
    ],
)
def test_a_bad_row_is_named_with_place_value_and_bound(
    here: Cast, row: str, column: str | None, value: str, says: str, bound: str | None
) -> None:
    problems = refused(here, csv(GOOD_ROWS[0], row))
    assert [(each["row"], each["line"], each["column"], each["value"], each["bound"]) for each in problems] == [
        (2, 3, column, value, bound)
    ]
    assert says in problems[0]["problem"]


def test_every_problem_of_a_row_is_told(here: Cast) -> None:
    problems = refused(here, csv("1,,95,200,x"))
    assert {each["column"] for each in problems} == {"name", "lat", "lon", "revenue"}
    assert last_import().result["n_bad"] == 1


def test_line_numbers_stay_right_after_quoted_newlines(here: Cast) -> None:
    problems = refused(here, csv('1,"Oak\nHardware\nInc",33,-84,1', "2,Pine,91,-84,1"))
    assert (problems[0]["row"], problems[0]["line"]) == (2, 5)


def test_bad_rows_are_left_out_when_asked_and_every_row_is_accounted_for(here: Cast) -> None:
    content = csv(*GOOD_ROWS, "4,Bad,91,0,1", ",,,,", "1,Again,33,-84,1", "5,Fir,33,-84,1")
    result = import_file(here.ops, content, skip_bad_rows=True)
    assert counts(result) == (7, 4, 0, 0, 1, 2)
    assert sum(counts(result)[1:]) == result["n_rows"]
    assert Account.objects.count() == 4


def test_an_error_in_the_last_of_many_rows_stores_nothing(here: Cast) -> None:
    rows = [f"{n},Company {n},33,-84,{n}" for n in range(5_000)]
    problems = refused(here, csv(*rows, "5000,Last,91,-84,1"))
    assert problems[0]["row"] == 5001
    assert last_import().result["n_rows"] == 5001


def test_the_report_holds_every_problem_and_defuses_formulas(here: Cast) -> None:
    refused(here, csv(*(f"{n},=HYPERLINK(1),33,-84,=1+{n}" for n in range(500))))
    item = last_import()
    assert len(item.result["problems"]) == 200
    lines = item.problems_file.read().decode("utf-8-sig").splitlines()
    assert len(lines) == 501
    assert lines[0] == "row,line,column,value,problem,bound"
    assert lines[500] == '500,501,revenue,\'=1+499,is not a number,"written like 1,234.56"'


def test_swapped_axes_stop_the_import_before_it_starts(here: Cast) -> None:
    with pytest.raises(Invalid, match="look swapped"):
        import_file(here.ops, csv("1,Oak,-118.2,34.1,1", "2,Pine,-117.1,33.1,1"))


@pytest.mark.parametrize("content", [HEADER, HEADER + "\n\n\n"])
def test_a_header_without_rows_is_refused(here: Cast, content: str) -> None:
    with pytest.raises(Invalid, match="no rows under it"):
        import_file(here.ops, content)


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "cp1252"])
def test_names_arrive_whole_from_every_encoding(here: Cast, codec: str) -> None:
    import_file(here.ops, "id;name;lat;lon;revenue\n1;Café Müller;48,1;11,6;1.234,50".encode(codec))
    account = Account.objects.get()
    assert (account.name, account.location.coords, account.revenue_minor) == ("Café Müller", (11.6, 48.1), 123450)


@pytest.mark.parametrize("phase", ["check", "merge", "refresh"])
def test_cancelling_at_any_moment_leaves_nothing(here: Cast, phase: str) -> None:
    with pytest.raises(JobCancelled):
        import_file(here.ops, GOOD, watcher=Onlooker(stop_at=phase, reason=JobCancelled))
    assert not Account.objects.exists()
    assert last_import().result is None


def test_another_workspaces_account_of_the_same_id_is_left_alone(here: Cast) -> None:
    import_file(here.ops, GOOD)
    with workspace(here.foreign.workspace.id):
        result = import_file(here.foreign.members["ops"], GOOD.replace("Oak Hardware", "Other"))
        assert counts(result) == (3, 3, 0, 0, 0, 0)
    assert Account.objects.get(external_id="1").name == "Oak Hardware"


def test_followers_are_told_which_accounts_changed(here: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[set[tuple[str, bool]]] = []
    query = "SELECT a.external_id, t.is_new FROM {} t JOIN accounts_account a ON a.id = t.account_id"

    def follow(*, workspace_id: int, touched: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(query.format(touched))
            told.append(set(cursor.fetchall()))

    monkeypatch.setattr(followers, "_followers", [follow])
    import_file(here.ops, GOOD)
    import_file(here.ops, GOOD.replace("880", "881") + "\n4,Fir,31,-83,5")
    import_file(here.ops, GOOD.replace("880", "881"))
    assert told == [{("1", True), ("2", True), ("3", True)}, {("2", False), ("4", True)}]


def test_tiles_expire_only_when_something_changed(here: Cast) -> None:
    before = here.workspace.data_version
    import_file(here.ops, GOOD)
    import_file(here.ops, GOOD)
    here.workspace.refresh_from_db()
    assert here.workspace.data_version == before + 1


def test_an_import_is_in_the_history(here: Cast) -> None:
    import_file(here.ops, GOOD)
    change = Change.objects.get(subject_kind="import", operation="import")
    assert change.label == "Imported accounts from accounts.csv: 3 new, 0 updated, 0 unchanged, 0 left out"


def test_reps_come_with_home_capacity_and_team(here: Cast) -> None:
    inside = Team.objects.create(workspace=here.workspace, name="Inside", kind="inside")
    content = (
        "rep id,name,email,team,capacity h,field share,home lat,home lon,home zip\n"
        'R1,Dana,dana@x.example,inside,"1,500",80%,33.75,-84.39,\n'
        "R2,Lee,lee@x.example,,,,,,30401\n"
    )
    assert counts(import_file(here.ops, content, kind="reps")) == (2, 2, 0, 0, 0, 0)
    dana, lee = Rep.objects.order_by("external_id")
    assert (dana.team, dana.capacity_h, dana.field_share, dana.home.coords) == (inside, 1500, 0.8, (-84.39, 33.75))
    assert (lee.team, lee.capacity_h, lee.field_share) == (here.team, 1600, 1)
    assert lee.home is not None
    assert counts(import_file(here.ops, content, kind="reps")) == (2, 0, 0, 2, 0, 0)


def test_a_reps_address_must_be_one(here: Cast) -> None:
    with pytest.raises(JobFailed):
        import_file(here.ops, "id,name,email\nR1,Dana,dana at home", kind="reps")
    assert last_import().result["problems"][0]["problem"] == "is not an e-mail address"


def test_an_unknown_team_is_named_with_those_there_are(here: Cast) -> None:
    with pytest.raises(JobFailed):
        import_file(here.ops, "id,name,team\nR1,Dana,Nowhere", kind="reps")
    problem = last_import().result["problems"][0]
    assert (problem["value"], problem["problem"], problem["bound"]) == (
        "Nowhere", "is not a team of this workspace", "one of: field",
    )  # fmt: skip
