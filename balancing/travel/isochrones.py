"""How far one gets from a base in so many minutes, as areas.

The roads that are reached are laid on a grid, the cells they touch are joined, and the stairs are rounded off. The
cells grow with the area, so that the largest one is about GRID_CELLS of them wide; their size is told with the areas.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely import MultiPolygon, Polygon, box, coverage_union_all, transform

from balancing.engine.arrays import FloatArray, IntArray, LongArray
from balancing.engine.geometry import EARTH_RADIUS_KM
from balancing.travel.road_engine import FARTHEST_KM, access_min
from balancing.travel.roads.graph import RoadGraph
from territory.geodesy import WGS84
from territory.travel_estimate import ROAD_FACTOR, SPEED_KMH

LEAST_CELL_KM = 0.2
GRID_CELLS = 160
_CIRCLE_POINTS = 64
_SHIFT, _HALF = 24, 1 << 23
_DEGREE_KM = np.pi * EARTH_RADIUS_KM / 180


@dataclass(frozen=True)
class Isochrone:
    """An area in degrees, empty where no road is reached; cell_km says how coarsely it is drawn, 0 for a circle."""

    minutes: float
    area: MultiPolygon
    cell_km: float


def road_isochrones(graph: RoadGraph, lon: float, lat: float, minutes: Sequence[float]) -> list[Isochrone] | None:
    """The larger last; None where the base is far from every road of the graph."""
    nodes, away_km = graph.nearest(np.array([lon]), np.array([lat]))
    if away_km[0] > FARTHEST_KM:
        return None
    limits = sorted(minutes)
    door_min = float(access_min(ROAD_FACTOR * away_km)[0])
    reached, _ = graph.from_node(int(nodes[0]), limit_min=max(0.0, limits[-1] - door_min))
    plane = _Plane(lon, lat)
    x, y = plane.of(graph.lon, graph.lat)
    found = np.isfinite(reached)
    span_km = max(float(np.ptp(x[found])), float(np.ptp(y[found])))
    cell_km = max(LEAST_CELL_KM, span_km / GRID_CELLS)
    return [
        Isochrone(limit, plane.back(_area(graph, reached, limit - door_min, x, y, cell_km)), cell_km)
        for limit in limits
    ]


def circle_isochrones(lon: float, lat: float, minutes: Sequence[float]) -> list[Isochrone]:
    """Circles by the stated estimate: the great circle that minutes, speed and road factor leave."""
    bearings = np.linspace(0, 360, _CIRCLE_POINTS, endpoint=False)
    start = np.ones(_CIRCLE_POINTS)
    circles = []
    for limit in sorted(minutes):
        radius_m = 1000 * limit / 60 * SPEED_KMH / ROAD_FACTOR
        lons, lats, _ = WGS84.fwd(lon * start, lat * start, bearings, radius_m * start)
        # Across the antimeridian an area goes on beyond 180°, and is whole.
        lons = lon + (np.asarray(lons) - lon + 180) % 360 - 180
        circles.append(Isochrone(limit, MultiPolygon([Polygon(np.column_stack((lons, lats)))]), 0.0))
    return circles


class _Plane:
    """Kilometres east and north of a base: right to a few per mille as far as one drives in a few hours."""

    def __init__(self, lon: float, lat: float) -> None:
        self._origin = np.array([lon, lat])
        self._scale = np.array([_DEGREE_KM * np.cos(np.radians(lat)), _DEGREE_KM])

    def of(self, lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
        return (lon - self._origin[0]) * self._scale[0], (lat - self._origin[1]) * self._scale[1]

    def back(self, area: MultiPolygon) -> MultiPolygon:
        return transform(area, lambda points: np.round(points / self._scale + self._origin, 5))


def _area(
    graph: RoadGraph, reached: FloatArray, limit_min: float, x: FloatArray, y: FloatArray, cell_km: float
) -> MultiPolygon:
    columns, rows = _cells(graph, reached, limit_min, x, y, cell_km)
    if len(columns) == 0:
        return MultiPolygon()
    west, south = columns * cell_km, rows * cell_km
    joined = coverage_union_all(box(west, south, west + cell_km, south + cell_km))
    # Closed over gaps of a cell, then rounded off.
    smooth = joined.buffer(cell_km, quad_segs=2).buffer(-0.6 * cell_km, quad_segs=2).simplify(cell_km / 4)
    polygons = [part for part in getattr(smooth, "geoms", [smooth]) if isinstance(part, Polygon)]
    return MultiPolygon([Polygon(part.exterior, _large_holes(part, cell_km)) for part in polygons])


def _large_holes(polygon: Polygon, cell_km: float) -> list[FloatArray]:
    """A block of houses without a road inside is no place one does not get to."""
    return [hole.coords for hole in polygon.interiors if Polygon(hole).area > (5 * cell_km) ** 2]


def _cells(
    graph: RoadGraph, reached: FloatArray, limit_min: float, x: FloatArray, y: FloatArray, cell_km: float
) -> tuple[LongArray, LongArray]:
    """Grid cells that the roads within the limit touch, each once; a road that is reached in part, as far as that."""
    tails = np.repeat(np.arange(graph.n_nodes, dtype=np.int32), np.diff(graph.ptr))
    left_min = limit_min - reached[tails]
    roads = np.flatnonzero(left_min >= 0)
    share = np.minimum(1.0, left_min[roads] / graph.minutes[roads])
    start, end = tails[roads], graph.heads[roads]
    length_km = np.hypot(x[end] - x[start], y[end] - y[start]) * share
    n_points = np.ceil(length_km / (cell_km / 2)).astype(np.int64) + 1
    along = share.repeat(n_points) * _fractions(n_points)
    start, end = start.repeat(n_points), end.repeat(n_points)
    points = np.column_stack((x[start] + along * (x[end] - x[start]), y[start] + along * (y[end] - y[start])))
    columns, rows = np.floor(points / cell_km).astype(np.int64).T
    # One number for each cell: single numbers are sorted many times faster than pairs.
    cells = np.unique((columns << _SHIFT) + rows + _HALF)
    return cells >> _SHIFT, (cells & (2 * _HALF - 1)) - _HALF


def _fractions(n_points: LongArray | IntArray) -> FloatArray:
    """0 … 1 in equal steps, n_points of them for each road."""
    first = np.cumsum(n_points) - n_points
    number = np.arange(n_points.sum()) - first.repeat(n_points)
    return number / np.maximum(1, n_points - 1).repeat(n_points)
