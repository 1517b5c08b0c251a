import numpy as np
import pytest

from balancing.engine.verify import verify
from tests.engine import naive
from tests.engine.drawn import drawn, labels_of, random_map


def test_a_drawn_plan_is_measured():
    """
    1 1 2
    1 1 2   A on the left two columns
    """
    problem = drawn("1 1 2\n1 1 2", 2)
    verdict = verify(problem, labels_of("A A B\nA A B"))
    assert verdict.worst_deviations == (0.0,)
    assert verdict.n_pieces == 2
    assert verdict.n_empty == 0
    assert verdict.meets((0.05,), pieces=2)


def test_pieces_empties_locks_and_forbidden_pairs_are_counted():
    problem = drawn(
        "1 1 1 1", 3, current=labels_of("A A B B"), locked=[False, True, False, False], forbidden=[(3, 0), (0, 1)]
    )
    verdict = verify(problem, labels_of("A B B A"))
    assert verdict.n_pieces == 3
    assert verdict.n_empty == 1
    assert verdict.broken_locks == 1
    assert verdict.broken_forbidden == 1
    assert verdict.moved_fraction == 0.5
    assert not verdict.meets((9.0,), pieces=9)


def test_distances_agree_with_the_twin():
    problem = random_map(6, 40, 3)
    labels = np.arange(40, dtype=np.int32) % 3
    assert verify(problem, labels).mean_km == pytest.approx(naive.mean_km(problem, labels.tolist()))


def test_homes_replace_centroids():
    problem = drawn("1 1", 1, home_longitudes=[-83], home_latitudes=[33])
    one_step = naive.kilometres(problem.points[0], problem.points[1])
    assert verify(problem, labels_of("A A")).mean_km == pytest.approx(one_step / 2)
