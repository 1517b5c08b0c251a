"""Compactness and contiguity, each beside a slow obvious twin."""

from collections import deque

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given
from hypothesis import strategies as st

from balancing.formulas.compactness import EARTH_RADIUS_KM, moment_of_inertia, polsby_popper
from balancing.formulas.contiguity import pieces_per_territory
from balancing.formulas.density import per_km2


def disc(lon: float, lat: float, degrees: float) -> shapely.Polygon:
    """About a circle on the ground: meridians draw together with the cosine of the latitude."""
    turn = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    narrow = np.cos(np.radians(lat))
    return shapely.Polygon(np.column_stack((lon + degrees * np.cos(turn) / narrow, lat + degrees * np.sin(turn))))


def slow_moment_of_inertia(boundary: shapely.Geometry) -> float:
    """The same ratio from a raster of dots, on a plane that is right near the boundary's middle."""
    west, south, east, north = boundary.bounds
    middles = (np.arange(400) + 0.5) / 400
    lon, lat = np.meshgrid(west + (east - west) * middles, south + (north - south) * middles)
    inside = shapely.contains_xy(boundary, lon.ravel(), lat.ravel())
    scale = EARTH_RADIUS_KM * np.radians(1)
    narrow = np.cos(np.radians((south + north) / 2))
    x, y = lon.ravel()[inside] * scale * narrow, lat.ravel()[inside] * scale
    dot = (east - west) * (north - south) * scale**2 * narrow / 400**2
    area = len(x) * dot
    moment = (((x - x.mean()) ** 2 + (y - y.mean()) ** 2) * dot).sum()
    return float(area**2 / (2 * np.pi * moment))


def slow_pieces(owners: list[int], edges: list[tuple[int, int]], n_territories: int) -> list[int]:
    counts, seen = [0] * n_territories, set()
    for start, owner in enumerate(owners):
        if owner < 0 or start in seen:
            continue
        counts[owner] += 1
        queue = deque([start])
        while queue:
            unit = queue.popleft()
            if unit in seen:
                continue
            seen.add(unit)
            queue.extend(b for a, b in [*edges, *((b, a) for a, b in edges)] if a == unit and owners[b] == owner)
    return counts


def test_a_circle_has_the_best_polsby_popper() -> None:
    assert polsby_popper(np.pi * 25, 2 * np.pi * 5) == pytest.approx(1)
    assert polsby_popper(1, 4) == pytest.approx(np.pi / 4)


@pytest.mark.parametrize("lat", [0.0, 33.0, -60.0, 75.0])
def test_a_circle_on_the_ground_has_inertia_one_at_any_latitude(lat: float) -> None:
    assert moment_of_inertia(disc(-83, lat, 0.3)) == pytest.approx(1, abs=2e-3)


def test_a_circle_across_the_antimeridian_is_as_compact_as_elsewhere() -> None:
    east = shapely.intersection(disc(180, 10, 1), shapely.box(170, 0, 180, 20))
    west = shapely.affinity.translate(shapely.intersection(disc(180, 10, 1), shapely.box(180, 0, 190, 20)), -360)
    assert moment_of_inertia(shapely.MultiPolygon([east, west])) == pytest.approx(1, abs=2e-3)


@pytest.mark.parametrize(
    "boundary",
    [
        shapely.box(-84, 33, -83, 33.2),
        shapely.Polygon([(0, 0), (2, 0), (2, 0.5), (0.5, 0.5), (0.5, 2), (0, 2)]),
        shapely.box(5, 45, 6, 46).difference(shapely.box(5.3, 45.3, 5.7, 45.7)),
        shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(3, 0, 4, 1)]),
    ],
    ids=["band", "hook", "ring", "two parts"],
)
def test_inertia_agrees_with_a_raster_of_dots(boundary: shapely.Geometry) -> None:
    assert moment_of_inertia(boundary) == pytest.approx(slow_moment_of_inertia(boundary), rel=0.02)


@given(st.data())
def test_pieces_agree_with_a_plain_search(data: st.DataObject) -> None:
    n_units, n_territories = data.draw(st.integers(1, 12)), 3
    owners = data.draw(st.lists(st.integers(-1, n_territories - 1), min_size=n_units, max_size=n_units))
    pair = st.tuples(st.integers(0, n_units - 1), st.integers(0, n_units - 1))
    edges = data.draw(st.lists(pair, max_size=20))
    found = pieces_per_territory(np.array(owners), np.array(edges, dtype=np.int64).reshape(-1, 2), n_territories)
    assert found.tolist() == slow_pieces(owners, edges, n_territories)


def test_density_of_no_ground_is_unknown() -> None:
    assert per_km2(10, 4) == 2.5
    assert per_km2(10, None) is None
    assert per_km2(10, 0) is None
