"""The assignments table: every account once, its figures exact, and fit to be imported again."""

import math
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Account
from territory.models import Alignment
from tests.accounts.files import import_file
from tests.cast import Cast
from tests.territory.exporting import take, take_csv, take_workbook
from tests.territory.world import World, square

ACCOUNT_COLUMNS = (
    "external_id", "name", "street", "city", "region", "postal_code", "country", "phone", "segment", "crm_owner",
    "location", "cell", "mercator_x", "mercator_y", "geocode_quality", "revenue_minor", "potential_minor",
    "pipeline_minor", "visits_per_year", "service_min_per_visit", "custom_metrics",
)  # fmt: skip
MAPPING = {
    "Account id": "external_id", "Name": "name", "Street": "street", "City": "city", "State or region": "region",
    "Postal code": "postal_code", "Country": "country", "Phone": "phone", "Latitude": "lat", "Longitude": "lon",
    "Segment": "segment", "CRM owner": "crm_owner", "Revenue": "revenue", "Potential": "potential",
    "Pipeline": "pipeline", "Visits a year": "visits_per_year", "Minutes a visit": "service_min_per_visit",
    "Size": "size", "metric:shelf_m": "metric:shelf_m",
}  # fmt: skip
# Half of all doubles need 17 digits; these are two of them.
ODD_LON, ODD_LAT = 0.1 + 0.2 - 84, 32.0 + math.pi / 10


@pytest.fixture
def plan(world: World) -> Alignment:
    rep = world.rep("Ines")
    world.account(0, 0, external_id="00123", revenue=123456, visits_per_year=4.0, service_min_per_visit=50.0)
    world.account(2, 2, external_id="far", potential_minor=5)
    world.account(None, None, external_id="nowhere")
    alignment = world.alignment()
    north = world.territory(alignment, "North", "0-0", rep_id=rep.pk)
    named = world.account(1, 1, external_id="named")
    world.edit(alignment, "set_overrides", account_ids=[named.pk], territory_id=north.pk, reason="since 1999")
    return alignment


def by_id(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["Account id"]: row for row in rows}


def state() -> list[dict[str, Any]]:
    return list(Account.objects.order_by("id").values("id", *ACCOUNT_COLUMNS))


def test_every_account_is_there_once_with_its_territory_and_rep(plan: Alignment, manager: APIClient) -> None:
    rows = by_id(take_csv(manager, "assignments.csv", plan))
    assert set(rows) == {"00123", "far", "nowhere", "named"}
    first = rows["00123"]
    assert (first["Territory code"], first["Territory"], first["Covering rep id"], first["Covering rep"]) == (
        "T001", "North", "R-Ines", "Ines",
    )  # fmt: skip
    assert (first["Revenue"], first["Currency"], first["Workload hours"]) == ("1234.56", "USD", str(4 * 50 / 60))
    assert {key: row["Assigned by"] for key, row in rows.items()} == {
        "00123": "unit", "far": "none", "nowhere": "none", "named": "override",
    }  # fmt: skip
    assert (rows["far"]["Territory"], rows["far"]["Covering rep"], rows["far"]["Potential"]) == ("", "", "0.05")


def test_an_account_in_two_drawn_boundaries_is_marked(world: World, manager: APIClient) -> None:
    world.account(0.5, 0.5, external_id="contested")
    alignment = world.alignment("drawn")
    for name, at in (("A", 0.0), ("B", 0.5)):
        world.territory(alignment, name, boundary=square(at, at))
    [row] = take_csv(manager, "assignments.csv", alignment)
    assert (row["In overlap"], row["Territory"]) == ("yes", "A")


def test_the_workbook_says_the_same_with_numbers_as_numbers(plan: Alignment, manager: APIClient) -> None:
    table, workbook = by_id(take_csv(manager, "assignments.csv", plan)), by_id(take_workbook(manager, plan))
    assert set(workbook) == set(table)
    for key, cells in workbook.items():
        for column, value in cells.items():
            text = table[key][column]
            if isinstance(value, int | float):
                assert value == float(text)
            else:
                assert (value or "") == text
    assert workbook["00123"]["Account id"] == "00123"
    assert workbook["00123"]["Revenue"] == 1234.56


@pytest.mark.parametrize("key", ["assignments.csv", "assignments.xlsx"])
def test_importing_the_export_changes_nothing(
    world: World, cast: Cast, manager: APIClient, nasty: None, key: str
) -> None:
    before = state()
    content = take(manager, key, world.alignment())
    result = import_file(cast.ops, content, filename=key, mapping=MAPPING)
    assert (result["n_unchanged"], result["n_bad"]) == (len(before), 0)
    assert state() == before


@pytest.mark.parametrize("key", ["assignments.csv", "assignments.xlsx"])
def test_an_export_fills_an_empty_workspace_with_the_same_accounts(
    world: World, cast: Cast, manager: APIClient, nasty: None, key: str
) -> None:
    content = take(manager, key, world.alignment())
    before = {row.pop("external_id"): row for row in state() if row.pop("id")}
    Account.objects.all().delete()
    import_file(cast.ops, content, filename=key, mapping=MAPPING)
    assert {row.pop("external_id"): row for row in state() if row.pop("id")} == before


@pytest.mark.parametrize("key", ["assignments.csv", "assignments.xlsx"])
def test_the_import_recognises_every_column_of_the_export_by_itself(
    plan: Alignment, cast: Cast, manager: APIClient, key: str
) -> None:
    before = state()
    result = import_file(cast.ops, take(manager, key, plan), filename=key)
    assert state() == before
    assert (result["n_unchanged"], result["n_bad"]) == (len(before), 0)
    assert state() == before


def test_a_currency_without_decimals_is_written_without_them(plan: Alignment, manager: APIClient) -> None:
    plan.workspace.currency = "JPY"
    plan.workspace.save()
    assert by_id(take_csv(manager, "assignments.csv", plan))["00123"]["Revenue"] == "123456"


@pytest.fixture
def nasty(world: World) -> None:
    """Accounts that tempt an export to lose something."""
    world.account(0, 0, external_id="0007", name="=1+1", street="'=2", city="+44", phone="+1 404 555 0100")
    world.account(0, 1, external_id="@lookup", name="'plain", segment="-", crm_owner='say "hi", then; go')
    world.account(1, 0, external_id="7", name="Ünïcode – 株式会社 🎈", revenue=2**53 - 100, potential_minor=1)
    world.account(
        1, 1, external_id="1e5", name="Oak & <b>Pine</b>", visits_per_year=0.1 + 0.2, service_min_per_visit=1e-7
    )
    world.account(2, 0, external_id="rich", name="<r><t>no mark-up</t></r>", street="a_b & c < d > e", city="“quoted”")
    world.account(1, 2, external_id="007", name="＝cmd", custom_metrics={"size": 12, "shelf_m": 2.5})
    world.account(None, None, external_id="off", name="Nowhere at all", custom_metrics={"size": 3})
    world.account((ODD_LON + 84) / 0.5 - 0.5, (ODD_LAT - 32) / 0.5 - 0.5, external_id="odd", name="Seventeen digits")
