"""The engine's targets and bands where locked territories and named accounts already hold part of the whole.

The engine shares out what the units in play hold, by one share per territory for all metrics. What a territory may
hold of a metric is said in the metric's own unit instead: its true band, minus what its named accounts hold.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from balancing.problems.wanted import Wanted

FloatArray = NDArray[np.float64]

# A territory that its named accounts fill alone still gets a little, since the engine wants a unit in each.
LEAST_SHARE = 0.001


@dataclass(frozen=True, eq=False)
class Stake:
    """K territories in play, M metrics.

    shares (K,) true shares of totals (M,) · fixed (K, M) what named accounts bring · free (M,) what units in play hold
    """

    shares: FloatArray
    totals: FloatArray
    fixed: FloatArray
    free: FloatArray

    @property
    def targets(self) -> FloatArray:
        return np.asarray(self.shares[:, None] * self.totals)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is fixed: the engine's targets are the true ones."""
        return not self.fixed.any() and abs(float(self.shares.sum()) - 1) < 1e-12


def engine_shares(stake: Stake, balanced: NDArray[np.bool_]) -> FloatArray:
    """Shares (K,) of what the units in play hold, sum 1: the mean over the balanced metrics of what is left to fill."""
    usable = balanced & (stake.free > 0)
    if stake.is_whole or not usable.any():
        return np.asarray(stake.shares / stake.shares.sum())
    left = (stake.targets[:, usable] - stake.fixed[:, usable]) / stake.free[usable]
    adjusted = np.maximum(left.mean(axis=1), LEAST_SHARE / len(left))
    return np.asarray(adjusted / adjusted.sum())


def engine_bands(stake: Stake, wanted: Wanted, shares: FloatArray) -> Wanted:
    """The same wishes about the units in play alone: everything as a least and a most where something is fixed.

    Where no load of theirs would do, the nearest one is wanted, and where all bands together hold more or less than
    there is, the tolerance around the engine's shares (K,): a plan that misses should miss evenly.
    """
    if stake.is_whole:
        return wanted
    least, most = wanted.bands(stake.targets)
    low = np.maximum(0.0, least - stake.fixed)
    high = np.maximum(low, most - stake.fixed)
    is_open = np.isinf(wanted.tolerances) | ((low.sum(axis=0) <= stake.free) & (high.sum(axis=0) >= stake.free))
    even = replace(wanted, least=np.zeros_like(low), most=np.full_like(high, np.inf))
    even_low, even_high = even.bands(shares[:, None] * stake.free)
    return Wanted(
        tolerances=np.full_like(wanted.tolerances, np.inf),
        prices_km=wanted.prices_km,
        least=np.where(is_open, low, even_low),
        most=np.where(is_open, high, even_high),
    )
