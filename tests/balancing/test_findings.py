"""GET findings?alignment=ID: what is wrong, with money, accounts and a place on the map."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Account
from territory.models import AccountAssignment, AccountUnit, Alignment, Territory
from tests.balancing.grid import Land, add_account, assign_accounts, square
from tests.cast import Cast
from workspace.models import Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]


def findings(client: APIClient, land: Land, kind: str | None = None) -> list[dict[str, Any]]:
    response = client.get(f"/api/v1/findings?alignment={land.alignment.pk}")
    assert response.status_code == 200, response.json()
    return [finding for finding in response.json() if kind in {None, finding["kind"]}]


def test_a_balanced_alignment_has_none(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(2, 2, territories=[("West", [0, 2]), ("East", [1, 3])], capacity_h=50)
    assert findings(client_of(cast.viewer), made) == []


def test_overloaded_and_idle_carry_the_revenue_of_what_is_too_much_or_missing(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    """Eight accounts against four: two more than the target of six, a quarter of what East has."""
    made = land(1, 2, territories=[("West", [0]), ("East", [1])], accounts=[4, 8], capacity_h=100_000)
    client = client_of(cast.viewer)
    (over,) = findings(client, made, "overloaded")
    (idle,) = findings(client, made, "idle")
    east, west = made.territories["East"], made.territories["West"]
    assert (over["territory_ids"], idle["territory_ids"]) == ([east.pk], [west.pk])
    assert (over["n_accounts"], over["revenue_minor"], over["money_minor"]) == (2, 200_00, 200_00)
    assert idle["revenue_minor"] == pytest.approx(200_00, abs=1)
    assert "33 % above the target of 72 h" in over["detail"]
    assert (over["action"]["kind"], over["severity"]) == ("rebalance", "high")
    assert over["geometry"]["type"] in {"Polygon", "MultiPolygon"}
    assert over["bbox"] == [-84, 33, -83, 34]


def test_a_rep_without_enough_hours_is_overloaded_while_others_have_hours_left(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    """By hand, East is to hold half of all although its rep has the fewer hours."""
    made = land(1, 2, territories=[("West", [0]), ("East", [1])], accounts=[4, 4], capacity_h=3000)
    with workspace(cast.workspace.id):
        Territory.objects.update(target_share=0.5)
        rep = made.territories["East"].rep
        rep.capacity_h = 50
        rep.save()
    (over,) = findings(client_of(cast.viewer), made, "overloaded")
    assert over["territory_ids"] == [made.territories["East"].pk]
    assert "of the hours of Rep East" in over["detail"]


def test_a_team_that_lacks_hours_as_a_whole_is_no_finding_about_each_territory(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made = land(1, 2, territories=[("West", [0]), ("East", [1])], accounts=[4, 4], capacity_h=10)
    assert [finding["kind"] for finding in findings(client_of(cast.viewer), made)] == ["capacity"]


def test_without_visits_the_count_of_accounts_is_the_load(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 2, territories=[("West", [0]), ("East", [1])], accounts=[4, 8], visits_per_year=0)
    (over,) = findings(client_of(cast.viewer), made, "overloaded")
    assert "Accounts 8 is 33 % above the target of 6" in over["detail"]


def test_neighbouring_units_without_a_territory_are_one_white_space(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made = land(1, 6, territories=[("West", [0]), ("East", [3])], capacity_h=100_000)
    spaces = findings(client_of(cast.viewer), made, "white_space")
    assert sorted(space["n_accounts"] for space in spaces) == [2, 2]
    assert {space["potential_minor"] for space in spaces} == {400_00}
    assert spaces[0]["money_minor"] == spaces[0]["potential_minor"]
    assert spaces[0]["area_km2"] == 20_000


def test_unassigned_accounts_outside_every_unit_are_gathered_by_place(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made = land(1, 2, territories=[("West", [0]), ("East", [1])], capacity_h=100_000)
    with workspace(cast.workspace.id):
        strays = [add_account(made, 0, revenue_minor=5_00, potential_minor=7_00) for _ in range(3)]
        AccountUnit.objects.filter(account__in=strays).delete()
        assign_accounts(made, made.alignment)
    (space,) = findings(client_of(cast.viewer), made, "white_space")
    assert (space["n_accounts"], space["potential_minor"]) == (3, 21_00)
    assert space["title"] == "Nobody covers the area around Atlanta"


def test_a_vacant_territory_carries_its_whole_revenue(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 2, territories=[("West", [0]), ("East", [1])], capacity_h=None)
    vacant = findings(client_of(cast.viewer), made, "vacant")
    assert [finding["revenue_minor"] for finding in vacant] == [100_00, 100_00]
    assert vacant[0]["action"]["kind"] == "assign_rep"


def test_a_split_carries_what_lies_apart_from_the_main_piece(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 5, territories=[("Ends", [0, 1, 4]), ("Middle", [2, 3])], accounts=[1, 1, 1, 1, 1])
    (split,) = findings(client_of(cast.viewer), made, "split")
    assert (split["territory_ids"], split["n_accounts"]) == ([made.territories["Ends"].pk], 1)
    assert split["bbox"] == [-81, 33, -80, 34]


def test_a_barrier_splits_a_territory(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 4, territories=[("West", [0, 1]), ("East", [2, 3])], cut=[(2, 3)])
    (split,) = findings(client_of(cast.viewer), made, "split")
    assert split["territory_ids"] == [made.territories["East"].pk]


def test_accounts_without_a_place_are_one_finding(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 2, territories=[("West", [0]), ("East", [1])])
    with workspace(cast.workspace.id):
        add_account(made, None, revenue_minor=70_00)
        assign_accounts(made, made.alignment)
    (unplotted,) = findings(client_of(cast.viewer), made, "unplotted")
    assert (unplotted["n_accounts"], unplotted["revenue_minor"], unplotted["geometry"]) == (1, 70_00, None)


def test_an_overlap_is_told_by_pair_with_its_ground_and_accounts(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made = land(1, 3, territories=[("West", []), ("East", [])], accounts=[1, 2, 1])
    with workspace(cast.workspace.id):
        draw(made)
    (overlap,) = findings(client_of(cast.viewer), made, "overlap")
    assert overlap["territory_ids"] == [made.territories["West"].pk, made.territories["East"].pk]
    assert (overlap["n_accounts"], overlap["revenue_minor"]) == (2, 200_00)
    assert overlap["bbox"] == [-84, 33, -83, 34]
    assert 9_000 < overlap["area_km2"] < 11_000


def test_findings_are_ranked_by_money_and_keep_their_ids(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 6, territories=[("West", [0]), ("East", [1, 2, 3])], capacity_h=None)
    client = client_of(cast.viewer)
    found = findings(client, made)
    assert len(found) > 3
    money = [finding["money_minor"] for finding in found]
    assert money == sorted(money, reverse=True)
    assert [finding["id"] for finding in findings(client, made)] == [finding["id"] for finding in found]
    assert len({finding["id"] for finding in found}) == len(found)


def test_an_island_without_accounts_splits_no_drawn_territory(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 4, territories=[("West", [])], accounts=[1, 0, 0, 1])
    with workspace(cast.workspace.id):
        Alignment.objects.filter(pk=made.alignment.pk).update(basis="drawn")
        west = Territory.objects.filter(pk=made.territories["West"].pk)
        AccountAssignment.objects.filter(alignment=made.alignment).update(territory=made.territories["West"])
        west.update(boundary=square(0, 0).union(square(2, 0)))
        assert findings(client_of(cast.viewer), made, "split") == []
        west.update(boundary=square(0, 0, columns=2).union(square(3, 0)))
    (split,) = findings(client_of(cast.viewer), made, "split")
    assert (split["n_accounts"], split["title"]) == (1, "West is in 2 pieces")


def test_an_empty_alignment_has_no_findings_but_its_white_space(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made = land(1, 2, territories=[])
    assert [finding["kind"] for finding in findings(client_of(cast.viewer), made)] == ["white_space"]


def draw(made: Land) -> None:
    """West over squares 0 and 1, East over 1 and 2; the accounts of square 1 are claimed by both."""
    Alignment.objects.filter(pk=made.alignment.pk).update(basis="drawn")
    for name, column in (("West", 0), ("East", 1)):
        Territory.objects.filter(pk=made.territories[name].pk).update(boundary=square(column, 0, columns=2))
    rows = AccountAssignment.objects.filter(alignment=made.alignment)
    rows.update(territory=made.territories["West"])
    shared = Account.objects.filter(external_id__startswith="A1-")
    rows.filter(account__in=shared).update(is_overlap=True)
