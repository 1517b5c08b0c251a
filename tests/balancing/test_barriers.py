"""What a drawn barrier does to runs and findings: two rows of four units, and a river between the rows.

4 5 6 7     West holds the left half, East the right one: both lie on both banks.
~ ~ ~ ~
0 1 2 3
"""

from collections.abc import Callable
from typing import Any

from rest_framework.test import APIClient

from territory.models import UnitAssignment
from tests.balancing.grid import SOUTH, WEST, Land, make_land
from tests.balancing.running import finish
from tests.cast import Cast
from workspace.models import Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
BANKS = [{0, 1, 2, 3}, {4, 5, 6, 7}]
HALVES = [{0, 1, 4, 5}, {2, 3, 6, 7}]
RIVER = {"type": "LineString", "coordinates": [[WEST, SOUTH + 1], [WEST + 4, SOUTH + 1]]}
BRIDGES = [[WEST + 0.5, SOUTH + 1], [WEST + 3.5, SOUTH + 1]]


def land_on_a_river(cast: Cast, client: APIClient, **barrier: Any) -> Land:
    with workspace(cast.workspace.id):
        land = make_land(cast.home, 2, 4, territories=[("West", [0, 1, 4, 5]), ("East", [2, 3, 6, 7])])
    body = {"name": "River", "kind": "river", "geometry": RIVER} | barrier
    assert client.post("/api/v1/barriers", body, format="json").status_code == 201
    return land


def plan_of_a_run(cast: Cast, client: APIClient, land: Land) -> list[set[int]]:
    """Units of each territory by their numbers, the one with the first unit first."""
    run = finish(client, land)
    with workspace(cast.workspace.id):
        owner = dict(
            UnitAssignment.objects.filter(alignment_id=run["result_alignment_id"]).values_list("unit_id", "territory")
        )
    held: dict[int, set[int]] = {}
    for number, unit in enumerate(land.units):
        held.setdefault(owner[unit.pk], set()).add(number)
    return list(held.values())


def split_findings(client: APIClient, land: Land) -> list[Any]:
    found = client.get(f"/api/v1/findings?alignment={land.alignment.pk}").json()
    return [finding for finding in found if finding["kind"] == "split"]


def test_a_run_joins_no_units_across_a_hard_barrier(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    assert plan_of_a_run(cast, client, land_on_a_river(cast, client)) == BANKS


def test_a_run_joins_them_where_bridges_are(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    assert plan_of_a_run(cast, client, land_on_a_river(cast, client, bridges=BRIDGES)) == HALVES


def test_a_run_keeps_off_a_soft_barrier_that_is_dear_and_crosses_a_cheap_one(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    dear = land_on_a_river(cast, client, is_hard=False, cost_km=500)
    assert plan_of_a_run(cast, client, dear) == BANKS
    [barrier] = client.get("/api/v1/barriers").json()["features"]
    client.patch(f"/api/v1/barriers/{barrier['id']}", {"cost_km": 0.01}, format="json")
    assert plan_of_a_run(cast, client, dear) == HALVES


def test_a_barrier_across_a_territory_is_a_finding_until_bridges_join_its_banks(
    cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.manager)
    land = land_on_a_river(cast, client)
    assert len(split_findings(client, land)) == 2
    [barrier] = client.get("/api/v1/barriers").json()["features"]
    client.patch(f"/api/v1/barriers/{barrier['id']}", {"bridges": BRIDGES}, format="json")
    assert split_findings(client, land) == []
