import numpy as np

from balancing.engine.canonical import canonical_order, reordered
from tests.engine.drawn import drawn, random_map


def shuffled(problem, seed):
    order = np.random.default_rng(seed).permutation(problem.n_units)
    return order, reordered(problem, order)


def test_any_row_order_comes_to_the_same_canonical_problem():
    problem = random_map(2, 50, 3)
    expected = reordered(problem, canonical_order(problem))
    for seed in range(5):
        _, other = shuffled(problem, seed)
        found = reordered(other, canonical_order(other))
        np.testing.assert_array_equal(found.points, expected.points)
        np.testing.assert_array_equal(found.weights, expected.weights)
        np.testing.assert_array_equal(found.edges, expected.edges)


def test_twins_in_place_and_weight_are_told_apart_by_their_neighbours():
    """
    1 1 1 1 1   all at one place: only the chain tells them apart
    """
    problem = drawn("1 1 1 1 1", 2)
    same_place = type(problem).from_points(
        np.tile(problem.points[0], (5, 1)), problem.weights, problem.edges, 2, tolerances=0.1
    )
    expected = reordered(same_place, canonical_order(same_place)).edges
    for seed in range(5):
        _, other = shuffled(same_place, seed)
        np.testing.assert_array_equal(reordered(other, canonical_order(other)).edges, expected)


def test_edges_come_out_once_each_without_loops():
    problem = type(drawn("1 1", 1)).from_degrees([0, 1], [0, 0], [1, 1], [(1, 0), (0, 1), (1, 1)], 1, tolerances=0.1)
    assert reordered(problem, np.arange(2)).edges.tolist() == [[0, 1]]
