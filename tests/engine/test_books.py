"""Books of accounts: balanced closely, whatever lies between."""

from dataclasses import replace

import numpy as np
import pytest

from balancing.engine.exceptions import ParameterError
from balancing.engine.parameters import SolveParameters
from balancing.engine.result import Status
from balancing.engine.solve import solve
from balancing.engine.stop import MaxRuntime
from balancing.engine.verify import verify
from tests.engine.drawn import random_map

BOOKS = SolveParameters(contiguous=False)


def test_books_come_closer_to_their_targets_than_connected_territories_need_to():
    problem = random_map(11, 400, 4, tolerances=[0.01, 0.01])
    result = solve(problem, BOOKS)
    verdict = verify(problem, result.labels)
    assert result.status == Status.WITHIN_TOLERANCE
    assert max(verdict.worst_deviations) <= 0.01 + 1e-9
    assert (result.extra_pieces, verdict.n_empty) == (0, 0)
    assert result.bound_km is not None
    assert result.bound_km <= verdict.mean_km <= 1.05 * result.bound_km


def test_accounts_without_any_adjacency_can_be_divided():
    problem = random_map(12, 200, 3, tolerances=[0.02, 0.02])
    alone = replace(problem, edges=np.zeros((0, 2), dtype=np.int32))
    assert solve(alone, BOOKS).feasible
    np.testing.assert_array_equal(solve(alone, BOOKS).labels, solve(problem, BOOKS).labels)


def test_locks_and_forbidden_pairs_hold_in_books_too():
    current = np.full(200, -1)
    current[:10] = 2
    forbidden = [(unit, 0) for unit in range(20, 60)]
    problem = random_map(13, 200, 3, tolerances=[0.03, 0.05], current=current, locked=current >= 0, forbidden=forbidden)
    verdict = verify(problem, solve(problem, BOOKS).labels)
    assert (verdict.broken_locks, verdict.broken_forbidden) == (0, 0)


def test_the_same_books_come_of_the_same_seed():
    problem = random_map(14, 150, 3, tolerances=[0.03, 0.03])
    first, again = solve(problem, BOOKS), solve(problem, BOOKS)
    np.testing.assert_array_equal(first.labels, again.labels)


def test_stopped_books_are_the_best_so_far():
    result = solve(random_map(15, 300, 3, tolerances=[0.01, 0.01]), BOOKS, stop=MaxRuntime(0))
    assert result.was_stopped
    assert set(result.labels.tolist()) == {0, 1, 2}


def test_books_refuse_to_start_from_todays_plan():
    with pytest.raises(ParameterError, match="contiguous is False"):
        SolveParameters(contiguous=False, max_moved_fraction=0.1)
