"""An engine that always answers: where it cannot, the estimate does, and says so."""

from dataclasses import dataclass

import numpy as np

from balancing.engine.arrays import BoolArray, FloatArray
from balancing.travel.engine import Legs, TravelEngine, TravelFault
from balancing.travel.estimate import EstimateEngine

NO_DRIVE = "No drive is known to some accounts."
# After so many faults in one measurement the engine is left alone.
MOST_FAULTS = 3


@dataclass(frozen=True, eq=False)
class Answered:
    """What the engine said; `is_asked` (n,) is False where it could not be asked."""

    legs: Legs
    is_asked: BoolArray


class Patient:
    """Asks an engine in batches. Faults leave their batch unanswered; after several the rest is not asked for."""

    def __init__(self, engine: TravelEngine) -> None:
        self.engine = engine
        self.reason = ""
        self._n_faults = 0

    def ask(self, lon: float, lat: float, lons: FloatArray, lats: FloatArray) -> Answered:
        minutes, km = np.full(len(lons), np.nan), np.full(len(lons), np.nan)
        is_asked = np.zeros(len(lons), dtype=bool)
        for begin in range(0, len(lons), self.engine.batch):
            if self._n_faults >= MOST_FAULTS:
                break
            part = slice(begin, begin + self.engine.batch)
            try:
                legs = self.engine.from_base(lon, lat, lons[part], lats[part])
            except TravelFault as fault:
                self._n_faults += 1
                self.reason = str(fault)
                continue
            minutes[part], km[part], is_asked[part] = legs.minutes, legs.km, True
        return Answered(Legs(minutes, km), is_asked)


@dataclass(frozen=True, eq=False)
class Completed:
    """Legs without a gap; `is_estimate` (n,) where the estimate stands in."""

    legs: Legs
    is_estimate: BoolArray


def completed(legs: Legs, lon: float, lat: float, lons: FloatArray, lats: FloatArray) -> Completed:
    """Fill what is NaN by the estimate."""
    gaps = np.isnan(legs.minutes) | np.isnan(legs.km)
    stated = EstimateEngine().from_base(lon, lat, lons, lats)
    filled = Legs(np.where(gaps, stated.minutes, legs.minutes), np.where(gaps, stated.km, legs.km))
    return Completed(filled, gaps)
