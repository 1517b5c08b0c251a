"""The engine's targets and tolerances where locked territories and named accounts already hold part of the whole.

The engine shares out what the units in play hold, by one share per territory for all metrics. The true target of a
territory on a metric is its share of everything. Both are brought together so that a plan inside the engine's
tolerance is inside the true one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

# A territory that its named accounts fill alone still gets a little, since the engine wants a unit in each.
LEAST_SHARE = 0.001
# Where what is fixed leaves less than this part of a tolerance, the plan aims at the whole of it, as near as it can.
LEAST_ROOM = 0.25


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


def engine_tolerances(stake: Stake, shares: FloatArray, tolerances: FloatArray, *, strictness: float = 1) -> FloatArray:
    """Tolerances (M,) on the engine's targets that keep the true ones.

    `strictness` 1 keeps them in every territory, 0.5 in half of the territories for certain: wider, so that the search
    is not held everywhere to what the territory with most named accounts needs. The plan is judged on the true ones.
    """
    if stake.is_whole:
        return tolerances
    found = tolerances.copy()
    for m in np.flatnonzero(np.isfinite(tolerances) & (stake.free > 0)):
        inner = float(np.quantile(_room(stake, shares, tolerances, m).min(axis=0), 1 - strictness))
        found[m] = inner if inner >= LEAST_ROOM * tolerances[m] else tolerances[m]
    return found


def containing_tolerances(stake: Stake, shares: FloatArray, tolerances: FloatArray) -> FloatArray:
    """Tolerances (M,) on the engine's targets that no plan within the true ones exceeds: what a bound must allow."""
    if stake.is_whole:
        return tolerances
    found = tolerances.copy()
    for m in np.flatnonzero(np.isfinite(tolerances) & (stake.free > 0)):
        found[m] = float(_room(stake, shares, tolerances, m).max())
    return found


def true_tolerance(stake: Stake, shares: FloatArray, m: int, needed: float) -> float:
    """The least true tolerance on metric m whose containing one reaches `needed` of the engine's targets."""
    if stake.is_whole:
        return needed
    aimed, targets, fixed = shares * stake.free[m], stake.targets[:, m], stake.fixed[:, m]
    above = ((1 + needed) * aimed + fixed) / targets - 1
    below = 1 - ((1 - needed) * aimed + fixed) / targets
    return float(np.minimum(above, below).min())


def _room(stake: Stake, shares: FloatArray, tolerances: FloatArray, m: int) -> FloatArray:
    """How far above and below the engine's target each territory may go in metric m, as fractions (2, K)."""
    aimed = shares * stake.free[m]
    highest = stake.targets[:, m] * (1 + tolerances[m]) - stake.fixed[:, m]
    lowest = stake.targets[:, m] * (1 - tolerances[m]) - stake.fixed[:, m]
    return np.stack((highest / aimed - 1, 1 - lowest / aimed))
