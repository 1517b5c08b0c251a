"""How far values lie from their targets and from each other. NaN stands for "has no meaning here"."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

# A deviation that equals the tolerance is inside the band; sums of floats need this much room.
ROUNDING = 1e-9


def deviations(values: FloatArray, targets: FloatArray) -> FloatArray:
    """(value − target) ÷ target; NaN where the target is 0."""
    known = targets > 0
    return np.where(known, values / np.where(known, targets, 1.0) - 1, np.nan)


def in_band(deviation: FloatArray, tolerance: float) -> BoolArray:
    """Whether |deviation| ≤ tolerance; what has no deviation is never out of band."""
    return ~(np.abs(deviation) > tolerance + ROUNDING)


def coefficient_of_variation(values: FloatArray) -> float:
    """Standard deviation (of all, not of a sample) ÷ mean."""
    mean = float(values.mean()) if len(values) else 0.0
    return float(values.std()) / mean if mean > 0 else np.nan


def max_min_ratio(values: FloatArray) -> float:
    """Largest ÷ smallest value; NaN where the smallest is 0."""
    return float(values.max() / values.min()) if len(values) and values.min() > 0 else np.nan


def gini(values: FloatArray) -> float:
    """Gini coefficient (Gini, 1912): 0 when all are equal, (K − 1) ÷ K when one has all."""
    count, total = len(values), float(values.sum())
    if count == 0 or total <= 0:
        return np.nan
    ranks = np.arange(1, count + 1)
    return float(max(0.0, 2 * (ranks * np.sort(values)).sum() / (count * total) - (count + 1) / count))


def balance_index(values: FloatArray, targets: FloatArray) -> float:
    """100 × (1 − Σ|value − target| ÷ (2 × total × (1 − least share))); 100 on target, 0 when one has all."""
    total = float(values.sum())
    if len(values) == 0 or total <= 0:
        return np.nan
    room = 1 - float(targets.min()) / total
    if room <= ROUNDING:
        return 100.0
    misplaced = float(np.abs(values - targets).sum()) / (2 * total * room)
    return float(np.clip(100 * (1 - misplaced), 0, 100))


def worst(deviation: FloatArray) -> int | None:
    """Index of the largest |deviation|, or None where there is none."""
    sizes = np.nan_to_num(np.abs(deviation), nan=-1.0)
    return int(sizes.argmax()) if len(sizes) and sizes.max() >= 0 else None
