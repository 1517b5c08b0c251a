"""The engine's target shares where named accounts already fill part of a target."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

# A territory that its named accounts fill alone still gets a little, since the engine wants a unit in each.
LEAST_SHARE = 0.001


def shares_left(shares: FloatArray, named: FloatArray, totals: FloatArray) -> FloatArray:
    """Shares (K,) of what the units hold, after the named accounts (K, M) of totals (M,) are taken off the targets.

    The engine knows one share for all metrics: the mean over the metrics that are balanced. Where named accounts weigh
    differently on each metric this shifts targets a little; the verdict is taken on the true ones.
    """
    free = totals - named.sum(axis=0)
    usable = free > 0
    if not named.any() or not usable.any():
        return shares
    left = (shares[:, None] * totals[usable] - named[:, usable]) / free[usable]
    adjusted = np.maximum(left.mean(axis=1), LEAST_SHARE / len(shares))
    return np.asarray(adjusted / adjusted.sum())
