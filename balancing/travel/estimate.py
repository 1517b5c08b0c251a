"""Great circle × road factor ÷ speed: what is known where no roads are."""

import sys

import numpy as np

from balancing.engine.arrays import FloatArray
from balancing.engine.geometry import great_circle_km, unit_vectors
from balancing.models.travel import TravelEngineName
from balancing.travel.engine import Legs
from territory.travel_estimate import ROAD_FACTOR, SPEED_KMH


class EstimateEngine:
    """The stated estimate (territory.travel_estimate), leg by leg."""

    name: str = TravelEngineName.ESTIMATE
    version = f"{ROAD_FACTOR:g} × great circle at {SPEED_KMH:g} km/h"
    data_date = ""
    batch = sys.maxsize

    def from_base(self, lon: float, lat: float, lons: FloatArray, lats: FloatArray) -> Legs:
        base = unit_vectors(np.array([lon]), np.array([lat]))
        km = ROAD_FACTOR * great_circle_km(unit_vectors(lons, lats), base)
        return Legs(60 * km / SPEED_KMH, km)
