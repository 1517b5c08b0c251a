"""Bringing borders that are meant to be the same onto the same corners."""

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, MultiPolygon

from territory.boundaries import as_multipolygon

# What browsers send is rounded to 0.1 m; two borders nearer than this are the same one.
SNAP_M = 1.0
METRES_PER_DEGREE = 111_320
# Degrees of latitude; a little stricter from east to west.
SNAP = SNAP_M / METRES_PER_DEGREE

Points = NDArray[np.float64]


def snapped(area: MultiPolygon, others: Iterable[MultiPolygon]) -> MultiPolygon:
    """The area with its corners on those of its neighbours, else on their borders, and theirs in its own edges.

    Nothing moves by more than SNAP_M. An area that snapping would break stays as it is.
    """
    near = [other for other in others if shapely.dwithin(area, other, SNAP)]
    if not near:
        return area
    corners = corners_of(near, area)
    borders = shapely.union_all([shapely.boundary(other) for other in near])
    shapely.prepare(borders)
    onto = shapely.transform(area, lambda points: _settled(points, corners, borders))
    return kept_valid(area, noded(onto, apart_from_each_other(_along(corners, shapely.boundary(onto)))))


def noded(area: MultiPolygon, points: Points) -> MultiPolygon:
    """The area with the points as corners, wherever its border passes within SNAP_M."""
    if not len(points):
        return area
    return as_multipolygon(shapely.snap(area, shapely.multipoints(points), SNAP))


def kept_valid(before: MultiPolygon, after: MultiPolygon) -> MultiPolygon:
    return after if after.is_valid and not after.is_empty else before


def corners_of(areas: Iterable[Geometry], near: Geometry) -> Points:
    """The corners of all areas in the bounds of a geometry, each once."""
    points = shapely.get_coordinates(list(areas))
    west, south, east, north = shapely.bounds(near)
    lon, lat = points.T
    inside = (lon >= west - SNAP) & (lon <= east + SNAP) & (lat >= south - SNAP) & (lat <= north + SNAP)
    return np.unique(points[inside], axis=0)


def nearest_within(corners: Points, place: Points) -> Points | None:
    """The corner nearest to a place, if it is near enough to be the same."""
    if not len(corners):
        return None
    apart = np.hypot(*(corners - place).T)
    nearest = int(np.argmin(apart))
    return corners[nearest] if apart[nearest] <= SNAP else None


def apart_from_each_other(points: Points) -> Points:
    """One of those that are nearer to each other than what is told apart."""
    kept: list[Points] = []
    for point in points:
        if all(np.hypot(*(other - point)) > SNAP for other in kept):
            kept.append(point)
    return np.array(kept).reshape(-1, 2)


def _along(points: Points, line: Geometry) -> Points:
    """Those of the points that lie on the line."""
    shapely.prepare(line)
    return points[shapely.dwithin(line, shapely.points(points), SNAP)]


def _settled(points: Points, corners: Points, borders: Geometry) -> Points:
    """Each point on the nearest corner, else on the border, where one is near enough."""
    places = shapely.points(points)
    settled = points.copy()
    for index in np.flatnonzero(shapely.dwithin(borders, places, SNAP)):
        corner = nearest_within(corners, points[index])
        if corner is not None:
            settled[index] = corner
        else:
            settled[index] = shapely.get_coordinates(shapely.shortest_line(borders, places[index]))[0]
    return settled
