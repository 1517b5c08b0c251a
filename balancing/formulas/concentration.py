"""How much of a metric lies with how few. NaN stands for "has no meaning here"."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def lorenz(values: FloatArray) -> FloatArray:
    """Lorenz curve (Lorenz, 1905), (K + 1,): the part of the total that the k smallest have, k from 0 to K.

    Empty where the total is 0.
    """
    total = float(values.sum())
    if total <= 0:
        return np.zeros(0)
    return np.concatenate(([0.0], np.cumsum(np.sort(values)) / total))


def top_share(values: FloatArray) -> float:
    """Part of the total that the largest has; NaN where the total is 0."""
    total = float(values.sum())
    return float(values.max()) / total if total > 0 else np.nan
