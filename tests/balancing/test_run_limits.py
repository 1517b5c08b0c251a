"""Limits in a metric's own unit, tolerances that may be missed, room to grow, and units that stay together."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from balancing.models import Run
from territory.models import AccountOverride, Alignment, BasicUnit, Territory
from tests.balancing.grid import Land, assign_accounts
from tests.balancing.running import body, finish
from tests.cast import Cast
from workspace.models import Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]
HALVES = [("West", [0, 1, 2, 3]), ("East", [4, 5, 6, 7])]
WIDE = [{"key": "accounts", "tolerance": 0.9}]


def owners(land: Land, run: dict[str, Any]) -> dict[int, str]:
    with workspace(land.company.workspace.id):
        return land.owner_of_units(Alignment.objects.get(pk=run["result_alignment_id"]))


def count(land: Land, run: dict[str, Any], name: str) -> int:
    return list(owners(land, run).values()).count(name)


def limit(key: str = "accounts", **sides: Any) -> dict[str, Any]:
    return {"key": key, "territory_id": None, "least": None, "most": None} | sides


def reasons(client: APIClient, land: Land, **values: Any) -> list[dict[str, Any]]:
    response = client.post("/api/v1/runs/check", body(land, **values))
    assert response.status_code == 200, response.json()
    return list(response.json()["certificates"])


def test_a_most_for_every_territory_is_kept(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 8, territories=[("West", [0]), ("East", list(range(1, 8)))]), client_of(cast.manager)
    run = finish(client, made, metrics=WIDE, limits=[limit(most=5)])
    assert run["result"]["is_feasible"]
    assert count(made, run, "East") <= 5
    assert count(made, finish(client, made, metrics=WIDE), "East") > 5


def test_a_named_territorys_own_limit_takes_the_place_of_the_one_for_all(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made, client = land(1, 8, territories=HALVES), client_of(cast.manager)
    own = limit(territory_id=made.territories["West"].pk, least=6)
    run = finish(client, made, metrics=WIDE, limits=[limit(least=1, most=7), own])
    assert run["result"]["is_feasible"]
    assert count(made, run, "West") in {6, 7}


def test_a_limit_on_a_metric_that_is_not_balanced_is_kept_too(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 8, territories=HALVES, revenue_minor=50_00), client_of(cast.manager)
    own = limit("revenue", territory_id=made.territories["East"].pk, most=100_00)
    run = finish(client, made, metrics=WIDE, limits=[own])
    assert (run["result"]["is_feasible"], count(made, run, "East")) == (True, 2)


def test_named_accounts_count_towards_a_limit(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 8, territories=HALVES), client_of(cast.manager)
    with workspace(cast.workspace.id):
        AccountOverride.objects.create(
            **made.tenant, alignment=made.alignment, account=made.accounts[7], territory=made.territories["West"],
            reason="Named",
        )  # fmt: skip
        assign_accounts(made, made.alignment)
    run = finish(client, made, metrics=WIDE, limits=[limit(territory_id=made.territories["West"].pk, most=4)])
    assert run["result"]["is_feasible"]
    assert count(made, run, "West") <= 3


def test_room_to_grow_is_taken_off_every_most(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 8, territories=HALVES), client_of(cast.manager)
    own = limit(territory_id=made.territories["East"].pk, most=4)
    run = finish(client, made, metrics=WIDE, limits=[own], headroom=0.25)
    assert (run["result"]["is_feasible"], count(made, run, "East")) == (True, 3)


def test_limits_are_stored_with_the_run_and_come_back_as_they_were_given(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made, client = land(1, 8, territories=HALVES), client_of(cast.manager)
    asked = {"limits": [limit(most=5.0), limit("revenue", least=100.0)], "headroom": 0.1}
    run = finish(client, made, **asked)
    again = client.post("/api/v1/runs", {"alignment_id": made.alignment.pk, **run["settings"]}).json()
    assert again["settings"] == run["settings"]
    assert {key: run["settings"][key] for key in asked} == asked


def test_a_run_from_before_there_were_limits_is_still_shown(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 8, territories=HALVES), client_of(cast.manager)
    run = finish(client, made)
    new = {"limits", "headroom", "keep_together", "objective", "connected"}
    with workspace(cast.workspace.id):
        settings = {key: value for key, value in run["settings"].items() if key not in new}
        settings["metrics"] = [{"key": "accounts", "tolerance": 0.05, "is_primary": False}]
        result = {key: value for key, value in run["result"].items() if key not in {"missed", "missed_km"}}
        Run.objects.filter(pk=run["id"]).update(settings=settings, result=result)
    shown = client.get(f"/api/v1/runs/{run['id']}").json()
    assert (shown["settings"], shown["result"]["missed"]) == (run["settings"], [])


@pytest.mark.parametrize(
    ("limits", "code", "words"),
    [
        ([limit(most=3)], "limits_too_low", "may have at most 6 accounts, and the total is 8 accounts"),
        ([limit(least=5)], "limits_too_high", "must have at least 10 accounts, and the total is 8 accounts"),
        (
            [limit("revenue", least=500_00)],
            "limits_too_high",
            "1,000 USD of revenue, and the total is 800 USD of revenue",
        ),
    ],
)
def test_limits_that_leave_no_room_are_told_with_their_sums(
    limits: list[dict[str, Any]], code: str, words: str, cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made, client = land(1, 8, territories=HALVES), client_of(cast.manager)
    (found,) = reasons(client, made, metrics=WIDE, limits=limits)
    assert (found["code"], found["smallest_tolerance"]) == (code, None)
    assert words in found["detail"]
    result = finish(client, made, metrics=WIDE, limits=limits)["result"]
    assert (result["is_feasible"], [one["metric"] for one in result["missed"]]) == (False, [limits[0]["key"]])
    assert re.search(r"^(West|East) has .* and (may have at most|must have at least) ", result["missed"][0]["detail"])


def test_a_limit_outside_the_tolerance_is_told_with_the_tolerance_that_would_do(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made, client = land(1, 8, territories=HALVES), client_of(cast.manager)
    own = limit(territory_id=made.territories["West"].pk, least=5)
    (found,) = reasons(client, made, limits=[own])
    assert found["code"] == "limit_outside_band"
    assert found["detail"].startswith("West must have at least 5 accounts, and its target is 4 accounts ± 5 %")
    assert found["smallest_tolerance"] == pytest.approx(0.25)
    assert reasons(client, made, limits=[own], metrics=[{"key": "accounts", "tolerance": 0.2501}]) == []


def test_room_to_grow_is_named_where_it_makes_a_limit_impossible(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made, client = land(1, 8, territories=HALVES), client_of(cast.manager)
    assert reasons(client, made, metrics=WIDE, limits=[limit(most=4)]) == []
    (found,) = reasons(client, made, metrics=WIDE, limits=[limit(most=4)], headroom=0.05)
    assert "may have at most 7.6 accounts" in found["detail"]
    assert found["detail"].endswith("Room to grow is taken off every most.")


def test_a_unit_larger_than_the_most_is_told(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = (
        land(1, 4, territories=[("West", [0]), ("East", [1, 2, 3])], accounts=[6, 1, 1, 1]),
        client_of(cast.manager),
    )
    found = reasons(client, made, metrics=WIDE, limits=[limit(most=5)])
    assert [one["code"] for one in found] == ["unit_too_big"]
    assert "Square 0 alone has 6 accounts, and no territory may have more than 5 accounts" in found[0]["detail"]


def test_a_unit_that_only_a_limited_territory_could_take_is_told(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    """West should have 6 of 12 and may have 4; the others should have 3, and Square 0 alone has 5."""
    names = [("West", [0]), ("Middle", [1]), ("East", [2, 3])]
    made, client = land(1, 4, territories=names, accounts=[5, 3, 2, 2]), client_of(cast.manager)
    with workspace(cast.workspace.id):
        Territory.objects.filter(pk=made.territories["West"].pk).update(target_share=0.5)
    own = limit(territory_id=made.territories["West"].pk, most=4)
    aims = [{"key": "accounts", "tolerance": 0.5}]
    told = [one["detail"] for one in reasons(client, made, metrics=aims, limits=[own])]
    assert any("Square 0 alone has 5 accounts, and no territory may have more than 4.5 accounts" in one for one in told)


def test_a_locked_territory_beyond_a_limit_is_told(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 6, territories=[("West", [0, 1, 2]), ("Middle", [3]), ("East", [4, 5])])
    with workspace(cast.workspace.id):
        Territory.objects.filter(pk=made.territories["West"].pk).update(is_locked=True)
    (found,) = reasons(client_of(cast.manager), made, metrics=WIDE, limits=[limit(most=2)])
    assert (found["code"], "at most 2 accounts" in found["detail"]) == ("locked_out_of_limit", True)


def test_a_limit_and_moves_that_contradict_each_other_are_told_together(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made, client = land(1, 8, territories=[("West", [0]), ("East", list(range(1, 8)))]), client_of(cast.manager)
    (found,) = reasons(client, made, metrics=WIDE, limits=[limit(most=4)], max_moved_fraction=0.1)
    assert found["code"] == "limits_conflict"
    assert "at most 10 % moved; the most accounts that is set" in found["detail"]
    assert "37.5 % of accounts that may move" in found["detail"]


def test_a_tolerance_that_may_be_missed_is_where_keeping_it_is_dearer(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    """The richest square lies at the western end: an even split of revenue would leave West with it alone."""
    made, client = land(1, 8, territories=HALVES), client_of(cast.manager)
    with workspace(cast.workspace.id):
        BasicUnit.objects.filter(pk=made.units[0].pk).update(revenue_minor=700_00)
    aims = [{"key": "accounts", "tolerance": 0.1, "is_primary": True}, {"key": "revenue", "tolerance": 0.1}]
    kept = finish(client, made, metrics=aims)["result"]
    assert (kept["is_feasible"], kept["missed"]) == (False, [])
    aims[1]["miss_price_km"] = 0.01
    result = finish(client, made, metrics=aims)["result"]
    assert result["is_feasible"]
    (missed,) = result["missed"]
    assert (missed["metric"], missed["n_territories"]) == ("revenue", 2)
    assert missed["worst"] == pytest.approx(3 / 7)
    assert "Revenue is outside ± 10 % in " in missed["detail"]
    assert result["missed_km"] > 0
    assert result["status"].startswith("Every limit that must be kept is kept")


def test_short_borders_cut_few_neighbours_apart(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    """Two rows of eight, today one row each: across the middle a border cuts two pairs of neighbours, not eight."""
    made = land(2, 8, territories=[("South", list(range(8))), ("North", list(range(8, 16)))])
    result = finish(client_of(cast.manager), made, objective="borders", **{"from": "scratch"})["result"]
    assert (result["is_feasible"], result["n_cut_borders"], result["before_cut_borders"]) == (True, 2, 8)
    assert (result["bound_km"], result["gap"]) == (None, None)


def test_with_short_borders_territories_are_named_like_todays(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 8, territories=HALVES), client_of(cast.manager)
    run = finish(client, made, objective="borders", use_homes=True, **{"from": "scratch"})
    assert run["result"]["n_moves"] == 0
    assert any("named like today's" in note for note in run["result"]["notes"])


def test_books_are_even_where_connected_territories_cannot_be(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    """A row of three: the middle one, worth half of all, would have to go with an outer one."""
    made, client = land(1, 3, territories=[("West", [0, 1]), ("East", [2])]), client_of(cast.manager)
    with workspace(cast.workspace.id):
        BasicUnit.objects.filter(pk=made.units[1].pk).update(revenue_minor=200_00)
        for place in (0, 2):
            BasicUnit.objects.filter(pk=made.units[place].pk).update(revenue_minor=100_00)
    asked = {"metrics": [{"key": "revenue", "tolerance": 0.01}], "from": "scratch"}
    assert not finish(client, made, **asked)["result"]["is_feasible"]
    run = finish(client, made, connected=False, **asked)
    assert (run["result"]["is_feasible"], run["result"]["extra_pieces"]) == (True, 0)
    held = owners(made, run)
    assert held[0] == held[2] != held[1]


def state_of(land: Land, numbers: range, fips: str) -> None:
    for number in numbers:
        BasicUnit.objects.filter(pk=land.units[number].pk).update(code=f"{fips}{number:03}")


def test_units_of_one_state_stay_together(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    """Three states of 3, 3 and 2 units: an even split would cut the middle one."""
    made, client = land(1, 8, territories=HALVES), client_of(cast.manager)
    with workspace(cast.workspace.id):
        for numbers, fips in ((range(3), "01"), (range(3, 6), "12"), (range(6, 8), "13")):
            state_of(made, numbers, fips)
    aims = [{"key": "accounts", "tolerance": 0.3}]
    run = finish(client, made, metrics=aims, keep_together="state", **{"from": "scratch"})
    assert run["result"]["is_feasible"]
    held = owners(made, run)
    assert [len({held[number] for number in group}) for group in ((0, 1, 2), (3, 4, 5), (6, 7))] == [1, 1, 1]


def test_a_group_larger_than_a_territory_is_told(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 8, territories=HALVES), client_of(cast.manager)
    with workspace(cast.workspace.id):
        state_of(made, range(5), "01")
        state_of(made, range(5, 8), "12")
    found = reasons(client, made, keep_together="state")
    assert [one["code"] for one in found] == ["unit_too_big"]
    assert found[0]["smallest_tolerance"] == pytest.approx(0.25)
    assert found[0]["detail"].startswith("Square 0 and the 4 that stay together with it have more accounts")
    assert found[0]["detail"].endswith("Keep less together.")


def test_fewer_groups_than_territories_are_refused_in_words(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 8, territories=HALVES)
    problem = client_of(cast.manager).post("/api/v1/runs/check", body(made, keep_together="state")).json()
    assert [error["field"] for error in problem["errors"]] == ["keep_together"]
    assert "only 1 group of units for 2 territories; keep less together" in problem["detail"]


def test_units_of_one_state_that_do_not_touch_may_part(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 8, territories=HALVES), client_of(cast.manager)
    with workspace(cast.workspace.id):
        state_of(made, range(8), "01")
        state_of(made, range(3, 5), "12")
    run = finish(client, made, metrics=WIDE, keep_together="state")
    assert any("1 piece lies apart" in note for note in run["result"]["notes"])
