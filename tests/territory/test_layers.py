"""Unit layers: what they are made of, who touches whom, which account lies where."""

import json
from collections.abc import Callable
from io import StringIO

import h3
import numpy as np
import pytest
import shapely
from django.conf import settings
from django.contrib.gis.geos import LineString, MultiLineString
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from accounts.importing.followers import accounts_changed
from territory.layers.barriers import cut_at_barriers
from territory.layers.counties import counties
from territory.layers.hexagons import hexagons
from territory.layers.topojson import decode_arcs, neighbours, to_multipolygon
from territory.models import AccountUnit, Barrier, BasicUnit, UnitAdjacency, UnitLayer
from tests.cast import Cast
from tests.territory.world import SIZE, World, middle, square
from workspace.exceptions import Invalid
from workspace.models import Job, Member
from workspace.tasks import run_job
from workspace.tenancy import workspace

# Two unit squares side by side; arc 1 is their common edge.
SQUARES = {
    "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
    "arcs": [
        [[2, 0], [-2, 0], [0, 2], [2, 0]],
        [[2, 2], [0, -2]],
        [[2, 0], [2, 0], [0, 2], [-2, 0]],
    ],
    "left": {"type": "Polygon", "arcs": [[0, 1]]},
    "right": {"type": "Polygon", "arcs": [[2, 1]]},
}
needs_counties = pytest.mark.skipif(
    not settings.US_ATLAS.is_dir(), reason="the county boundaries (npm us-atlas) are not installed"
)


def test_arcs_are_decoded_from_steps_and_shared_both_ways() -> None:
    arcs = decode_arcs(SQUARES)
    left = to_multipolygon(SQUARES["left"], arcs)
    right = to_multipolygon({"type": "Polygon", "arcs": [[2, 1]]}, arcs)
    assert left.bounds == (10, 20, 11, 21)
    assert (left.area, right.area) == (1, 1)
    assert neighbours([SQUARES["left"], SQUARES["right"]]).tolist() == [[0, 1]]


def test_an_arc_read_backwards_is_the_same_border() -> None:
    reversed_user = {"type": "MultiPolygon", "arcs": [[[2, ~1]]]}
    assert neighbours([SQUARES["left"], reversed_user]).tolist() == [[0, 1]]


@needs_counties
def test_georgia_has_159_counties_that_touch_as_they_do_on_the_ground() -> None:
    georgia = counties(["ga"])
    assert len(georgia) == 159
    names = georgia.names
    pairs = {frozenset((names[a], names[b])) for a, b in georgia.edges.tolist()}
    assert frozenset(("Fulton", "DeKalb")) in pairs
    assert frozenset(("Fulton", "Chatham")) not in pairs
    touching = {
        frozenset((names[a], names[b]))
        for a, b in shapely.STRtree(georgia.boundaries).query(georgia.boundaries, predicate="intersects").T
        if a != b and shapely.intersection(georgia.boundaries[a], georgia.boundaries[b]).length > 0
    }
    assert pairs == touching


@needs_counties
def test_every_county_of_the_country_is_a_valid_area() -> None:
    assert shapely.is_valid(counties().boundaries).all()


def test_an_unknown_state_is_named() -> None:
    with pytest.raises(Invalid, match="postal code"):
        counties(["GA", "XX"])


def test_hexagons_share_their_edges_to_the_last_bit_and_know_their_neighbours() -> None:
    made = hexagons(square(0, 0, 3, 3), 5)
    union = shapely.coverage_union_all(made.boundaries)
    assert union.is_valid
    assert len(shapely.get_parts(union)) == 1
    for a, b in made.edges.tolist():
        assert h3.are_neighbor_cells(made.codes[a], made.codes[b])
    assert len(made.edges) == sum(
        h3.are_neighbor_cells(a, b) for i, a in enumerate(made.codes) for b in made.codes[i + 1 :]
    )


def test_too_many_hexagons_are_refused_naming_count_and_bound(world: World, manager: APIClient) -> None:
    body = {"kind": "h3", "name": "Fine", "resolution": 7, "bbox": [-100, 25, -80, 45]}
    answer = manager.post("/api/v1/unit-layers", body)
    assert answer.status_code == 400
    assert "at most 20,000" in answer.json()["detail"]
    assert answer.json()["errors"][0]["bound"] == 20_000


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "counties", "name": "C", "states": ["ZZ"]},
        {"kind": "h3", "name": "H"},
        {"kind": "h3", "name": "H", "bbox": [-84, 33, -83, 34]},
        {"kind": "h3", "name": "H", "resolution": 9, "bbox": [-84, 33, -83, 34]},
        {"kind": "h3", "name": "H", "resolution": 5, "bbox": [-84, 33, -85, 34]},
        {"kind": "h3", "name": "H", "resolution": 5, "area": {"type": "Polygon", "coordinates": []}},
        {"kind": "zip", "name": "Z"},
        {"kind": "counties"},
    ],
)
def test_a_layer_that_cannot_be_built_is_refused_before_anything_is_stored(
    world: World, manager: APIClient, body: dict
) -> None:
    assert manager.post("/api/v1/unit-layers", body).status_code == 400
    assert UnitLayer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_layer_is_built_by_its_job_and_building_it_twice_ends_the_same(
    cast: Cast, client_of: Callable[[Member], APIClient]
) -> None:
    client = client_of(cast.ops)
    body = {"kind": "h3", "name": "Hexagons", "resolution": 4, "bbox": [-84, 32, -82, 34]}
    answer = client.post("/api/v1/unit-layers", body, headers={"Idempotency-Key": "one"})
    again = client.post("/api/v1/unit-layers", body, headers={"Idempotency-Key": "one"})
    assert (answer.status_code, answer.json()["state"]) == (202, "building")
    assert again.json()["id"] == answer.json()["id"]
    job_id = answer.json()["job"]["id"]
    sizes = []
    for _ in range(2):
        with workspace(cast.workspace.pk):
            Job.objects.filter(pk=job_id).update(state="queued")
        run_job(cast.workspace.pk, job_id)
        with workspace(cast.workspace.pk):
            sizes.append((BasicUnit.objects.count(), UnitAdjacency.objects.count()))
    layer = client.get(f"/api/v1/unit-layers/{answer.json()['id']}").json()
    assert (layer["state"], layer["n_units"]) == ("ready", sizes[0][0])
    assert sizes[0] == sizes[1]


@pytest.mark.django_db(transaction=True)
def test_a_layer_whose_job_failed_says_so(cast: Cast, client_of: Callable[[Member], APIClient]) -> None:
    client = client_of(cast.ops)
    body = {"kind": "h3", "name": "Speck", "resolution": 3, "bbox": [-84, 33, -83.999, 33.001]}
    made = client.post("/api/v1/unit-layers", body).json()
    run_job(cast.workspace.pk, made["job"]["id"])
    layer = client.get(f"/api/v1/unit-layers/{made['id']}").json()
    assert layer["state"] == "failed"
    assert "too small" in layer["job"]["error"]


def test_units_know_their_neighbours_area_and_sums(world: World, manager: APIClient) -> None:
    world.account(0, 0, revenue=70, potential_minor=5, visits_per_year=6, service_min_per_visit=30)
    world.account(0.2, 0.2, revenue=30)
    table = manager.get(f"/api/v1/unit-layers/{world.layer.pk}/units").json()
    rows = {row[1]: dict(zip(table["fields"], row, strict=True)) for row in table["units"]}
    corner = rows["0-0"]
    assert len(table["edges"]) == 2 * SIZE * (SIZE - 1)
    assert (corner["n_accounts"], corner["revenue_minor"], corner["workload_h"]) == (2, 100, 3)
    assert corner["area_km2"] == pytest.approx(111.0 * 0.5 * 111.3 * 0.5 * np.cos(np.radians(32.25)), rel=0.01)


def test_an_account_on_a_border_belongs_to_one_unit(world: World) -> None:
    account = world.account(0.5, 0)
    assert AccountUnit.objects.filter(account=account).count() == 1


def test_an_account_that_moves_changes_its_unit_and_both_sums(world: World) -> None:
    account = world.account(0, 0, revenue=50)
    other = world.account(2, 2, revenue=8)
    for name in ("location", "cell", "mercator_x", "mercator_y"):
        setattr(account, name, getattr(other, name))
    account.save()
    accounts_changed(workspace_id=world.workspace.pk, account_ids=[account.pk])
    sums = dict(BasicUnit.objects.filter(n_accounts__gt=0).values_list("code", "revenue_minor"))
    assert sums == {"2-2": 58}


def test_a_barrier_cuts_the_adjacency_it_runs_through(world: World) -> None:
    _, south = middle(-0.5, -0.6)
    line = LineString(((-84 + 0.5, south), (-84 + 0.5, south + 2)))
    Barrier.objects.create(workspace=world.workspace, name="River", shape=MultiLineString(line, srid=4326))
    assert cut_at_barriers(world.layer) == SIZE
    cut = UnitAdjacency.objects.filter(is_cut=True).select_related("unit_a", "unit_b")
    assert {(e.unit_a.code[0], e.unit_b.code[0]) for e in cut} == {("0", "1")}
    Barrier.objects.all().delete()
    assert cut_at_barriers(world.layer) == 0
    assert not UnitAdjacency.objects.filter(is_cut=True).exists()


def test_a_layer_in_use_is_not_deleted(world: World, manager: APIClient) -> None:
    world.alignment(name="Plan")
    answer = manager.delete(f"/api/v1/unit-layers/{world.layer.pk}")
    assert (answer.status_code, "Plan" in answer.json()["detail"]) == (409, True)


def test_an_unused_layer_is_deleted_with_its_units(world: World, manager: APIClient) -> None:
    assert manager.delete(f"/api/v1/unit-layers/{world.layer.pk}").status_code == 204
    assert not BasicUnit.objects.exists()


@needs_counties
def test_the_command_loads_counties_and_refuses_nonsense(cast: Cast) -> None:
    said = StringIO()
    call_command("load_units", workspace=cast.workspace.slug, kind="counties", states="DE", stdout=said)
    assert "3 units" in said.getvalue()
    for wrong in ({"kind": "counties", "states": "XX"}, {"kind": "h3", "resolution": 5, "bbox": "1,2,3"}):
        with pytest.raises(CommandError):
            call_command("load_units", workspace=cast.workspace.slug, **wrong)


def test_barriers_are_served_as_geojson(world: World, manager: APIClient) -> None:
    line = LineString((-84, 32), (-83, 33))
    Barrier.objects.create(workspace=world.workspace, name="River", shape=MultiLineString(line, srid=4326))
    [feature] = json.loads(manager.get("/api/v1/barriers").content)["features"]
    assert feature["geometry"]["coordinates"] == [[[-84, 32], [-83, 33]]]
