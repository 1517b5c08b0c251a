import numpy as np
import pytest

from balancing.engine.certificates import certify
from balancing.engine.conflicts import find_conflict
from balancing.engine.parameters import SolveParameters
from balancing.engine.solve import solve
from tests.engine.drawn import drawn, labels_of


def test_limits_that_go_together_are_no_conflict():
    problem = drawn("1 1 1 1", 2, current=labels_of("A A B B"), locked=[True, False, False, True])
    assert find_conflict(problem, max_moved_fraction=0.1) is None


def test_too_little_may_move_for_the_tolerance():
    """
    A A A B   even needs one of four to move; a tenth may
    """
    problem = drawn("1 1 1 1", 2, current=labels_of("A A A B"), metric_names=("accounts",))
    conflict = find_conflict(problem, max_moved_fraction=0.1)
    assert conflict.limits == ("at most 10 % moved", "accounts within 5 %")
    moved, accounts = conflict.remedies
    assert moved.least == pytest.approx(0.25 - 0.025, abs=1e-4)
    assert accounts.least == pytest.approx((0.75 - 0.1) / 0.5 - 1, abs=1e-4)
    assert accounts.territories == (0, 1) or len(accounts.territories) == 1


def test_locks_and_forbidden_pairs_that_only_together_are_too_much():
    """
    A: two locked; the other two may not be in B, so A would have all four
    """
    problem = drawn(
        "1 1 1 1",
        2,
        current=labels_of("A A ? ?"),
        locked=[True, True, False, False],
        forbidden=[(2, 1), (3, 1)],
        tolerance=0.4,
        metric_names=("accounts",),
    )
    conflict = find_conflict(problem)
    assert conflict.limits == ("forbidden pairs", "locked units", "accounts within 40 %")
    assert conflict.remedies[0].least == pytest.approx(1.0, abs=1e-4)
    assert "accounts would need 100.0 %" in conflict.message


def test_a_limit_without_part_in_the_conflict_is_not_named():
    """
    no unit but the first may be in A, whose least revenue is more than that
    """
    weights = np.column_stack((np.ones(4), [1, 1, 1, 1]))
    problem = drawn(
        "1 1 1 1",
        2,
        weights=weights,
        forbidden=[(i, 0) for i in (1, 2, 3)],
        least=[[0, 2], [0, 0]],
        tolerance=[0.9, np.inf],
        metric_names=("accounts", "revenue"),
    )
    assert find_conflict(problem).limits == ("forbidden pairs", "the least revenue")


def test_the_smallest_conflict_is_a_certificate_where_no_single_limit_is_at_fault():
    problem = drawn("1 1 1 1", 2, current=labels_of("A A A B"), metric_names=("accounts",))
    (certificate,) = certify(problem, 0.1)
    assert (certificate.code, certificate.metric) == ("limits_conflict", "accounts")
    assert certificate.smallest_tolerance == pytest.approx(0.3, abs=1e-4)
    result = solve(problem, SolveParameters(max_moved_fraction=0.1))
    assert [found.code for found in result.certificates] == ["limits_conflict"]


def test_a_soft_tolerance_conflicts_with_nothing():
    problem = drawn("1 1 1 1", 2, current=labels_of("A A A B"), tolerance_prices=[1.0])
    assert find_conflict(problem, max_moved_fraction=0.1) is None
