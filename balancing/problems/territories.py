"""What territories bring to their targets: shares set by hand, and the hours of their reps."""

import numpy as np
from numpy.typing import NDArray

from balancing.formulas.targets import target_shares
from territory.models import Territory

FloatArray = NDArray[np.float64]


def shares_of(territories: list[Territory]) -> FloatArray:
    """Target share of each territory (K,), sum 1."""
    by_hand = [np.nan if territory.target_share is None else territory.target_share for territory in territories]
    return target_shares(np.array(by_hand, dtype=np.float64), capacities_h(territories))


def capacities_h(territories: list[Territory]) -> FloatArray:
    """Hours a year behind each territory (K,; NaN = vacant); a rep with several territories is divided among them."""
    held: dict[int, int] = {}
    for territory in territories:
        if territory.rep_id is not None:
            held[territory.rep_id] = held.get(territory.rep_id, 0) + 1
    return np.array(
        [t.rep.capacity_h / held[t.rep_id] if t.rep is not None else np.nan for t in territories], dtype=np.float64
    )
