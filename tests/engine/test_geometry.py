"""Kernels of geometry and adjacency beside slow twins."""

import numpy as np
import pytest

from balancing.engine.geometry import stereographic, travel_km, unit_vectors, weighted_centroids, z_order
from balancing.engine.graph import adjacency, clean_edges
from tests.engine import naive
from tests.engine.drawn import random_map


def test_centroids_are_those_added_up_one_point_at_a_time_and_weightless_territories_have_their_middle():
    problem = random_map(1, 30, 3)
    points, labels = problem.points.copy(), (np.arange(30) % 3).astype(np.int32)
    labels[:4] = -1
    weights = np.where(labels == 2, 0.0, np.linspace(0, 1, 30))
    expected = []
    for k in range(3):
        own = [i for i in range(30) if labels[i] == k]
        total = sum((weights[i] if k < 2 else 1.0) * points[i] for i in own)
        expected.append(total / np.linalg.norm(total))
    np.testing.assert_allclose(weighted_centroids(points, weights, labels, 3), expected)


def test_travel_is_the_sum_of_great_circle_distances():
    problem = random_map(2, 20, 2)
    points, labels, weights = problem.points.copy(), (np.arange(20) % 2).astype(np.int32), np.linspace(0, 1, 20)
    centres = points[[3, 7]].copy()
    expected = sum(weights[i] * naive.kilometres(points[i], centres[labels[i]]) for i in range(20))
    assert travel_km(points, weights, labels, centres) == pytest.approx(expected)


def test_each_neighbour_is_listed_once_in_ascending_order_whatever_the_edges_look_like():
    problem = random_map(3, 40, 3)
    edges = np.concatenate((problem.edges[::-1], problem.edges[:, ::-1], [[5, 5]])).astype(np.int32)
    graph = adjacency(40, edges)
    for unit in range(40):
        assert graph.around(unit) == sorted(naive.neighbours(problem, unit))
    np.testing.assert_array_equal(clean_edges(edges), clean_edges(clean_edges(edges)))


def test_neighbours_on_the_ground_are_near_each_other_in_z_order():
    longitudes, latitudes = np.meshgrid(np.linspace(-90, -80, 64), np.linspace(30, 40, 64))
    points = unit_vectors(longitudes.ravel(), latitudes.ravel())
    keys = z_order(points)
    assert len(np.unique(keys)) == len(points)
    in_order = points[np.argsort(keys)]
    step = np.linalg.norm(np.diff(in_order, axis=0), axis=1).mean()
    by_longitude = np.linalg.norm(np.diff(points[np.argsort(points[:, 0])], axis=0), axis=1).mean()
    assert step < by_longitude / 3


def test_a_circle_on_the_ground_is_a_circle_on_the_stereographic_plane():
    turns = np.linspace(0, 2 * np.pi, 50)
    slanted = np.linalg.qr([[1.0, 2, 3], [0, 1, 4], [5, 6, 0]])[0]
    circle = np.column_stack((0.3 * np.cos(turns), 0.3 * np.sin(turns), np.full(50, np.sqrt(1 - 0.3**2)))) @ slanted
    others = unit_vectors(np.array([0.0, 40, 90]), np.array([10.0, 60, -20]))
    x, y = stereographic(np.concatenate((circle, others)))[:50].T
    squares, *_ = np.linalg.lstsq(np.column_stack((x, y, np.ones(50))), x**2 + y**2, rcond=None)
    np.testing.assert_allclose(np.column_stack((x, y, np.ones(50))) @ squares, x**2 + y**2, atol=1e-12)


def test_a_point_has_the_same_place_on_the_plane_in_whatever_row_it_is():
    vectors = np.random.default_rng(5).normal(size=(1001, 3))
    points = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    order = np.random.default_rng(6).permutation(1001)
    np.testing.assert_array_equal(stereographic(points[order]), stereographic(points)[order])
