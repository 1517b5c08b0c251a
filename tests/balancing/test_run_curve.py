"""A run may also make the plans between today's and a clean sheet; each can be had again by its own settings."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from balancing.models import Run
from balancing.problems.aims import RunSettings
from territory.models import AccountOverride
from tests.balancing.grid import Land, assign_accounts
from tests.balancing.running import finish
from tests.cast import Cast
from workspace.models import Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]
WEST = [row * 8 + column for row in range(4) for column in (0, 1)]
UNEVEN = [("West", WEST), ("East", [i for i in range(32) if i not in WEST])]
REMAKING = ("max_moved_fraction", "disruption_price", "from")


def name(land: Land, territory: str, n_accounts: int) -> None:
    """Keep the first accounts with a territory, whatever a plan says."""
    here = {**land.tenant, "alignment": land.alignment, "territory": land.territories[territory], "reason": "Named"}
    AccountOverride.objects.bulk_create(AccountOverride(account=one, **here) for one in land.accounts[:n_accounts])
    assign_accounts(land, land.alignment)


def with_curve(client: APIClient, land: Land, **values: Any) -> dict[str, Any]:
    return finish(client, land, with_curve=True, **values)


def remade(client: APIClient, land: Land, point: dict[str, Any]) -> dict[str, Any]:
    return finish(client, land, **{key: point[key] for key in REMAKING})["result"]


def figures(shown: dict[str, Any]) -> tuple[float, int, float, bool]:
    return shown["moved_fraction"], shown["n_moves"], shown["mean_km"], shown["is_feasible"]


def test_the_curve_leads_from_today_to_balance_by_what_moves(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    curve = with_curve(client_of(cast.manager), land(4, 8, territories=UNEVEN))["result"]["curve"]
    assert 3 <= len(curve) <= 8
    moved = [point["moved_fraction"] for point in curve]
    assert moved == sorted(moved)
    assert (moved[0], curve[0]["n_moves"], curve[0]["worst"]) == (0, 0, {"accounts": 0.5})
    assert not curve[0]["is_feasible"]
    assert any(point["is_feasible"] for point in curve)


def test_the_proposal_is_the_plan_within_all_limits_that_moves_least(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    result = with_curve(client_of(cast.manager), land(4, 8, territories=UNEVEN))["result"]
    least = next(point for point in result["curve"] if point["is_feasible"])
    assert [point for point in result["curve"] if point["is_proposal"]] == [least]
    assert figures(result) == figures(least)
    assert result["metrics"][0]["after_worst"] == pytest.approx(least["worst"]["accounts"])


def test_where_no_plan_keeps_the_limits_the_nearest_is_proposed(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    """One county has half of everything: three territories of equal size are out of reach."""
    made = land(1, 4, territories=[("A", [0]), ("B", [1]), ("C", [2, 3])], accounts=[1, 6, 1, 4])
    result = with_curve(client_of(cast.manager), made)["result"]
    assert not result["is_feasible"]
    (proposal,) = [point for point in result["curve"] if point["is_proposal"]]
    assert proposal["worst"]["accounts"] == min(point["worst"]["accounts"] for point in result["curve"])


def test_no_plan_of_the_curve_beats_another(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(4, 8, territories=UNEVEN, accounts=[1 + i % 3 for i in range(32)]), client_of(cast.manager)
    with workspace(cast.workspace.id):
        name(made, "East", 3)
    within = [point for point in with_curve(client, made)["result"]["curve"] if point["is_feasible"]]
    kilometres = [point["mean_km"] for point in within]
    assert kilometres == sorted(kilometres, reverse=True)


def test_each_plan_can_be_had_again_from_its_settings(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(4, 8, territories=UNEVEN), client_of(cast.manager)
    run = with_curve(client, made)
    for point in run["result"]["curve"]:
        again = remade(client, made, point)
        assert figures(again) == figures(point)
        assert (again["plan_hash"] == run["result"]["plan_hash"]) is point["is_proposal"]


def test_each_plan_can_be_had_again_with_named_accounts(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(4, 8, territories=UNEVEN, accounts=[1 + i % 3 for i in range(32)]), client_of(cast.manager)
    with workspace(cast.workspace.id):
        name(made, "East", 3)
    for point in with_curve(client, made)["result"]["curve"]:
        assert figures(remade(client, made, point)) == figures(point)


def test_without_a_plan_today_there_is_no_curve(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    result = with_curve(client_of(cast.manager), land(1, 4, territories=[("A", []), ("B", [])]))["result"]
    assert (result["is_feasible"], result["curve"]) == (True, [])


def test_a_run_without_a_curve_has_none(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    assert finish(client_of(cast.manager), land(4, 8, territories=UNEVEN))["result"]["curve"] == []


def test_a_run_from_before_there_were_curves_is_still_shown(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 4, territories=[("A", [0]), ("B", [1, 2, 3])]), client_of(cast.manager)
    run = finish(client, made)
    with workspace(cast.workspace.id):
        settings = {
            key: run["settings"][key] for key in run["settings"] if key not in {"disruption_price", "with_curve"}
        }
        result = {key: run["result"][key] for key in run["result"] if key != "curve"}
        Run.objects.filter(pk=run["id"]).update(settings=settings, result=result)
    shown = client.get(f"/api/v1/runs/{run['id']}").json()
    assert (shown["settings"], shown["result"]["curve"]) == (run["settings"], [])
    read = RunSettings.from_json(settings)
    assert (read.disruption_price, read.with_curve) == (None, False)


def test_a_price_decides_how_much_changes_hands(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    """Under ±60 % today's plan is good enough; only where change costs nothing are shorter ways worth it."""
    made, client = land(4, 8, territories=UNEVEN), client_of(cast.manager)
    wide = [{"key": "accounts", "tolerance": 0.6}]
    dear, free = (finish(client, made, metrics=wide, disruption_price=price)["result"] for price in (1000, 0))
    assert dear["n_moves"] == 0
    assert free["mean_km"] < dear["mean_km"]
