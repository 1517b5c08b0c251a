"""GET alignments/{id}/comparison?with=OTHER and the dated snapshots trends are drawn from."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from balancing.models import Snapshot
from balancing.services.snapshots import measure_alignment
from territory.models import Alignment, Territory, UnitAssignment
from tests.balancing.grid import Land, assign_accounts
from tests.cast import Cast
from workspace.models import Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]


def copy(land: Land, moves: dict[int, str]) -> Alignment:
    """The same territories with some units given to others."""
    draft = Alignment.objects.create(
        **land.tenant, team=land.company.team, unit_layer=land.layer, parent=land.alignment, name="Other", basis="units"
    )
    twins: dict[str, Territory] = {}
    for name, territory in land.territories.items():
        values = {"rep": territory.rep, "code": territory.code, "name": name, "colour": territory.colour}
        twins[name] = Territory.objects.create(**land.tenant, alignment=draft, **values)
    for number, name in (land.owner_of_units() | moves).items():
        UnitAssignment.objects.create(**land.tenant, alignment=draft, unit=land.units[number], territory=twins[name])
    assign_accounts(land, draft)
    return draft


def compared(client: APIClient, before: Alignment, after: Alignment) -> dict[str, Any]:
    response = client.get(f"/api/v1/alignments/{before.pk}/comparison?with={after.pk}")
    assert response.status_code == 200, response.json()
    return response.json()


def test_two_alignments_stand_side_by_side(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 4, territories=[("West", [0]), ("East", [1, 2, 3])])
    with workspace(cast.workspace.id):
        other = copy(made, {1: "West"})
    answer = compared(client_of(cast.viewer), made.alignment, other)
    west, east = answer["territories"]
    assert (west["name"], west["rep_name"], west["before_id"]) == ("West", "Rep West", made.territories["West"].pk)
    assert (west["before"]["values"]["accounts"], west["after"]["values"]["accounts"]) == (1, 2)
    assert (east["before"]["deviations"]["accounts"], east["after"]["deviations"]["accounts"]) == (0.5, 0)
    accounts = next(metric for metric in answer["metrics"] if metric["key"] == "accounts")
    assert (accounts["before"]["worst"], accounts["after"]["worst"]) == (0.5, 0)
    assert (accounts["before"]["balance_index"], accounts["after"]["balance_index"]) == (50, 100)


def test_disruption_is_what_changes_rep(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 4, territories=[("West", [0]), ("East", [1, 2, 3])])
    with workspace(cast.workspace.id):
        other = copy(made, {1: "West"})
    answer = compared(client_of(cast.viewer), made.alignment, other)
    assert answer["n_accounts_moved"] == 1
    assert answer["disruption"] == {"accounts": 0.25, "revenue": 0.25, "workload": 0.25}


def test_who_hands_what_to_whom_is_told_the_most_money_first(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 5, territories=[("West", [0]), ("East", [1, 2, 3, 4])])
    with workspace(cast.workspace.id):
        other = copy(made, {1: "West", 2: "West"})
        UnitAssignment.objects.filter(alignment=other, unit=made.units[4]).delete()
        assign_accounts(made, other)
    first, second = compared(client_of(cast.viewer), made.alignment, other)["hands"]
    east, west = {"territory": "East", "rep": "Rep East"}, {"territory": "West", "rep": "Rep West"}
    assert (first["giver"], first["taker"], first["n_accounts"], first["revenue_minor"]) == (east, west, 2, 200_00)
    assert (second["giver"], second["taker"], second["n_accounts"]) == (east, None, 1)


def test_an_account_that_gets_its_first_rep_is_not_disrupted(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 3, territories=[("West", [0]), ("East", [1])])
    with workspace(cast.workspace.id):
        other = copy(made, {2: "East"})
    assert compared(client_of(cast.viewer), made.alignment, other)["n_accounts_moved"] == 0


def test_a_territory_that_is_only_in_one_stands_alone(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 3, territories=[("West", [0]), ("East", [1, 2])])
    with workspace(cast.workspace.id):
        other = copy(made, {})
        Territory.objects.filter(alignment=other, name="East").update(name="Coast", code="C")
    answer = compared(client_of(cast.viewer), made.alignment, other)
    assert [(row["name"], row["before"] is None, row["after"] is None) for row in answer["territories"]] == [
        ("West", False, False),
        ("East", False, True),
        ("Coast", True, False),
    ]


def test_an_alignment_compared_with_itself_changes_nothing(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 4, territories=[("West", [0]), ("East", [1, 2, 3])])
    answer = compared(client_of(cast.viewer), made.alignment, made.alignment)
    assert answer["n_accounts_moved"] == 0
    assert answer["mean_km"]["before"] == answer["mean_km"]["after"] > 0


def test_the_mean_distance_is_to_the_middle_of_the_accounts(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    """Two accounts a degree of longitude apart at 33.5° N: each is half of 92.7 km from the middle."""
    made = land(1, 2, territories=[("All", [0, 1])])
    kilometres = compared(client_of(cast.viewer), made.alignment, made.alignment)["mean_km"]["before"]
    assert kilometres == pytest.approx(111.195 * 0.83389 / 2, rel=1e-3)


@pytest.mark.parametrize("query", ["", "?with=987654321", "?with=abc", "?with=99999999999999999999"])
def test_without_the_other_alignment_nothing_is_found(
    query: str, cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made = land(1, 2, territories=[("West", [0])])
    assert client_of(cast.viewer).get(f"/api/v1/alignments/{made.alignment.pk}/comparison{query}").status_code == 404


def test_a_measurement_is_dated_and_listed_for_its_team(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 4, territories=[("West", [0]), ("East", [1, 2, 3])])
    with workspace(cast.workspace.id):
        for month in (2, 1):
            measure_alignment(made.alignment, actor=cast.manager, measured_on=datetime.date(2026, month, 1))
    listed = client_of(cast.viewer).get(f"/api/v1/snapshots?team={cast.team.pk}").json()
    assert [entry["measured_on"] for entry in listed] == ["2026-01-01", "2026-02-01"]
    assert listed[0]["alignment_name"] == "Today"
    assert listed[0]["metrics"]["accounts"] == {"cv": 0.5, "worst": 0.5, "balance_index": 50}
    assert listed[0]["balance_index"] == pytest.approx(50, abs=15)


def test_measuring_twice_on_one_day_keeps_one_measurement(cast: Cast, land: MakeLand) -> None:
    made = land(1, 4, territories=[("West", [0]), ("East", [1, 2, 3])])
    with workspace(cast.workspace.id):
        for _ in range(2):
            measure_alignment(made.alignment, actor=cast.manager, measured_on=datetime.date(2026, 1, 1))
        assert Snapshot.objects.count() == 1
