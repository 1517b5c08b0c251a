import numpy as np
import pytest

from balancing.engine.exceptions import ProblemError
from balancing.engine.geometry import great_circle_km
from balancing.engine.parameters import SolveParameters
from balancing.engine.solve import solve
from balancing.engine.staffing import best_home, with_staff
from tests.engine import naive
from tests.engine.drawn import drawn, labels_of, random_map

LEAST_MOVES = SolveParameters(max_moved_fraction=1.0)


def test_a_new_rep_gets_a_territory_and_nobody_gives_more_than_needed():
    """
    A A A A A A B B B B B B   a third rep comes: four each
    """
    today = labels_of("A A A A A A B B B B B B")
    problem = with_staff(drawn("1 1 1 1 1 1 1 1 1 1 1 1", 2, current=today), added=1)
    result = solve(problem, LEAST_MOVES)
    assert result.feasible
    assert np.bincount(result.labels).tolist() == [4, 4, 4]
    assert result.moved_fraction == pytest.approx(4 / 12)


def test_what_a_leaving_rep_had_goes_to_the_neighbours():
    """
    A A B B C C   B leaves
    """
    problem = with_staff(drawn("1 1 1 1 1 1", 3, current=labels_of("A A B B C C")), removed=[1])
    result = solve(problem, LEAST_MOVES)
    assert result.labels.tolist() == [0, 0, 0, 1, 1, 1]
    assert result.moved_fraction == 0


def test_several_come_and_go_at_once():
    problem = random_map(2, 60, 5, tolerances=[0.3, np.inf])
    today = solve(problem, SolveParameters(effort=0.2)).labels
    changed = with_staff(random_map(2, 60, 5, tolerances=[0.3, np.inf], current=today), added=2, removed=[0, 3])
    result = solve(changed, LEAST_MOVES)
    assert changed.n_territories == 5
    assert set(result.labels.tolist()) == set(range(5))
    for k in range(5):
        assert naive.is_connected(changed, np.flatnonzero(result.labels == k).tolist())


def test_who_stays_keeps_shares_limits_locks_and_pairs_under_a_new_number():
    problem = drawn(
        "1 1 1 1",
        3,
        shares=[0.2, 0.2, 0.6],
        least=[[0], [0], [1]],
        current=labels_of("A B C C"),
        locked=[True, True, True, False],
        required=[(3, 2)],
        forbidden=[(0, 1), (1, 2)],
    )
    changed = with_staff(problem, removed=[1])
    np.testing.assert_allclose(changed.shares, [0.25, 0.75])
    assert changed.least.tolist() == [[0], [1]]
    assert changed.current.tolist() == [0, -1, 1, 1]
    assert changed.locked.tolist() == [True, False, True, False]
    assert changed.required.tolist() == [[3, 1]]
    assert changed.forbidden.tolist() == [[1, 1]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"removed": [2]}, "territory 2 cannot be removed, expected one of 0..1"),
        ({"removed": [0, 1]}, "all territories are removed"),
        ({"added": -1}, "-1 territories added, expected 0 or more"),
    ],
)
def test_an_impossible_change_is_refused_by_name(change, message):
    with pytest.raises(ProblemError, match=message):
        with_staff(drawn("1 1 1 1", 2), **change)


def test_a_new_rep_without_a_home_works_around_the_middle_of_the_new_territory():
    """
    homes at both ends; the new rep's accounts lie in between
    """
    homes = {"home_longitudes": [-83.0, -82.5], "home_latitudes": [33.0, 33.0]}
    today = labels_of("A A A B B B")
    problem = with_staff(drawn("1 1 1 1 1 1", 2, current=today, **homes), added=1)
    for parameters in (LEAST_MOVES, SolveParameters()):
        result = solve(problem, parameters)
        assert result.feasible
        np.testing.assert_allclose(result.centres[:2], problem.homes[:2])
        assert result.bound_km <= result.mean_km + 1e-9
    assert result.labels.tolist() == [0, 0, 2, 2, 1, 1]
    assert naive.kilometres(result.centres[2], problem.points[[2, 3]].mean(axis=0)) < 1


def test_the_best_home_is_nearer_on_the_whole_than_any_unit_or_the_centroid():
    problem = random_map(8, 40, 2)
    labels = np.arange(40) % 2
    weights = problem.weights[labels == 1, 0]

    def total_km(place):
        return float(weights @ great_circle_km(problem.points[labels == 1], place))

    best = total_km(best_home(problem, labels, 1))
    assert best <= min(total_km(point) for point in problem.points[labels == 1])
    assert best <= total_km(problem.centres(labels, problem.weights[:, 0])[1])


def test_the_best_home_of_one_account_is_where_it_is():
    problem = drawn("1 1 1", 2)
    np.testing.assert_allclose(best_home(problem, labels_of("A A B"), 1), problem.points[2], atol=1e-9)
