import numpy as np
import pytest

from balancing.engine.disruption import aligned_territories, moved_fraction
from balancing.engine.parameters import SolveParameters
from balancing.engine.solve import solve
from balancing.engine.verify import verify
from tests.engine.drawn import drawn, labels_of, random_map


def test_territories_are_renamed_to_keep_most_of_today():
    """
    today A A B B C C, found C C A A B B
    """
    problem = drawn("1 1 1 1 1 1", 3, current=labels_of("A A B B C C"))
    labels = labels_of("C C A A B B")
    renamed = aligned_territories(problem, labels)
    assert renamed[labels].tolist() == problem.current.tolist()


def test_names_do_not_cross_between_unequal_shares():
    problem = drawn("1 1 1 1", 2, shares=[0.25, 0.75], current=labels_of("B A A A"))
    assert aligned_territories(problem, labels_of("A B B B")).tolist() == [0, 1]


def test_moved_counts_accounts_and_not_units_that_had_no_territory():
    problem = drawn("1 2 3 4", 2, current=labels_of("A A ? B"))
    assert moved_fraction(problem, labels_of("A B B B")) == pytest.approx(0.2)


def test_a_plan_within_tolerance_is_left_alone_when_change_is_dear():
    problem = drawn("1 1 1 1\n1 1 1 1", 2, current=labels_of("A A B B\nA A B B"))
    result = solve(problem, SolveParameters(disruption_price=8))
    assert result.moved_fraction == 0
    assert result.moves == ()
    assert result.feasible


def test_no_move_is_allowed_when_the_limit_is_zero():
    problem = drawn("1 1 1 1\n1 1 1 1", 2, current=labels_of("A A A B\nA A A B"))
    result = solve(problem, SolveParameters(max_moved_fraction=0))
    assert result.labels.tolist() == problem.current.tolist()
    assert not result.feasible


def test_a_dear_change_moves_less_than_a_free_one():
    problem = random_map(11, 80, 4, tolerances=[0.1, np.inf])
    today = solve(problem, rng=1).labels
    random = np.random.default_rng(3)
    growth = np.array([1.6, 1, 1, 0.7])[today] * random.uniform(0.9, 1.1, 80)
    grown = random_map(11, 80, 4, tolerances=[0.1, np.inf], current=today)
    grown = type(grown).from_points(
        grown.points, grown.weights * growth[:, None], grown.edges, 4, tolerances=[0.1, np.inf], current=today
    )
    dear, free = solve(grown, SolveParameters(disruption_price=8)), solve(grown)
    assert dear.feasible
    assert free.feasible
    assert 0 < dear.moved_fraction <= free.moved_fraction
    limited = solve(grown, SolveParameters(max_moved_fraction=0.02))
    assert verify(grown, limited.labels).moved_fraction <= 0.02 + 1e-9


def test_a_new_territory_is_cut_out_of_the_fullest():
    """
    A A A A|  C is vacant
    A A A A
    B B B B
    """
    problem = drawn("1 1 1 1\n1 1 1 1\n1 1 1 1", 3, tolerance=0.01, current=labels_of("A A A A\nA A A A\nB B B B"))
    result = solve(problem, SolveParameters(disruption_price=8))
    assert result.feasible
    assert result.moved_fraction == pytest.approx(1 / 3)
    assert (result.labels[8:] == 1).all()
