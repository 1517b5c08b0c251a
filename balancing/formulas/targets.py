"""Which part of the whole each territory should hold."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def capacity_weights(capacities_h: FloatArray) -> FloatArray:
    """Capacity of each territory (K,); a vacant one (NaN or 0) counts with the mean of the others, all vacant as 1."""
    known = np.nan_to_num(capacities_h, nan=0.0) > 0
    if not known.any():
        return np.ones(len(capacities_h))
    return np.where(known, capacities_h, capacities_h[known].mean())


def target_shares(by_hand: FloatArray, capacities_h: FloatArray) -> FloatArray:
    """Share of each territory (K,), sum 1: set by hand (NaN = not set), the rest divided by capacity.

    Shares set by hand hold exactly while they leave something for the others. Where they do not, or where all are set,
    every share is scaled by the same factor to the sum of 1.
    """
    if len(by_hand) == 0:
        return np.zeros(0)
    weights = capacity_weights(capacities_h)
    is_set = ~np.isnan(by_hand)
    left = 1.0 - float(by_hand[is_set].sum())
    if is_set.all() or left <= 1e-9:
        shares = np.where(is_set, by_hand, weights / weights.sum())
    else:
        shares = np.where(is_set, by_hand, left * weights / weights[~is_set].sum())
    return np.asarray(shares / shares.sum())


def targets(values: FloatArray, shares: FloatArray) -> FloatArray:
    """Target of each territory (K, M): its share of what all territories hold together (K, M)."""
    return np.asarray(shares[:, None] * values.sum(axis=0))
