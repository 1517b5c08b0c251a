"""A longest distance from home, as pairs of unit and territory that are forbidden."""

from __future__ import annotations

import numpy as np

from balancing.engine.arrays import FloatArray, IntArray
from balancing.engine.geometry import distance_matrix_km


def beyond_reach(points: FloatArray, homes: FloatArray, max_km: float) -> IntArray:
    """Pairs (P, 2) of unit and territory more than max_km apart; points (N, 3) and homes (K, 3) are unit vectors."""
    return np.argwhere(distance_matrix_km(points, homes) > max_km).astype(np.int32)


def nearest_home_km(points: FloatArray, homes: FloatArray) -> FloatArray:
    """Distance (N,) of each unit to the nearest home; the largest is the least limit that reaches all units."""
    return np.asarray(distance_matrix_km(points, homes).min(axis=1))
