"""GET alignments/{id}/scorecard: every figure beside its target, without unassigned as a territory."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.balancing.grid import Land, add_account, assign_accounts
from tests.cast import Cast
from workspace.models import Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]


def scorecard(client: APIClient, land: Land) -> dict[str, Any]:
    response = client.get(f"/api/v1/alignments/{land.alignment.pk}/scorecard")
    assert response.status_code == 200, response.json()
    return response.json()


def metric(card: dict[str, Any], key: str) -> dict[str, Any]:
    return next(entry for entry in card["metrics"] if entry["key"] == key)


def test_every_territory_stands_beside_its_target(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 4, territories=[("West", [0]), ("East", [1, 2, 3])])
    west, east = scorecard(client_of(cast.viewer), made)["territories"]
    assert (west["values"]["accounts"], west["targets"]["accounts"], west["deviations"]["accounts"]) == (1, 2, -0.5)
    assert (east["values"]["revenue"], east["targets"]["revenue"]) == (300_00, 200_00)
    assert (west["in_band"]["accounts"], east["deviations"]["accounts"]) == (False, 0.5)
    assert east["values"]["workload"] == east["workload_h"] == 36


def test_the_head_line_of_a_metric_names_the_worst_territory(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 5, territories=[("West", [0]), ("Middle", [1]), ("East", [2, 3, 4])])
    accounts = metric(scorecard(client_of(cast.viewer), made), "accounts")
    assert accounts["worst"]["territory_id"] == made.territories["East"].pk
    assert accounts["worst"]["deviation"] == pytest.approx(0.8)
    assert (accounts["min"], accounts["max"], accounts["max_min_ratio"], accounts["n_out_of_band"]) == (1, 3, 3, 3)
    assert accounts["formula_url"] == "/docs/metrics/#accounts"


def test_what_is_unassigned_is_told_beside_the_territories_and_never_as_one(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made = land(1, 4, territories=[("West", [0]), ("East", [1])])
    card = scorecard(client_of(cast.viewer), made)
    assert len(card["territories"]) == 2
    assert (metric(card, "accounts")["total"], metric(card, "accounts")["unassigned"]) == (2, 2)
    assert metric(card, "accounts")["balance_index"] == 100


def test_capacity_sets_the_target_and_its_use_is_shown(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 2, territories=[("West", [0]), ("East", [1])], visits_per_year=100, capacity_h=100)
    with workspace(cast.workspace.id):
        rep = made.territories["East"].rep
        rep.capacity_h = 300
        rep.save()
    west, east = scorecard(client_of(cast.viewer), made)["territories"]
    assert (west["targets"]["workload"], east["targets"]["workload"]) == (50, 150)
    assert west["capacity_used"] == pytest.approx((west["workload_h"] + west["travel_h"]) / 100)


def test_a_vacant_territory_has_a_target_but_no_capacity(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 2, territories=[("West", [0]), ("East", [1])], capacity_h=None)
    west, _ = scorecard(client_of(cast.viewer), made)["territories"]
    assert (west["targets"]["accounts"], west["capacity_h"], west["capacity_used"], west["fte"]) == (
        1,
        None,
        None,
        None,
    )


def test_a_barrier_takes_a_territory_apart(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 4, territories=[("West", [0, 1]), ("East", [2, 3])], cut=[(0, 1)])
    west, east = scorecard(client_of(cast.viewer), made)["territories"]
    assert (west["n_pieces"], west["is_contiguous"]) == (2, False)
    assert (east["n_pieces"], east["is_contiguous"]) == (1, True)


def test_shape_and_density_come_from_the_boundary(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 2, territories=[("West", [0]), ("East", [1])])
    west = scorecard(client_of(cast.viewer), made)["territories"][0]
    assert west["area_km2"] == 10_000
    assert (west["accounts_per_km2"], west["accounts_per_1000_km2"]) == (pytest.approx(1e-4), pytest.approx(0.1))
    assert west["revenue_minor_per_km2"] == pytest.approx(1.0)
    assert 0.7 < west["polsby_popper"] < 0.8
    assert 0.9 < west["moment_of_inertia"] < 0.96


def test_the_data_date_is_that_of_the_newest_account(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 2, territories=[("West", [0]), ("East", [1])])
    before = scorecard(client_of(cast.viewer), made)["data_date"]
    with workspace(cast.workspace.id):
        add_account(made, 0)
        assign_accounts(made, made.alignment)
    assert scorecard(client_of(cast.viewer), made)["data_date"] > before


def test_an_alignment_without_accounts_or_territories_answers_without_figures(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made = land(1, 2, territories=[], accounts=[0, 0])
    card = scorecard(client_of(cast.viewer), made)
    assert (card["territories"], card["balance_index"], card["data_date"]) == ([], None, None)
    assert metric(card, "revenue")["worst"] is None


def test_territories_without_accounts_have_no_deviation(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 2, territories=[("West", [0]), ("East", [1])], accounts=[0, 0])
    card = scorecard(client_of(cast.viewer), made)
    assert card["territories"][0]["deviations"]["accounts"] is None
    assert metric(card, "accounts")["n_out_of_band"] == 0


def test_an_inside_team_does_not_travel(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 2, territories=[("West", [0]), ("East", [1])])
    with workspace(cast.workspace.id):
        cast.team.kind = "inside"
        cast.team.save()
    card = scorecard(client_of(cast.viewer), made)
    assert card["travel_source"]["method"] == "none"
    assert metric(card, "travel")["total"] == 0


def test_a_foreign_alignment_is_not_found(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 2, territories=[("West", [0])])
    response = client_of(cast.foreign.members["admin"]).get(f"/api/v1/alignments/{made.alignment.pk}/scorecard")
    assert response.status_code == 404
