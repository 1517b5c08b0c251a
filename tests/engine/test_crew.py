import threading

import numpy as np
import pytest

from balancing.engine.crew import side_by_side
from balancing.engine.parameters import SolveParameters
from balancing.engine.solve import solve
from tests.engine.drawn import random_map


@pytest.mark.parametrize("n_threads", [1, 3])
def test_answers_come_in_the_order_of_the_tasks(n_threads):
    tasks = [lambda is_over, number=number: number**2 for number in range(7)]
    assert side_by_side(tasks, n_threads, lambda: False) == [0, 1, 4, 9, 16, 25, 36]


def test_only_the_callers_thread_is_asked_whether_it_is_over():
    asked = []

    def until_over(is_over):
        while not is_over():
            pass
        return threading.current_thread() is not threading.main_thread()

    def is_over():
        asked.append(threading.current_thread() is threading.main_thread())
        return len(asked) > 2

    assert side_by_side([until_over, until_over], 2, is_over) == [True, True]
    assert all(asked)


def test_an_error_in_one_task_ends_all_of_them():
    def until_over(is_over):
        while not is_over():
            pass

    def failing(is_over):
        raise ValueError("the third unit")

    with pytest.raises(ValueError, match="the third unit"):
        side_by_side([failing, until_over], 2, lambda: False)


@pytest.mark.parametrize("tolerance", [0.02, 0.2])
def test_the_plan_is_the_same_on_any_number_of_threads(tolerance):
    problem = random_map(3, 70, 4, tolerances=[tolerance, tolerance])
    plans = [
        solve(problem, SolveParameters(starts=2, effort=0.1, max_rounds=2, threads=threads)).labels
        for threads in (1, 2, 3)
    ]
    np.testing.assert_array_equal(plans[0], plans[1])
    np.testing.assert_array_equal(plans[0], plans[2])
