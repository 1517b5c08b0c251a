import numpy as np
import pytest

from balancing.engine.annealing import stays_connected
from balancing.engine.contiguity import Limits, make_connected
from balancing.engine.geometry import weighted_centroids
from balancing.engine.graph import adjacency, count_pieces
from tests.engine import naive
from tests.engine.drawn import drawn, labels_of, random_map


def connected(problem, labels, prices=None):
    centres = weighted_centroids(problem.points, problem.weights[:, 0], labels, problem.n_territories)
    return make_connected(
        adjacency(problem.n_units, problem.edges),
        problem.points.copy(),
        problem.weights[:, 0].copy(),
        Limits(problem.locked.copy(), frozenset(map(tuple, problem.forbidden.tolist()))),
        centres,
        np.zeros(problem.n_territories) if prices is None else prices,
        labels,
    )


def test_a_lighter_piece_goes_to_the_territory_around_it():
    """
    A A A B        A A A B
    A A B B   and  A A B B   with an A piece in the east
    A B B A        A B B B
    """
    problem = drawn("1 1 1 1\n1 1 1 1\n1 1 1 1", 2)
    repaired = connected(problem, labels_of("A A A B\nA A B B\nA B B A"))
    assert repaired.tolist() == labels_of("A A A B\nA A B B\nA B B B").tolist()


def test_unassigned_units_are_given_to_a_neighbour():
    problem = drawn("1 1 1 1 1", 2)
    assert connected(problem, labels_of("A A ? B B")).tolist()[2] in (0, 1)


def test_an_empty_territory_gets_a_unit():
    problem = drawn("1 1 1 1", 3)
    assert sorted(set(connected(problem, labels_of("A A B B")).tolist())) == [0, 1, 2]


def test_locked_units_stay_even_where_nothing_can_join_them():
    """
    A B A   all locked
    """
    problem = drawn("1 1 1", 2, current=labels_of("A B A"), locked=[True, True, True])
    assert connected(problem, labels_of("A B A")).tolist() == [0, 1, 0]


def test_a_path_is_laid_between_locked_units_of_one_territory():
    """
    A B B A        A B B A
    B B B B   to   A A A A   or another path; both A locked
    B B B B        B B B B
    """
    current = labels_of("A B B A\nB B B B\nB B B B")
    locked = np.isin(np.arange(12), [0, 3, 11])
    problem = drawn("1 1 1 1\n1 1 1 1\n1 1 1 1", 2, current=current, locked=locked)
    repaired = connected(problem, current)
    assert (repaired[locked] == current[locked]).all()
    for k in range(2):
        assert naive.is_connected(problem, np.flatnonzero(repaired == k).tolist())


def test_a_unit_leaves_a_territory_that_is_forbidden_to_it_with_a_path_to_another():
    """
    A A A B   the west end is forbidden in A
    A A A B
    """
    problem = drawn("1 1 1 1\n1 1 1 1", 2, forbidden=[(0, 0)])
    repaired = connected(problem, labels_of("A A A B\nA A A B"))
    assert repaired[0] == 1
    for k in range(2):
        assert naive.is_connected(problem, np.flatnonzero(repaired == k).tolist())


@pytest.mark.parametrize("seed", range(4))
def test_repair_leaves_every_territory_in_one_piece(seed):
    problem = random_map(seed, 80, 5)
    labels = np.random.default_rng(seed).integers(0, 5, 80).astype(np.int32)
    repaired = connected(problem, labels)
    for k in range(5):
        assert naive.is_connected(problem, np.flatnonzero(repaired == k).tolist())


@pytest.mark.parametrize("seed", range(3))
def test_whether_a_territory_holds_together_agrees_with_flood_fill(seed):
    problem = random_map(seed, 60, 3)
    labels = connected(problem, np.random.default_rng(seed).integers(0, 3, 60).astype(np.int32))
    graph = adjacency(60, problem.edges)
    stamps, queue, counters = np.zeros(60, np.int64), np.zeros(61, np.int32), np.zeros(3, np.int64)
    for unit in range(60):
        rest = [u for u in range(60) if labels[u] == labels[unit] and u != unit]
        found = stays_connected(graph.starts, graph.neighbours, labels, stamps, queue, counters, unit, 61)
        assert found == naive.is_connected(problem, rest), unit


def test_pieces_are_counted_over_territories_and_unassigned_is_none():
    problem = drawn("1 1 1 1 1", 2)
    assert count_pieces(labels_of("A B A ? ?"), problem.edges) == 3
