"""Whether accounts are visited as often as they should be."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def cadence(done: FloatArray, needed: FloatArray) -> FloatArray:
    """Σ min(done, needed) ÷ Σ needed for each territory (K,); NaN where no visit is needed.

    done: visits that count, those beyond what an account needs left out; a visit too many at one account makes up for
    none that another lacks.
    """
    known = needed > 0
    return np.where(known, done / np.where(known, needed, 1.0), np.nan)
