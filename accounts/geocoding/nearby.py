"""What a place is called: after the largest city near it."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from accounts.geocoding.places import world_cities

EARTH_RADIUS_KM = 6371.0


@cache
def _cities() -> tuple[cKDTree, list[str], NDArray[np.int64]]:
    """Places on the unit sphere, names and populations."""
    cities = world_cities()
    lat = np.array([city["latitude"] for city in cities])
    lon = np.array([city["longitude"] for city in cities])
    names = [city["name"] for city in cities]
    return cKDTree(_on_sphere(lat, lon)), names, np.array([city["population"] for city in cities])


def city_near(lat: float, lon: float, *, within_km: float) -> str | None:
    """The name of the largest city within `within_km`, as the crow flies; None where there is none."""
    tree, names, populations = _cities()
    chord = 2 * np.sin(within_km / EARTH_RADIUS_KM / 2)
    near = tree.query_ball_point(_on_sphere(np.array(lat), np.array(lon)), chord)
    return names[max(near, key=lambda city: (int(populations[city]), -city))] if near else None


def _on_sphere(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    phi, theta = np.radians(lat), np.radians(lon)
    return np.stack((np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)), axis=-1)
