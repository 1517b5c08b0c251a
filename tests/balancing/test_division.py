"""A design divided among workers, taken step by step in this process; for real workers see tests/e2e."""

import os
import signal
from collections.abc import Iterator
from multiprocessing import get_context

import numpy as np
import pytest

from balancing.engine.problem import Problem
from balancing.engine.regions import Whole, solve_by_regions
from balancing.runner.division import MOST_DEATHS, Division, Due, Order
from tests.engine.drawn import random_map

ORDER = Order(n_regions=3, rounds=2, effort=0.05, seed=4)


@pytest.fixture(scope="module")
def problem() -> Problem:
    return random_map(1, 200, 9)


@pytest.fixture(scope="module")
def whole(problem: Problem) -> Whole:
    return Whole.of(problem, ORDER.n_regions, ORDER.parameters)


@pytest.fixture
def division(whole: Whole) -> Iterator[Division]:
    begun = Division.begin(whole.problem, ORDER)
    yield begun
    begun.remove()


def begin_round(division: Division) -> Due:
    """The first round, with none of its regions solved."""
    assert division.attempt(Division.outline)
    due = division.due()
    assert due is not None
    return due


def die(_: Division) -> bool:
    os.kill(os.getpid(), signal.SIGKILL)
    return True


def test_the_last_region_first_and_some_twice_make_the_plan_of_one_process(
    problem: Problem, whole: Whole, division: Division
) -> None:
    assert division.due() == Due(None)
    begin_round(division)
    while (due := division.due()) is not None:
        for place in (*reversed(due.places), *due.places):
            division.attempt(Division.solve, due.number, place)
        assert division.attempt(Division.join, due.number)
    expected = solve_by_regions(problem, ORDER.n_regions, ORDER.parameters, rounds=ORDER.rounds, seed=ORDER.seed)
    np.testing.assert_array_equal(whole.expand(division.plan()), expected)


def test_only_open_regions_are_due(division: Division) -> None:
    due = begin_round(division)
    assert division.attempt(Division.solve, 0, due.places[1])
    assert division.due() == Due(0, (due.places[0], *due.places[2:]), due.n_regions)


def test_a_step_that_was_taken_already_is_not_taken_again(division: Division) -> None:
    begin_round(division)
    assert not division.attempt(Division.outline)
    assert division.attempt(Division.solve, 0, 0)
    assert not division.attempt(Division.solve, 0, 0)


def test_regions_are_not_joined_before_all_are_there(division: Division) -> None:
    begin_round(division)
    division.attempt(Division.solve, 0, 0)
    assert not division.attempt(Division.join, 0)
    assert division.failure == ""


def test_a_step_in_which_workers_die_is_given_up_in_words(division: Division) -> None:
    for _ in range(MOST_DEATHS):
        worker = get_context("fork").Process(target=division.attempt, args=(die,))
        worker.start()
        worker.join()
        assert division.failure == ""
    assert not division.attempt(die)
    assert division.failure == "3 workers died in step die, most likely for want of memory."
    assert not division.attempt(Division.outline)


def test_what_fails_unexpectedly_is_told_without_its_inner_words(division: Division) -> None:
    begin_round(division)
    assert not division.attempt(Division.solve, 0, 99)
    assert division.failure == "Something went wrong on our side; the log of the worker says what."


def test_steps_of_a_design_that_was_given_up_are_not_taken(division: Division) -> None:
    begin_round(division)
    division.remove()
    assert not division.attempt(Division.solve, 0, 0)
    assert division(np.inf)


def test_every_step_is_a_sign_of_life(division: Division) -> None:
    before = division.pulse
    begin_round(division)
    assert division.pulse > before
