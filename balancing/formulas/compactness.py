"""Shape of a territory, on the ground and not on the map's paper."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

FloatArray = NDArray[np.float64]

# Radius of the sphere with the earth's surface (WGS 84).
EARTH_RADIUS_KM = 6371.0072


def polsby_popper(area_km2: float, perimeter_km: float) -> float:
    """4π × area ÷ perimeter² (Polsby and Popper, 1991): 1 for a circle, towards 0 for a frayed shape."""
    return float(4 * np.pi * area_km2 / perimeter_km**2) if perimeter_km > 0 else np.nan


def moment_of_inertia(boundary: BaseGeometry) -> float:
    """Area² ÷ (2π × second moment of area) (Li, Goodchild and Church, 2013): 1 for a circle, less when spread out.

    The boundary in degrees is laid on an equal-area plane around its own centre first.
    """
    flat = _equal_area(boundary)
    area, moment = 0.0, 0.0
    centre = np.array(flat.centroid.coords[0]) if not flat.is_empty else np.zeros(2)
    for polygon in getattr(flat, "geoms", [flat]):
        for ring, sign in [(polygon.exterior, 1.0), *((hole, -1.0) for hole in polygon.interiors)]:
            ring_area, ring_moment = _ring_moments(shapely.get_coordinates(ring) - centre)
            area, moment = area + sign * ring_area, moment + sign * ring_moment
    return float(area**2 / (2 * np.pi * moment)) if moment > 0 else np.nan


def _ring_moments(points: FloatArray) -> tuple[float, float]:
    """Area and polar second moment about the origin of one closed ring, whichever way round it runs (Green)."""
    x, y = points[:-1].T
    next_x, next_y = points[1:].T
    cross = x * next_y - next_x * y
    area = cross.sum() / 2
    moment = (cross * (x * x + x * next_x + next_x**2 + y * y + y * next_y + next_y**2)).sum() / 12
    return abs(float(area)), float(np.sign(area) * moment)


def _equal_area(boundary: BaseGeometry) -> BaseGeometry:
    """Lambert's azimuthal equal-area projection (spherical), in km, about the mean of the boundary's points."""
    lon, lat = np.radians(shapely.get_coordinates(boundary)).T
    middle = [(np.cos(lat) * np.cos(lon)).sum(), (np.cos(lat) * np.sin(lon)).sum(), np.sin(lat).sum()]
    middle_lon, middle_lat = np.arctan2(middle[1], middle[0]), np.arctan2(middle[2], np.hypot(middle[0], middle[1]))

    def project(degrees: FloatArray) -> FloatArray:
        lon, lat = np.radians(degrees).T
        turn = lon - middle_lon
        cosine = np.sin(middle_lat) * np.sin(lat) + np.cos(middle_lat) * np.cos(lat) * np.cos(turn)
        scale = EARTH_RADIUS_KM * np.sqrt(2 / np.maximum(1 + cosine, 1e-12))
        x = scale * np.cos(lat) * np.sin(turn)
        y = scale * (np.cos(middle_lat) * np.sin(lat) - np.sin(middle_lat) * np.cos(lat) * np.cos(turn))
        return np.column_stack((x, y))

    return shapely.transform(boundary, project)
