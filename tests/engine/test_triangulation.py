"""Neighbours among bare points: empty circles, connection, and layouts that break careless triangulations."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import ConvexHull, Delaunay

from balancing.engine.delaunay import is_in_circle_exactly, third_corner, triangulate
from balancing.engine.exceptions import ProblemError
from balancing.engine.geometry import stereographic, unit_vectors
from balancing.engine.graph import parts
from balancing.engine.triangulation import neighbour_edges
from tests.engine import naive

LAST = 2**29 - 1

coordinates = st.one_of(st.integers(0, 6), st.integers(LAST - 3, LAST), st.integers(0, LAST))
places = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=40, unique=True)
degrees = st.tuples(st.integers(-180, 180), st.integers(-90, 90))
fine_degrees = st.tuples(st.floats(-180, 180, width=32), st.floats(-90, 90, width=32))
many = settings(max_examples=100, deadline=None, derandomize=True)


@st.composite
def nearly_alike(draw, min_size, max_size):
    """Different places on a large circle or a long line or one step beside it, where only exact tests agree."""
    a, b, step = draw(st.integers(0, 2**28 - 2)), draw(st.integers(0, 2**28 - 2)), st.integers(-1, 1)
    around = [(a, b), (-b, a), (-a, -b), (b, -a), (b, a), (-a, b), (-b, -a), (a, -b)]
    along = [(a * i // 20, b * i // 20) for i in range(-20, 21)]
    directions = st.sampled_from(draw(st.sampled_from([around, along])))
    beside = st.builds(lambda to, dx, dy: (2**28 + to[0] + dx, 2**28 + to[1] + dy), directions, step, step)
    return draw(st.lists(beside, min_size=min_size, max_size=max_size, unique=True))


def scattered(seed, n_points, longitudes=(-85, -81), latitudes=(31, 35)):
    random = np.random.default_rng(seed)
    return unit_vectors(random.uniform(*longitudes, n_points), random.uniform(*latitudes, n_points))


def around_the_world(seed, n_points):
    vectors = np.random.default_rng(seed).normal(size=(n_points, 3))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def pairs(edges):
    return {(int(i), int(j)) for i, j in edges}


def sides(triangles):
    return {tuple(sorted(side)) for t in triangles.tolist() for side in itertools.combinations(t, 2)}


def renamed(edges, names):
    return {tuple(sorted((int(names[i]), int(names[j])))) for i, j in edges}


def triangles_of(places):
    """Triangles of distinct places as the kernel makes them; none where all are on one line."""
    x, y = np.array(places, dtype=np.int32).T.copy()
    third = third_corner(x, y)
    if third < 0:
        return []
    corners, twins = np.empty((2, 6 * len(x) - 6), dtype=np.int32)
    triangulate(x, y, third, corners, twins)
    assert (twins[twins] == np.arange(len(twins))).all()
    triangles = corners.reshape(-1, 3).tolist()
    return [[places[corner] for corner in t] for t in triangles if len(places) not in t]


@many
@given(st.one_of(places, nearly_alike(1, 20)))
def test_triangles_fill_the_hull_and_no_circle_through_one_holds_a_place(places):
    triangles = triangles_of(places)
    assert all(naive.turn(*t) > 0 for t in triangles)
    assert sum(naive.turn(*t) for t in triangles) == naive.hull_area(places)
    for a, b, c in triangles:
        assert not any(naive.is_in_circle(a, b, c, place) for place in places)


@many
@given(st.one_of(st.lists(st.tuples(coordinates, coordinates), min_size=4, max_size=4), nearly_alike(4, 4)))
def test_the_circle_test_in_digits_is_that_in_whole_numbers_of_any_length(four):
    a, b, c, place = four
    moved = [value - centre for corner in (a, b, c) for value, centre in zip(corner, place, strict=True)]
    assert is_in_circle_exactly(*moved) == naive.is_in_circle(a, b, c, place)


def test_neighbours_of_some_hundred_points_are_those_through_which_an_empty_circle_goes():
    """The circle may not hold the spot opposite the points, which the twin is therefore given as one more point."""
    for seed, n_points, longitudes, latitudes in ((1, 200, (-85, -81), (31, 35)), (2, 100, (-120, -60), (-50, 60))):
        points = scattered(seed, n_points, longitudes, latitudes)
        opposite = -points.mean(axis=0) / np.linalg.norm(points.mean(axis=0))
        expected = {pair for pair in naive.empty_circle_pairs(np.vstack((points, opposite))) if n_points not in pair}
        assert pairs(neighbour_edges(points)) == expected


def test_a_peer_finds_nearly_all_the_same_neighbours_in_the_plane():
    points = scattered(3, 20_000)
    expected = sides(Delaunay(stereographic(points)).simplices)
    assert len(pairs(neighbour_edges(points)) & expected) >= 0.999 * len(expected)


def test_all_round_the_world_nobody_is_joined_across_one_spot_only():
    points = around_the_world(4, 2000)
    edges, expected = pairs(neighbour_edges(points)), sides(ConvexHull(points).simplices)
    assert edges <= expected
    assert len(expected - edges) < 10


def test_a_point_on_every_axis_has_its_neighbours_at_right_angles():
    points = np.concatenate((np.eye(3), -np.eye(3)))
    edges = neighbour_edges(points)
    assert parts(6, edges)[0] == 1
    assert (points[edges[:, 0]] @ points.T)[np.arange(len(edges)), edges[:, 1]].tolist() == [0] * len(edges)


@many
@given(st.lists(st.one_of(degrees, fine_degrees), min_size=1, max_size=30))
def test_edges_are_sorted_listed_once_and_connect_all_points(degrees):
    edges = neighbour_edges(unit_vectors(*np.array(degrees, dtype=np.float64).T))
    assert edges.dtype == np.int32
    assert list(map(tuple, edges.tolist())) == sorted(pairs(edges))
    assert (edges[:, 0] < edges[:, 1]).all()
    assert parts(len(degrees), edges)[0] == 1


@many
@given(st.lists(degrees, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_places_have_the_same_neighbours_whatever_the_order_of_the_rows(degrees, random):
    shuffled = random.sample(degrees, len(degrees))
    found = []
    for rows in (degrees, shuffled):
        names = [sorted(set(degrees)).index(row) for row in rows]
        edges = neighbour_edges(unit_vectors(*np.array(rows, dtype=np.float64).T))
        found.append((len(edges), renamed(edges, names)))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("longitudes", "latitudes", "expected"),
    [
        ([], [], []),
        ([7], [50], []),
        ([7, 8], [50, 50], [[0, 1]]),
        ([7, 8, 7], [50, 50, 51], [[0, 1], [0, 2], [1, 2]]),
        ([3, 1, 4, 2], [0, 0, 0, 0], [[0, 2], [0, 3], [1, 3]]),
        ([9, 9, 9, 9], [-1, 3, 0, 2], [[0, 2], [1, 3], [2, 3]]),
        ([5, 5, 5], [45, 45, 45], [[0, 1], [1, 2]]),
        ([3, 1, 3, 2], [0, 0, 0, 0], [[0, 2], [0, 3], [1, 3]]),
    ],
    ids=["none", "one", "two", "three", "equator", "meridian", "same place", "same place on a line"],
)
def test_few_points_and_points_on_one_line_are_joined_along_it(longitudes, latitudes, expected):
    edges = neighbour_edges(unit_vectors(np.array(longitudes, dtype=float), np.array(latitudes, dtype=float)))
    assert edges.tolist() == expected


def test_on_a_grid_everybody_is_joined_to_those_beside_and_above_and_each_cell_has_one_diagonal():
    rows, columns = np.divmod(np.arange(400), 20)
    edges = pairs(neighbour_edges(unit_vectors(columns / 10, rows / 10)))
    assert {(i, i + 1) for i in range(400) if columns[i] < 19} <= edges
    assert {(i, i + 20) for i in range(380)} <= edges
    for i in range(380):
        if columns[i] < 19:
            assert ((i, i + 21) in edges) != ((i + 1, i + 20) in edges)


@pytest.mark.parametrize("turned", ["to the antimeridian", "to the pole"])
def test_neighbours_do_not_depend_on_where_on_the_globe_they_are(turned):
    points = scattered(5, 300, (-2, 2), (-2, 2))
    x, y, z = points.T
    moved = np.column_stack((-x, -y, z) if turned == "to the antimeridian" else (-z, y, x))
    np.testing.assert_array_equal(neighbour_edges(moved), neighbour_edges(points))


def test_neighbours_do_not_depend_on_the_size_of_the_map():
    """A car park and a continent, in the same proportions."""
    random = np.random.default_rng(6)
    across, up = random.uniform(-1e-5, 1e-5, (2, 200))
    small, smaller = (unit_vectors(across * size, up * size) for size in (1, 0.1))
    np.testing.assert_array_equal(neighbour_edges(small), neighbour_edges(smaller))


def test_points_of_one_place_have_its_neighbours_and_share_them_out():
    homes = scattered(7, 40)
    home = np.concatenate((np.arange(40), np.full(1000, 11), [3, 3, 28]))
    edges = neighbour_edges(homes[home])
    assert len(edges) == len(neighbour_edges(homes)) + 3 * 1003
    assert {pair for pair in renamed(edges, home) if pair[0] != pair[1]} == pairs(neighbour_edges(homes))
    n_neighbours = np.bincount(edges.ravel())
    assert n_neighbours[40:].min() >= 3
    assert n_neighbours.max() < 250
    alone = home == 11
    within = edges[alone[edges].all(axis=1)]
    assert parts(len(home), within)[0] == 1 + (~alone).sum()


def test_callers_points_may_be_read_only_and_stay_as_they_are():
    points = scattered(8, 30)
    before = points.copy()
    points.setflags(write=False)
    neighbour_edges(points)
    np.testing.assert_array_equal(points, before)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (np.zeros((2, 2)), r"points has shape \(2, 2\), expected \(N, 3\)"),
        (np.array([[1.0, 0, 0], [np.nan, 0, 0]]), r"points\[1\] is .*, expected a vector of length 1"),
        (np.array([[6371.0, 0, 0]]), r"points\[0\] is .*, expected a vector of length 1"),
    ],
)
def test_anything_but_unit_vectors_is_refused(points, words):
    with pytest.raises(ProblemError, match=words):
        neighbour_edges(points)
