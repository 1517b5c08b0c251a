"""Findings about opportunity, travel, hours, large accounts, large units and exceptions, on figures done by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from rest_framework.test import APIClient

from accounts.models import Account
from territory.models import AccountOverride
from tests.balancing.grid import Land, assign_accounts, refresh_units
from tests.cast import Cast
from workspace.models import Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]
HALVES = (("West", [0]), ("East", [1]))


@pytest.fixture
def found(cast: Cast, client_of: ClientOf) -> Callable[[Land, str], list[dict[str, Any]]]:
    def find(made: Land, kind: str) -> list[dict[str, Any]]:
        response = client_of(cast.viewer).get(f"/api/v1/findings?alignment={made.alignment.pk}")
        assert response.status_code == 200, response.json()
        return [finding for finding in response.json() if finding["kind"] == kind]

    return find


def change(made: Land, accounts: list[Account], **values: Any) -> None:
    """New figures of some accounts, in the alignment too."""
    with workspace(made.company.workspace.id):
        Account.objects.filter(pk__in=[account.pk for account in accounts]).update(**values)
        refresh_units(made)
        assign_accounts(made, made.alignment)


def accounts_of(made: Land, unit: int) -> list[Account]:
    return [account for account in made.accounts if account.external_id.startswith(f"A{unit}-")]


def test_balanced_work_with_unequal_potential_is_out_of_band_on_potential_only(land: MakeLand, found: Any) -> None:
    """Eight accounts each; East's hold 2,400 of 3,200, and 1,600 is the target: a third of it is too much."""
    made = land(1, 2, territories=HALVES, accounts=[8, 8])
    change(made, accounts_of(made, 0), potential_minor=100_00)
    change(made, accounts_of(made, 1), potential_minor=300_00)
    (finding,) = found(made, "out_of_band")
    assert finding["id"] == "out_of_band-potential"
    assert finding["title"] == "Potential out of band in 2 of 2 territories"
    assert "50 %" in finding["detail"]
    assert finding["potential_minor"] == 800_00
    assert (finding["n_accounts"], finding["revenue_minor"]) == (3, 266_67)
    assert found(made, "overloaded") == []


def test_a_deviation_at_the_edge_of_the_band_is_none(land: MakeLand, found: Any) -> None:
    """110 and 90 against 100: just ±10 %."""
    made = land(1, 2, territories=HALVES, accounts=[1, 1])
    change(made, accounts_of(made, 0), potential_minor=90_00)
    change(made, accounts_of(made, 1), potential_minor=110_00)
    assert found(made, "out_of_band") == []


def test_who_drives_for_half_of_the_hours_where_others_do_not_bears_too_much(
    cast: Cast, client_of: ClientOf, land: MakeLand, found: Any
) -> None:
    made = land(1, 4, territories=[("West", [0, 1]), ("East", [2, 3])], accounts=[4, 4, 4, 4])
    with workspace(made.company.workspace.id):
        for name, (lon, lat) in {"West": (-84.0, 33.5), "East": (-82.0, 36.5)}.items():
            rep = made.territories[name].rep
            rep.home = Point(lon, lat, srid=4326)
            rep.save()
    (finding,) = found(made, "travel_burden")
    assert finding["territory_ids"] == [made.territories["East"].pk]
    assert finding["title"] == "East is on the road too much"
    card = client_of(cast.viewer).get(f"/api/v1/alignments/{made.alignment.pk}/scorecard").json()
    travel_h = {row["territory_id"]: row["travel_h"] for row in card["territories"]}
    driven_h = travel_h[made.territories["East"].pk]
    # 96 visits of an hour for each rep: at West's share they would cost East what they cost West.
    usual_h = travel_h[made.territories["West"].pk]
    assert finding["hours_h"] == pytest.approx(driven_h - usual_h)
    assert f"{100 * driven_h / (driven_h + 96):.0f} % of its hours" in finding["detail"]


def test_a_team_without_enough_hours_lacks_reps(land: MakeLand, found: Any) -> None:
    """Two accounts of 12 hours each and two reps of 10 hours: 24 of 20, without travel."""
    made = land(1, 2, territories=HALVES, capacity_h=10)
    stay_at_home(made)
    (finding,) = found(made, "capacity")
    assert finding["id"] == "capacity-short"
    assert finding["title"] == "The team lacks 0.4 reps"
    assert "24 h a year, 120 % of the 20 h" in finding["detail"]
    assert finding["hours_h"] == pytest.approx(4)
    assert finding["revenue_minor"] == round(200_00 / 6)


def test_a_team_with_hours_to_spare_has_room_and_no_money_is_touched(land: MakeLand, found: Any) -> None:
    made = land(1, 2, territories=HALVES, capacity_h=24)
    stay_at_home(made)
    (finding,) = found(made, "capacity")
    assert (finding["id"], finding["money_minor"], finding["action"]) == ("capacity-room", 0, None)
    assert finding["title"] == "The team has room for the work of 1.0 reps"


@pytest.mark.parametrize("capacity_h", [12, 17])
def test_between_seventy_and_a_hundred_percent_the_team_fits(land: MakeLand, found: Any, capacity_h: float) -> None:
    made = land(1, 2, territories=HALVES, capacity_h=capacity_h)
    stay_at_home(made)
    assert found(made, "capacity") == []


def test_a_quarter_of_the_revenue_in_one_account_is_a_risk(land: MakeLand, found: Any) -> None:
    """Twelve accounts: eleven of 300 and one of 1,100 make 4,400."""
    made = land(1, 2, territories=HALVES, accounts=[12, 12])
    change(made, accounts_of(made, 1), revenue_minor=300_00)
    change(made, accounts_of(made, 1)[:1], revenue_minor=1_100_00)
    (finding,) = found(made, "single_account")
    large = accounts_of(made, 1)[0]
    assert finding["title"] == f"{large.name} is 25 % of East"
    assert (finding["money_minor"], finding["n_accounts"]) == (1_100_00, 1)
    assert finding["geometry"]["type"] == "Point"
    change(made, accounts_of(made, 1)[:1], revenue_minor=1_099_00)
    assert found(made, "single_account") == []


def test_among_few_accounts_every_one_is_large(land: MakeLand, found: Any) -> None:
    made = land(1, 2, territories=HALVES, accounts=[4, 11])
    assert found(made, "single_account") == []


def test_a_unit_above_the_largest_target_is_too_large(land: MakeLand, found: Any) -> None:
    """Ten accounts in all, targets of five: unit 1 holds eight of them."""
    made = land(1, 3, territories=[("West", [0, 2]), ("East", [1])], accounts=[1, 8, 1])
    (finding,) = found(made, "coarse_unit")
    assert finding["title"] == f"{made.units[1].name} is too large for one territory"
    assert (finding["n_accounts"], finding["revenue_minor"]) == (3, 300_00)
    assert "96 h of work, and a territory should have 60" in finding["detail"]


def test_a_single_territory_may_hold_any_unit(land: MakeLand, found: Any) -> None:
    assert found(land(1, 2, territories=[("All", [0, 1])], accounts=[9, 1]), "coarse_unit") == []


def test_a_territory_of_named_accounts_is_told(land: MakeLand, found: Any) -> None:
    """East has three accounts of its map and one kept from West: a quarter."""
    made = land(1, 2, territories=HALVES, accounts=[4, 3])
    with workspace(made.company.workspace.id):
        AccountOverride.objects.create(
            **made.tenant, alignment=made.alignment, account=accounts_of(made, 0)[0],
            territory=made.territories["East"], reason="old friends",
        )  # fmt: skip
        assign_accounts(made, made.alignment)
    (finding,) = found(made, "exceptions")
    assert finding["title"] == "Named accounts are 25 % of East"
    assert (finding["n_accounts"], finding["money_minor"], finding["hours_h"]) == (1, 100_00, 12)


def stay_at_home(made: Land) -> None:
    """Nobody travels: the hours are those of the visits."""
    with workspace(made.company.workspace.id):
        team = made.company.team
        team.kind = "inside"
        team.save()
