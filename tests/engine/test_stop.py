import pytest

from balancing.engine.exceptions import ParameterError
from balancing.engine.parameters import SolveParameters
from balancing.engine.solve import solve
from balancing.engine.stop import AnyOf, MaxRuntime, NoLimit, WhenCancelled
from tests.engine.drawn import random_map


def test_no_limit_never_stops():
    assert not NoLimit()(0.0)


def test_no_time_at_all_stops_at_the_first_question():
    assert MaxRuntime(0)(1.0)


def test_an_hour_is_not_over_at_once():
    assert not MaxRuntime(3600)(1.0)


def test_a_negative_runtime_is_refused():
    with pytest.raises(ParameterError, match="seconds is -1"):
        MaxRuntime(-1)


def test_any_of_stops_when_one_does():
    assert AnyOf(NoLimit(), WhenCancelled(lambda: True))(1.0)
    assert not AnyOf(NoLimit(), WhenCancelled(lambda: False))(1.0)


def test_a_cancelled_run_ends_early_with_a_whole_plan_and_says_so():
    problem = random_map(1, 60, 4)
    questions = []

    def is_cancelled():
        questions.append(1)
        return len(questions) > 3

    result = solve(problem, SolveParameters(), stop=WhenCancelled(is_cancelled))
    assert result.was_stopped
    assert len(questions) == 4
    assert sorted(set(result.labels.tolist())) == [0, 1, 2, 3]


def test_a_run_that_nobody_stops_says_so():
    assert not solve(random_map(1, 30, 3)).was_stopped
