"""A territory's drives and its year on the road."""

from dataclasses import dataclass

import numpy as np

from balancing.engine.arrays import FloatArray
from territory.travel_estimate import VISITS_PER_TRIP


@dataclass(frozen=True)
class Drives:
    """One way, over accounts alike (None without any); and a year of trips by the formula of the estimate."""

    n_accounts: int
    n_beyond: int
    mean_min: float | None
    p90_min: float | None
    max_min: float | None
    travel_h: float
    travel_km: float


def drives_of(minutes: FloatArray, km: FloatArray, visits_per_year: FloatArray, *, limit_min: float) -> Drives:
    """From legs (n,) and visits (n,): each visit there and back, VISITS_PER_TRIP of them on one trip."""
    trips = visits_per_year * 2 / VISITS_PER_TRIP
    known = len(minutes) > 0
    return Drives(
        n_accounts=len(minutes),
        n_beyond=int((minutes > limit_min).sum()),
        mean_min=float(minutes.mean()) if known else None,
        p90_min=float(np.percentile(minutes, 90)) if known else None,
        max_min=float(minutes.max()) if known else None,
        travel_h=float(trips @ minutes) / 60,
        travel_km=float(trips @ km),
    )
