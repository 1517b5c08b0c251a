"""Barriers on the 3×3 grid: they cut who touches whom at once, bridges open it, and what goes away restores it."""

import json
from typing import Any

import pytest
from rest_framework.test import APIClient

from territory.layers.building import write_layer
from territory.models import Barrier, UnitAdjacency, UnitLayer
from tests.cast import Cast
from tests.territory.world import SIDE, SIZE, SOUTH, WEST, World, grid_units, middle
from workspace.models import Change

# Between the columns 0 and 1, from south of the grid to north of it.
RIVER = {"type": "LineString", "coordinates": [[WEST + SIDE, SOUTH - 0.1], [WEST + SIDE, SOUTH + SIZE * SIDE + 0.1]]}
BRIDGE = [WEST + SIDE, middle(0, 1)[1]]


def add(client: APIClient, status: int = 201, **fields: Any) -> dict[str, Any]:
    body = {"name": "River", "kind": "river", "geometry": RIVER} | fields
    answer = client.post("/api/v1/barriers", body, format="json")
    assert answer.status_code == status, answer.json()
    return answer.json()


def change(client: APIClient, barrier: dict[str, Any], **fields: Any) -> None:
    answer = client.patch(f"/api/v1/barriers/{barrier['id']}", fields, format="json")
    assert answer.status_code == 200, answer.json()


def cut(layer: UnitLayer) -> set[str]:
    edges = UnitAdjacency.objects.filter(layer=layer, is_cut=True).select_related("unit_a", "unit_b")
    return {f"{edge.unit_a.code}|{edge.unit_b.code}" for edge in edges}


def costs(layer: UnitLayer) -> dict[str, float]:
    edges = UnitAdjacency.objects.filter(layer=layer, crossing_km__gt=0).select_related("unit_a", "unit_b")
    return {f"{edge.unit_a.code}|{edge.unit_b.code}": edge.crossing_km for edge in edges}


ALL = {"0-0|1-0", "0-1|1-1", "0-2|1-2"}


def test_a_river_cuts_what_it_runs_between_and_its_deletion_restores_it(world: World, manager: APIClient) -> None:
    barrier = add(manager)
    assert cut(world.layer) == ALL
    assert manager.delete(f"/api/v1/barriers/{barrier['id']}").status_code == 204
    assert cut(world.layer) == set()


def test_a_bridge_opens_the_one_step_beside_it(world: World, manager: APIClient) -> None:
    barrier = add(manager, bridges=[BRIDGE])
    assert cut(world.layer) == ALL - {"0-1|1-1"}
    change(manager, barrier, bridges=[])
    assert cut(world.layer) == ALL


def test_a_bridge_further_off_than_a_step_is_long_opens_nothing(world: World, manager: APIClient) -> None:
    add(manager, bridges=[[WEST + SIDE, SOUTH + 9]])
    assert cut(world.layer) == ALL


def test_a_bridge_over_one_barrier_does_not_open_another(world: World, manager: APIClient) -> None:
    add(manager, bridges=[BRIDGE])
    add(manager, name="Border", kind="border")
    assert cut(world.layer) == ALL


def test_an_area_cuts_the_steps_that_pass_through_it(world: World, manager: APIClient) -> None:
    west, south = middle(0.4, 0.4)
    ring = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.4], [west, south + 0.4], [west, south]]
    add(manager, kind="restricted", geometry={"type": "Polygon", "coordinates": [ring]})
    assert cut(world.layer) == {"0-1|1-1"}


def test_every_layer_of_the_workspace_follows(world: World, manager: APIClient) -> None:
    other = UnitLayer.objects.create(workspace=world.workspace, name="Fine", kind="counties", settings={"states": []})
    write_layer(other, grid_units(2))
    barrier = add(manager)
    assert (len(cut(world.layer)), len(cut(other))) == (3, 2)
    manager.delete(f"/api/v1/barriers/{barrier['id']}")
    assert (cut(world.layer), cut(other)) == (set(), set())


def test_a_layer_built_later_knows_the_barriers_that_are_there(world: World, manager: APIClient) -> None:
    add(manager, bridges=[BRIDGE])
    write_layer(world.layer, grid_units())
    assert cut(world.layer) == ALL - {"0-1|1-1"}


def test_soft_barriers_cut_nothing_and_add_up_what_crossing_costs(world: World, manager: APIClient) -> None:
    barrier = add(manager, is_hard=False, cost_km=4)
    add(manager, is_hard=False, cost_km=2, bridges=[BRIDGE])
    assert cut(world.layer) == set()
    assert costs(world.layer) == {"0-0|1-0": 6, "0-1|1-1": 4, "0-2|1-2": 6}
    change(manager, barrier, is_hard=True)
    assert cut(world.layer) == ALL
    assert costs(world.layer) == {"0-0|1-0": 2, "0-2|1-2": 2}


def test_a_soft_barrier_that_costs_nothing_is_refused(world: World, manager: APIClient) -> None:
    assert add(manager, 400, is_hard=False)["errors"][0]["field"] == "cost_km"


def test_the_preview_counts_and_changes_nothing(world: World, manager: APIClient) -> None:
    answer = manager.post("/api/v1/barriers/preview", {"geometry": RIVER, "bridges": [BRIDGE]}, format="json")
    assert answer.json() == [{"layer_id": world.layer.pk, "name": "Grid", "n_parted": 2}]
    assert (cut(world.layer), Barrier.objects.count()) == (set(), 0)


def test_each_write_is_in_the_history(world: World, manager: APIClient) -> None:
    barrier = add(manager)
    change(manager, barrier, name="Flint River")
    change(manager, barrier, name="Flint River")
    manager.delete(f"/api/v1/barriers/{barrier['id']}")
    changes = Change.objects.filter(subject_kind="barrier", subject_id=barrier["id"]).order_by("id")
    assert [entry.operation for entry in changes] == ["create", "update", "delete"]
    assert changes[1].patch == {"name": ["River", "Flint River"]}


def test_another_workspace_neither_sees_nor_feels_it(
    world: World, manager: APIClient, cast: Cast, client_of: Any
) -> None:
    barrier = add(manager)
    stranger = client_of(cast.foreign.members["manager"])
    assert stranger.get("/api/v1/barriers").json()["features"] == []
    for pk in (barrier["id"], 987_654_321):
        assert stranger.patch(f"/api/v1/barriers/{pk}", {"name": "Mine"}, format="json").status_code == 404
        assert stranger.delete(f"/api/v1/barriers/{pk}").status_code == 404
    assert cut(world.layer) == ALL


@pytest.mark.parametrize(
    ("geometry", "word"),
    [
        ({"type": "Point", "coordinates": [1, 2]}, "LineString"),
        ({"type": "LineString", "coordinates": [[-84, 32]]}, "at least 2"),
        ({"type": "LineString", "coordinates": [[-84, 32], [-84, 32]]}, "no length"),
        ({"type": "LineString", "coordinates": [[179, 32], [-179, 32]]}, "antimeridian"),
        ({"type": "LineString", "coordinates": [[-84, 32], ["x", 33]]}, "longitude"),
        ({"type": "LineString", "coordinates": [[32, -91], [33, -84]]}, "latitude"),
        ({"type": "LineString", "coordinates": [[-84, 32], [float("inf"), 33]]}, "Infinity"),
        ({"type": "LineString", "coordinates": [[-84, 32 + i / 1e5] for i in range(20_001)]}, "20,000"),
        ({"type": "MultiLineString", "coordinates": []}, "at least one"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, "Self-intersection"),
        ({"type": "LineString", "coordinates": 5}, "positions"),
        ({"type": ["LineString"], "coordinates": []}, "LineString"),
        ("POINT(1 2)", "GeoJSON"),
    ],
)
def test_odd_geometry_is_refused_in_words(world: World, manager: APIClient, geometry: Any, word: str) -> None:
    answer = manager.generic(
        "POST",
        "/api/v1/barriers",
        json.dumps({"name": "Odd", "kind": "river", "geometry": geometry}),
        content_type="application/json",
    )
    assert answer.status_code in {400, 413}
    assert word in str(answer.json())


@pytest.mark.parametrize("bridges", [5, [[1]], [["a", "b"]], [[200, 0]], [[0, 0]] * 201, None])
def test_odd_bridges_are_refused_in_words(world: World, manager: APIClient, bridges: Any) -> None:
    assert "bridges" in str(add(manager, 400, bridges=bridges))
