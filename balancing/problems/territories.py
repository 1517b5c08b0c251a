"""What territories bring to their targets: shares set by hand, and the hours of their reps."""

import numpy as np
from numpy.typing import NDArray

from territory.models import Territory

FloatArray = NDArray[np.float64]


def shares_by_hand(territories: list[Territory]) -> FloatArray:
    """Share set for each territory (K,); NaN where none is."""
    return np.array([np.nan if t.target_share is None else t.target_share for t in territories], dtype=np.float64)


def capacities_h(territories: list[Territory]) -> FloatArray:
    """Hours a year behind each territory (K,; NaN = vacant); a rep with several territories is divided among them."""
    held: dict[int, int] = {}
    for territory in territories:
        if territory.rep_id is not None:
            held[territory.rep_id] = held.get(territory.rep_id, 0) + 1
    return np.array(
        [t.rep.capacity_h / held[t.rep_id] if t.rep is not None else np.nan for t in territories], dtype=np.float64
    )
