import numpy as np
import pytest

from balancing.engine.exceptions import ProblemError
from balancing.engine.problem import Problem
from tests.engine.drawn import drawn


def square(n_territories=2, weights=(1, 1, 1, 1), tolerances=0.1, **options):
    edges = [(0, 1), (1, 3), (3, 2), (2, 0)]
    return Problem.from_degrees(
        [0, 1, 0, 1], [0, 0, 1, 1], weights, edges, n_territories, tolerances=tolerances, **options
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"n_territories": 5}, r"more territories \(5\) than units \(4\)"),
        ({"n_territories": 0}, "n_territories is 0, expected at least 1"),
        ({"weights": [1, -2, 1, 1]}, r"weights\[1\] is \[-2\.\], expected finite numbers >= 0"),
        ({"weights": [1, 2, np.nan, 1]}, r"weights\[2\]"),
        ({"weights": [1, 2, np.inf, 1]}, r"weights\[2\]"),
        ({"tolerances": -0.1}, r"tolerances\[0\] is -0.1, expected a fraction >= 0 or inf"),
        ({"tolerances": np.nan}, r"tolerances\[0\]"),
        ({"shares": [0.5, 0.4]}, "shares sum to 0.9"),
        ({"shares": [1.0, 0.0]}, r"shares\[1\] is 0.0, expected a share > 0"),
        ({"shares": [1.0]}, r"shares has shape \(1,\), expected \(2,\)"),
        ({"current": [0, 1, 2, 0]}, r"current\[2\] is 2, expected -1 or a territory in 0..1"),
        ({"current": [0, 1]}, r"current has shape \(2,\), expected \(4,\)"),
        ({"locked": [True, False, False, False]}, r"locked\[0\] is -1, expected a current territory"),
        ({"forbidden": [(4, 0)]}, r"forbidden\[0\]"),
        ({"home_longitudes": [0, 200], "home_latitudes": [0, 0]}, r"home longitude\[1\] is 200.0"),
        ({"metric_names": ("a", "b")}, "metric_names has 2 names, expected 1"),
    ],
)
def test_a_bad_value_is_refused_with_its_field_value_and_bound(changes, message):
    with pytest.raises(ProblemError, match=message):
        square(**changes)


def test_swapped_latitude_and_longitude_are_refused():
    with pytest.raises(ProblemError, match=r"unit latitude\[0\] is -120.0, expected -90..90 degrees"):
        Problem.from_degrees([40], [-120], [1], [], 1, tolerances=0.1)


def test_an_edge_to_a_unit_that_is_not_there_is_refused():
    with pytest.raises(ProblemError, match=r"edges\[0\]"):
        Problem.from_degrees([0, 1], [0, 0], [1, 1], [(0, 2)], 1, tolerances=0.1)


def test_no_units_are_too_few_for_any_territory():
    with pytest.raises(ProblemError, match=r"more territories \(2\) than units \(0\)"):
        Problem.from_degrees([], [], [], [], 2, tolerances=0.1)


def test_arrays_cannot_be_changed_and_callers_arrays_stay_theirs():
    weights = np.ones((4, 1))
    problem = square(weights=weights)
    with pytest.raises(ValueError, match="read-only"):
        problem.weights[0] = 5
    weights[0] = 7
    assert problem.weights[0, 0] == 1


def test_a_metric_that_is_zero_everywhere_is_not_balanced():
    """
    1 1
    1 1   with a second metric of zeros
    """
    problem = square(weights=[[1, 0], [1, 0], [1, 0], [1, 0]])
    assert problem.balanced_metrics == (0,)


def test_drawn_problems_read_as_drawn():
    """
    1 2|3
    4 5 6
    """
    problem = drawn(test_drawn_problems_read_as_drawn.__doc__, 2)
    assert problem.weights[:, 0].tolist() == [1, 2, 3, 4, 5, 6]
    assert sorted(map(tuple, problem.edges.tolist())) == [(0, 1), (0, 3), (1, 4), (2, 5), (3, 4), (4, 5)]
