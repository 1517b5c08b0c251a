"""Who is next to whom among bare points: the edges of their Delaunay triangulation on the sphere.

Stereographic projection keeps circles circles, so that triangles with empty circles in the plane have them on the
ground. Places are inserted in rounds of random members rather than outwards from a middle one (Sinclair, 2010), which
needs twice the flips, and N^2 on a bent line.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from balancing.engine.arrays import FloatArray, IntArray, LongArray
from balancing.engine.delaunay import third_corner, triangulate
from balancing.engine.exceptions import ProblemError
from balancing.engine.geometry import stereographic
from balancing.engine.places import on_grid, places_of


def neighbour_edges(points: FloatArray) -> IntArray:
    """Pairs (E, 2) of neighbours among unit vectors (N, 3): each once, lower row first, sorted; always connected.

    They are the sides of triangles whose circle on the ground holds no other point, to a part in 2^29 of the extent
    of the points' stereographic projection: a centimetre on a continent, metres all round the globe. Of points spread
    over more than a hemisphere that still holds, but nobody is joined across the spot farthest from their middle. The
    outermost points are joined along their convex hull, however far apart: to leave out long edges is a question of
    modelling, and could cut the map in parts.

    Points of one place are put into the triangles around the first of them, one after the other, so that none is a
    dead end. Points on one line are joined along it.

    The same points in another order get the same edges, but that those of one place may change roles. Time grows as
    N log N. Raises ProblemError for anything but unit vectors.
    """
    _refuse_unless_unit_vectors(points)
    if len(points) < 2:
        return np.zeros((0, 2), dtype=np.int32)
    x, y = on_grid(stereographic(points))
    places = places_of(x, y)
    third = third_corner(places.x, places.y)
    if third < 0:
        line = np.lexsort((y, x))
        return _unpacked(_packed(line[:-1], line[1:]))
    corners, twins = np.empty((2, 6 * len(places.x) - 6), dtype=np.int32)
    triangulate(places.x, places.y, third, corners, twins)
    packed = np.empty(3 * len(points), dtype=np.int64)
    n_edges = list_edges(corners, places.rows, places.starts, packed)
    n_edges += list_duplicates(corners, twins, places.rows, places.starts, places.stops, packed[n_edges:])
    return _unpacked(packed[:n_edges])


def _refuse_unless_unit_vectors(points: FloatArray) -> None:
    if points.ndim != 2 or points.shape[1] != 3:
        raise ProblemError(f"points has shape {points.shape}, expected (N, 3)")
    bad = ~(np.abs(np.linalg.norm(points, axis=1) - 1) <= 1e-6)
    if bad.any():
        row = int(np.argmax(bad))
        raise ProblemError(f"points[{row}] is {points[row]}, expected a vector of length 1")


def _packed(some: LongArray, others: LongArray) -> LongArray:
    """Pairs as lower * 2^32 + higher."""
    return np.asarray((np.minimum(some, others) << 32) | np.maximum(some, others))


def _unpacked(packed: LongArray) -> IntArray:
    """Pairs (E, 2), sorted."""
    packed.sort()
    pairs = np.empty((len(packed), 2), dtype=np.int32)
    pairs[:, 0] = packed >> 32
    pairs[:, 1] = packed & 0xFFFFFFFF
    return pairs


@njit(cache=True, forceinline=True)
def _pack(i: int, j: int) -> int:
    return int((np.int64(min(i, j)) << 32) | max(i, j))


@njit(cache=True)
def list_edges(corners: IntArray, rows: IntArray, starts: LongArray, packed: LongArray) -> int:
    """Fill packed with the edges between the first rows of places; returns their number."""
    n_edges = 0
    for side in range(len(corners)):
        a, b = corners[side], corners[side // 3 * 3 + (side + 1) % 3]
        if a < b < len(starts):
            packed[n_edges] = _pack(rows[starts[a]], rows[starts[b]])
            n_edges += 1
    return n_edges


@njit(cache=True)
def _fill_fan(corners: IntArray, twins: IntArray, rows: IntArray, starts: LongArray, begin: int, fan: IntArray) -> int:
    """Fill fan (n, 3) with triangles around the place at which a side begins, as rows; returns their number."""
    n_triangles = 0
    side = begin
    while n_triangles < len(fan):
        base, turn = side // 3 * 3, side % 3
        b, c = corners[base + (turn + 1) % 3], corners[base + (turn + 2) % 3]
        if b < len(starts) and c < len(starts):
            fan[n_triangles, 0] = rows[starts[corners[side]]]
            fan[n_triangles, 1] = rows[starts[b]]
            fan[n_triangles, 2] = rows[starts[c]]
            n_triangles += 1
        side = twins[base + (turn + 2) % 3]
        if side == begin:
            break
    return n_triangles


@njit(cache=True)
def list_duplicates(
    corners: IntArray, twins: IntArray, rows: IntArray, starts: LongArray, stops: LongArray, packed: LongArray
) -> int:
    """Fill packed with the edges of all but the first row of each place; returns their number.

    Each of them goes into a triangle at its place, which becomes three; the oldest triangle is next, so that nobody
    collects many neighbours. The rows of place p are rows[starts[p]:stops[p]].
    """
    n_most = (stops - starts).max() - 1
    if n_most == 0:
        return 0
    side_at = np.empty(len(starts) + 1, np.int32)
    for side in range(len(corners)):
        side_at[corners[side]] = side
    triangles = np.empty((4 * n_most, 3), np.int32)
    n_edges = 0
    for place in range(len(starts)):
        n_extra = stops[place] - starts[place] - 1
        if n_extra == 0:
            continue
        n_triangles = _fill_fan(corners, twins, rows, starts, side_at[place], triangles[:n_extra])
        for number in range(n_extra):
            row = rows[starts[place] + 1 + number]
            for corner in range(3):
                other = triangles[number, corner]
                packed[n_edges] = _pack(row, other)
                n_edges += 1
                triangles[n_triangles, 0] = row
                triangles[n_triangles, 1] = other
                triangles[n_triangles, 2] = triangles[number, (corner + 1) % 3]
                n_triangles += 1
    return n_edges
