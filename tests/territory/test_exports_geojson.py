"""Territories as GeoJSON that other mapping programs read."""

import pytest
import shapely
from rest_framework.test import APIClient
from shapely.geometry import shape

from territory.models import Alignment
from tests.territory.exporting import take_json
from tests.territory.world import World, square

KEY = "territories.geojson"


@pytest.fixture
def plan(world: World) -> Alignment:
    world.account(0, 0, revenue=123456, visits_per_year=6.0, service_min_per_visit=30.0)
    world.account(1, 0, revenue=1)
    alignment = world.alignment()
    world.territory(alignment, "Süd „Ost“", "0-0", "1-0", rep_id=world.rep("Ines").pk)
    return alignment


def test_a_territory_is_a_feature_with_its_rep_and_totals(plan: Alignment, manager: APIClient) -> None:
    collection = take_json(manager, KEY, plan)
    assert collection["type"] == "FeatureCollection"
    [feature] = collection["features"]
    assert feature["type"] == "Feature"
    found = feature["properties"]
    assert (found["code"], found["name"], found["rep_id"], found["rep"]) == ("T001", "Süd „Ost“", "R-Ines", "Ines")
    assert (found["accounts"], found["revenue"], found["currency"], found["workload_h"]) == (2, 1234.57, "USD", 3.0)


def test_the_boundary_of_units_is_their_union(plan: Alignment, manager: APIClient) -> None:
    [feature] = take_json(manager, KEY, plan)["features"]
    assert shape(feature["geometry"]).equals(square(0, 0, columns=2))
    assert feature["properties"]["area_km2"] == pytest.approx(47.2 * 55.5 * 2, rel=0.01)


def test_outer_rings_run_counter_clockwise_and_holes_clockwise(world: World, manager: APIClient) -> None:
    alignment = world.alignment("drawn")
    outer, hole = square(0, 0, 3, 3).geoms[0].exterior, square(1, 1).geoms[0].exterior
    ring = shapely.MultiPolygon([shapely.Polygon(outer.coords[::-1], [hole.coords])])
    world.territory(alignment, "Ring", boundary=ring)
    [feature] = take_json(manager, KEY, alignment)["features"]
    [polygon] = feature["geometry"]["coordinates"]
    assert [shapely.LinearRing(part).is_ccw for part in polygon] == [True, False]
    assert polygon[0][0] == polygon[0][-1]


def test_longitude_comes_before_latitude(plan: Alignment, manager: APIClient) -> None:
    [feature] = take_json(manager, KEY, plan)["features"]
    assert shape(feature["geometry"]).bounds == (-84.0, 32.0, -83.0, 32.5)


def test_a_territory_without_ground_has_no_geometry(world: World, manager: APIClient) -> None:
    alignment = world.alignment()
    world.territory(alignment, "Empty")
    [feature] = take_json(manager, KEY, alignment)["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["accounts"] == 0
