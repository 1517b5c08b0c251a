"""An area as ranges of tile-grid cells: squares wholly inside, and squares its edge runs through.

Under row-level security a spatial index cannot be used; ranges of `cell` can. Squares inside need no further test.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from accounts.cells import SIZE, ZOOM, mercator, morton

# Where refining stops: when the squares on the edge are this many, or this small (zoom 18 is 150 m at the equator).
EDGE_SQUARES_MAX = 400
ZOOM_MAX = 18


@dataclass(frozen=True)
class Cover:
    """Half-open ranges [low, high) in ascending order; `is_edge` where a point may lie on either side."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    is_edge: NDArray[np.bool_]

    def holds(self, cells: NDArray[np.int64], *, surely: bool = False) -> NDArray[np.bool_]:
        """Whether each cell lies in one of the ranges; `surely`: in one that is wholly inside the area."""
        if not len(self.low):
            return np.zeros(len(cells), dtype=bool)
        index = np.searchsorted(self.low, cells, side="right") - 1
        found = np.maximum(index, 0)
        within = (index >= 0) & (cells < self.high[found])
        return within & ~self.is_edge[found] if surely else within


NOWHERE = Cover(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0, dtype=bool))


def changed_ranges(old: Cover, new: Cover) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where a point may lie in one of two areas only: both covers without what is surely inside both."""
    bounds = np.unique(np.concatenate([old.low, old.high, new.low, new.high]))
    low, high = bounds[:-1], bounds[1:]
    held = old.holds(low) | new.holds(low)
    kept = held & ~(old.holds(low, surely=True) & new.holds(low, surely=True))
    return low[kept], high[kept]


def cover(area: Geometry) -> Cover:
    """Squares that together hold every point of the area."""
    shapely.prepare(area)
    x, y, zoom = _start(area)
    inside: list[tuple[NDArray[np.int64], int]] = []
    while True:
        squares = _squares(x, y, zoom)
        touched = shapely.intersects(area, squares)
        x, y, squares = x[touched], y[touched], squares[touched]
        contained = shapely.contains_properly(area, squares)
        inside.append((morton(x[contained], y[contained]), zoom))
        x, y = x[~contained], y[~contained]
        if zoom >= ZOOM_MAX or not 0 < len(x) <= EDGE_SQUARES_MAX / 2:
            break
        x, y, zoom = (x[:, None] * 2 + [0, 1, 0, 1]).ravel(), (y[:, None] * 2 + [0, 0, 1, 1]).ravel(), zoom + 1
    return _as_ranges(inside, (morton(x, y), zoom))


def _start(area: Geometry) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """The smallest zoom at which the area's bounds reach over at most two squares each way."""
    west, south, east, north = area.bounds
    x, y = mercator(np.array([west, east]), np.array([north, south]))
    span = int(max(x[1] - x[0], y[1] - y[0])) + 1
    zoom = min(max(ZOOM - (span - 1).bit_length(), 0), ZOOM_MAX)
    columns = np.arange(x[0] >> (ZOOM - zoom), (x[1] >> (ZOOM - zoom)) + 1)
    rows = np.arange(y[0] >> (ZOOM - zoom), (y[1] >> (ZOOM - zoom)) + 1)
    grid_x, grid_y = np.meshgrid(columns, rows)
    return grid_x.ravel(), grid_y.ravel(), zoom


def _squares(x: NDArray[np.int64], y: NDArray[np.int64], zoom: int) -> NDArray[np.object_]:
    """Squares of the grid in degrees; one cell wider all around, for points that were rounded into a cell."""
    side = 1 << (ZOOM - zoom)
    west, east = _longitude(x * side - 1), _longitude((x + 1) * side + 1)
    north, south = _latitude(y * side - 1), _latitude((y + 1) * side + 1)
    # The grid ends at 85.05 degrees: what lies beyond was clipped into its outermost cells.
    north = np.where(y == 0, 90.0, north)
    south = np.where((y + 1) * side >= SIZE, -90.0, south)
    return shapely.box(west, south, east, north)


def _longitude(x: NDArray[np.int64]) -> NDArray[np.float64]:
    return x / SIZE * 360.0 - 180.0


def _latitude(y: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y / SIZE))))


def _as_ranges(inside: list[tuple[NDArray[np.int64], int]], edge: tuple[NDArray[np.int64], int]) -> Cover:
    parts = [(codes, zoom, False) for codes, zoom in inside] + [(*edge, True)]
    low = np.concatenate([codes << 2 * (ZOOM - zoom) for codes, zoom, _ in parts]).astype(np.int64)
    high = np.concatenate([(codes + 1) << 2 * (ZOOM - zoom) for codes, zoom, _ in parts]).astype(np.int64)
    is_edge = np.concatenate([np.full(len(codes), flag) for codes, _, flag in parts])
    order = np.argsort(low)
    return _merged(low[order], high[order], is_edge[order])


def _merged(low: NDArray[np.int64], high: NDArray[np.int64], is_edge: NDArray[np.bool_]) -> Cover:
    """Neighbouring ranges of one kind become one."""
    if not len(low):
        return Cover(low, high, is_edge)
    starts = np.flatnonzero(np.r_[True, (low[1:] != high[:-1]) | (is_edge[1:] != is_edge[:-1])])
    ends = np.r_[starts[1:], len(low)] - 1
    return Cover(low[starts], high[ends], is_edge[starts])
