"""Where locks and named accounts hold part of the whole, the engine's bands are what they leave of the true ones."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from balancing.problems.shares import Stake, engine_bands, engine_shares
from balancing.problems.wanted import Wanted

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


def wanted(count: int, tolerance: float = TOLERANCE) -> Wanted:
    """Two metrics within the tolerance, and no limits."""
    return Wanted(
        tolerances=np.full(2, tolerance),
        prices_km=np.full(2, np.inf),
        least=np.zeros((count, 2)),
        most=np.full((count, 2), np.inf),
    )


@given(stakes(), st.data())
def test_a_plan_is_in_the_engines_bands_exactly_where_it_is_in_the_true_ones(stake: Stake, data: st.DataObject) -> None:
    count = len(stake.shares)
    asked = wanted(count)
    asked.most[0], asked.least[-1] = 0.97 * stake.targets[0], 0.98 * stake.targets[-1]
    bands = engine_bands(stake, asked, engine_shares(stake, np.array([True, True])))
    parts = data.draw(st.lists(st.floats(0.5, 1.5), min_size=2 * count, max_size=2 * count))
    loads = np.maximum(stake.fixed, np.array(parts).reshape(count, 2) * stake.targets)
    low, high = asked.bands(stake.targets)
    # Bands that hold less, or ask for more, than there is cannot be kept, and the engine's are wider.
    there = stake.free + stake.fixed.sum(axis=0)
    assume((high.sum(axis=0) >= there).all() and (low.sum(axis=0) <= there).all())
    assume((np.abs(loads - low) > 1e-6 * stake.totals).all() and (np.abs(loads - high) > 1e-6 * stake.totals).all())
    assert (bands.missed(loads - stake.fixed, stake.targets) == asked.missed(loads, stake.targets)).all()


def test_where_the_bands_hold_less_than_there_is_everybody_gets_too_much_alike() -> None:
    """A locked territory has 2 of 16; two others may have at most 5.6 each, and get the 14 that are left."""
    stake = Stake(np.full(2, 1 / 3), np.array([16.0]), np.zeros((2, 1)), np.array([14.0]))
    asked = Wanted(np.array([0.05]), np.array([np.inf]), np.zeros((2, 1)), np.full((2, 1), np.inf))
    bands = engine_bands(stake, asked, np.full(2, 0.5))
    assert bands.least.ravel() == pytest.approx([6.65, 6.65])
    assert bands.most.ravel() == pytest.approx([7.35, 7.35])


@given(stakes())
def test_the_engines_shares_are_positive_and_sum_to_one(stake: Stake) -> None:
    shares = engine_shares(stake, np.array([True, True]))
    assert shares.sum() == pytest.approx(1)
    assert shares.min() > 0


def test_where_nothing_is_fixed_targets_and_tolerances_are_the_true_ones() -> None:
    stake = Stake(np.array([0.25, 0.75]), np.array([100.0]), np.zeros((2, 1)), np.array([100.0]))
    shares = engine_shares(stake, np.array([True]))
    assert shares.tolist() == [0.25, 0.75]
    asked = Wanted(np.array([0.05]), np.array([np.inf]), np.zeros((2, 1)), np.full((2, 1), np.inf))
    assert engine_bands(stake, asked, shares) is asked
