"""Where locks and named accounts hold part of the whole, keeping the engine's tolerance keeps the true one."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from balancing.problems.shares import (
    LEAST_ROOM,
    Stake,
    containing_tolerances,
    engine_shares,
    engine_tolerances,
    true_tolerance,
)

TOLERANCE = 0.1


@st.composite
def stakes(draw: st.DrawFn) -> Stake:
    """Territories and two metrics; named accounts hold up to a third of a target, locked ones up to a fifth of all."""
    count = draw(st.integers(2, 6))
    weights = np.array(draw(st.lists(st.floats(0.5, 2), min_size=count, max_size=count)))
    in_play = draw(st.floats(0.8, 1.0))
    shares = in_play * weights / weights.sum()
    totals = np.array(draw(st.lists(st.floats(1e3, 1e9), min_size=2, max_size=2)))
    parts = draw(st.lists(st.floats(0, 0.3), min_size=2 * count, max_size=2 * count))
    fixed = np.array(parts).reshape(count, 2) * shares[:, None] * totals
    return Stake(shares, totals, fixed, in_play * totals - fixed.sum(axis=0))


@given(stakes(), st.data())
def test_a_plan_within_the_engines_tolerance_is_within_the_true_one(stake: Stake, data: st.DataObject) -> None:
    asked = np.full(2, TOLERANCE)
    shares = engine_shares(stake, np.array([True, True]))
    found = engine_tolerances(stake, shares, asked)
    sides = data.draw(st.lists(st.sampled_from([-1, 1]), min_size=len(shares), max_size=len(shares)))
    for m in range(2):
        assume(found[m] >= LEAST_ROOM * TOLERANCE and found[m] != TOLERANCE)
        loads = shares * stake.free[m] * (1 + np.array(sides) * found[m]) + stake.fixed[:, m]
        assert np.abs(loads / stake.targets[:, m] - 1).max() <= TOLERANCE + 1e-9


@given(stakes(), st.data())
def test_a_plan_within_the_true_tolerance_is_among_those_a_bound_allows(stake: Stake, data: st.DataObject) -> None:
    shares = engine_shares(stake, np.array([True, True]))
    allowed = containing_tolerances(stake, shares, np.full(2, TOLERANCE))
    sides = data.draw(st.lists(st.sampled_from([-1, 1]), min_size=len(shares), max_size=len(shares)))
    for m in range(2):
        free_loads = stake.targets[:, m] * (1 + np.array(sides) * TOLERANCE) - stake.fixed[:, m]
        assert np.abs(free_loads / (shares * stake.free[m]) - 1).max() <= allowed[m] + 1e-9


@given(stakes(), st.floats(0.01, 1))
def test_the_true_tolerance_is_the_one_that_reaches_what_the_engine_needs(stake: Stake, beyond: float) -> None:
    shares = engine_shares(stake, np.array([True, True]))
    needed = containing_tolerances(stake, shares, np.full(2, TOLERANCE)) + beyond
    least = np.array([true_tolerance(stake, shares, m, float(needed[m])) for m in range(2)])
    assert (least > TOLERANCE).all()
    assert containing_tolerances(stake, shares, least) == pytest.approx(needed)


@given(stakes())
def test_the_engines_shares_are_positive_and_sum_to_one(stake: Stake) -> None:
    shares = engine_shares(stake, np.array([True, True]))
    assert shares.sum() == pytest.approx(1)
    assert shares.min() > 0


def test_where_nothing_is_fixed_targets_and_tolerances_are_the_true_ones() -> None:
    stake = Stake(np.array([0.25, 0.75]), np.array([100.0]), np.zeros((2, 1)), np.array([100.0]))
    shares = engine_shares(stake, np.array([True]))
    assert shares.tolist() == [0.25, 0.75]
    assert engine_tolerances(stake, shares, np.array([0.05])).tolist() == [0.05]
