"""Delaunay triangulation of places on a grid of whole numbers, where every test is exact.

Each place is put into the triangle that holds it, and sides are flipped (Lawson, 1977) until no circle through a
triangle holds another place. No rounding can make two tests contradict each other, so that grids, lines and places on
a circle neither loop nor break. Beyond the hull is one more corner, so that every place has triangles all around it.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from balancing.engine.arrays import IntArray


@njit(cache=True, forceinline=True)
def _at(values: IntArray, i: int) -> int:
    """An entry as a wide number: with one type of index each kernel is compiled once."""
    return int(np.int64(values[i]))


@njit(cache=True, forceinline=True)
def _turn(x: IntArray, y: IntArray, a: int, b: int, c: int) -> int:
    """Twice the area of a triangle: positive when its corners turn left, zero on a line."""
    return int((x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]))


@njit(cache=True)
def third_corner(x: IntArray, y: IntArray) -> int:
    """The first place that makes a triangle with places 0 and 1; -1 where all are on one line."""
    for i in range(2, len(x)):
        if _turn(x, y, i - 2, i - 1, i) != 0:
            return i
    return -1


@njit(cache=True)
def is_in_circle_exactly(ax: int, ay: int, bx: int, by: int, cx: int, cy: int) -> bool:
    """Whether the origin lies in the circle through a, b, c, which turn left; coordinates below 2^29.

    The sum of three products of up to 118 bits, in three digits to base 2^30.
    """
    high, middle, low = 0, 0, 0
    for lift, cross in (
        (ax * ax + ay * ay, bx * cy - by * cx),
        (bx * bx + by * by, cx * ay - cy * ax),
        (cx * cx + cy * cy, ax * by - ay * bx),
    ):
        lift_low, cross_low = lift & 0x3FFFFFFF, cross & 0x3FFFFFFF
        high += (lift >> 30) * (cross >> 30)
        middle += (lift >> 30) * cross_low + lift_low * (cross >> 30)
        low += lift_low * cross_low
    middle += low >> 30
    high += middle >> 30
    return high > 0 or (high == 0 and (middle & 0x3FFFFFFF > 0 or low & 0x3FFFFFFF > 0))


@njit(cache=True, forceinline=True)
def _is_in_circle(x: IntArray, y: IntArray, a: int, b: int, c: int, place: int) -> bool:
    """Whether a place lies in the circle through a, b, c, which turn left.

    In floating point, but where the sign could be wrong (bound of Shewchuk, 1997) in whole numbers.
    """
    ax, ay = float(x[a] - x[place]), float(y[a] - y[place])
    bx, by = float(x[b] - x[place]), float(y[b] - y[place])
    cx, cy = float(x[c] - x[place]), float(y[c] - y[place])
    bx_cy, by_cx, cx_ay, cy_ax, ax_by, ay_bx = bx * cy, by * cx, cx * ay, cy * ax, ax * by, ay * bx
    a_lift, b_lift, c_lift = ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy
    value = a_lift * (bx_cy - by_cx) + b_lift * (cx_ay - cy_ax) + c_lift * (ax_by - ay_bx)
    size = a_lift * (abs(bx_cy) + abs(by_cx)) + b_lift * (abs(cx_ay) + abs(cy_ax)) + c_lift * (abs(ax_by) + abs(ay_bx))
    if abs(value) > 1.2e-15 * size:
        return bool(value > 0)
    is_in: bool = is_in_circle_exactly(
        x[a] - x[place], y[a] - y[place], x[b] - x[place], y[b] - y[place], x[c] - x[place], y[c] - y[place]
    )
    return is_in


@njit(cache=True, forceinline=True)
def _is_outside(x: IntArray, y: IntArray, a: int, b: int, place: int) -> bool:
    """Whether a place lies to the left of a side of the hull, seen from beyond, or on it between its ends."""
    turn = _turn(x, y, a, b, place)
    if turn != 0:
        return turn > 0
    return bool((x[a] - x[place]) * (x[b] - x[place]) + (y[a] - y[place]) * (y[b] - y[place]) < 0)


@njit(cache=True, forceinline=True)
def _conflicts(x: IntArray, y: IntArray, a: int, b: int, c: int, place: int) -> bool:
    """Whether a triangle cannot stay once a place is there; a corner beyond the hull has number N."""
    if a == len(x):
        return _is_outside(x, y, b, c, place)
    if b == len(x):
        return _is_outside(x, y, c, a, place)
    if c == len(x):
        return _is_outside(x, y, a, b, place)
    return _is_in_circle(x, y, a, b, c, place)


@njit(cache=True, forceinline=True)
def _next_side(side: int) -> int:
    return side + 1 if side % 3 < 2 else side - 2


@njit(cache=True, forceinline=True)
def _set_corners(corners: IntArray, side: int, a: int, b: int, c: int) -> None:
    corners[side], corners[side + 1], corners[side + 2] = a, b, c


@njit(cache=True, forceinline=True)
def _link(twins: IntArray, side: int, twin: int) -> None:
    twins[side] = twin
    twins[twin] = side


@njit(cache=True)
def _walk(x: IntArray, y: IntArray, corners: IntArray, twins: IntArray, triangle: int, place: int) -> int:
    """From a triangle to the one that holds a place, or to the one beyond a side of the hull that sees it."""
    for corner in range(3):
        if corners[3 * triangle + corner] == len(x):
            triangle = _at(twins, 3 * triangle + (corner + 1) % 3) // 3
            break
    came = -1
    while True:
        side = 3 * triangle
        a, b, c = _at(corners, side), _at(corners, side + 1), _at(corners, side + 2)
        if a == len(x) or b == len(x) or c == len(x):
            return triangle
        if side != came and _turn(x, y, a, b, place) < 0:
            came = _at(twins, side)
        elif side + 1 != came and _turn(x, y, b, c, place) < 0:
            came = _at(twins, side + 1)
        elif side + 2 != came and _turn(x, y, c, a, place) < 0:
            came = _at(twins, side + 2)
        else:
            return triangle
        triangle = came // 3


@njit(cache=True)
def _split(corners: IntArray, twins: IntArray, triangle: int, n_sides: int, place: int) -> None:
    """Make three triangles of one, all with the place as their first corner."""
    one, two, three = 3 * triangle, n_sides, n_sides + 3
    a, b, c = _at(corners, one), _at(corners, one + 1), _at(corners, one + 2)
    _set_corners(corners, one, place, a, b)
    _set_corners(corners, two, place, b, c)
    _set_corners(corners, three, place, c, a)
    _link(twins, two + 1, _at(twins, one + 1))
    _link(twins, three + 1, _at(twins, one + 2))
    _link(twins, one + 1, _at(twins, one))
    _link(twins, one + 2, two)
    _link(twins, two + 2, three)
    _link(twins, three + 2, one)


@njit(cache=True)
def _flip_around(x: IntArray, y: IntArray, corners: IntArray, twins: IntArray, triangle: int) -> None:
    """Flip what must be flipped around the newest place, the first corner of this triangle and those it belongs to.

    Only sides opposite that place can fail, and a flip leaves two of its triangles where one was: a walk around it
    meets them all.
    """
    place, begin = _at(corners, 3 * triangle), _at(corners, 3 * triangle + 2)
    while True:
        side = 3 * triangle
        a, b, across = _at(corners, side + 1), _at(corners, side + 2), _at(twins, side + 1)
        a_side = _next_side(across)
        b_side = _next_side(a_side)
        far = _at(corners, b_side)
        if _conflicts(x, y, b, a, far, place):
            a_twin, b_twin, place_twin = _at(twins, a_side), _at(twins, b_side), _at(twins, side)
            other = across // 3 * 3
            _set_corners(corners, side, place, far, b)
            _set_corners(corners, other, place, a, far)
            _link(twins, side, other + 2)
            _link(twins, side + 1, b_twin)
            _link(twins, other, place_twin)
            _link(twins, other + 1, a_twin)
        elif a == begin:
            return
        else:
            triangle = _at(twins, side) // 3


@njit(cache=True)
def triangulate(x: IntArray, y: IntArray, third: int, corners: IntArray, twins: IntArray) -> None:
    """Fill corners and twins (6N - 6,) with the triangles of places (N,); third is that of third_corner.

    Sides 3t, 3t + 1, 3t + 2 of triangle t begin at its corners and run around it to the left; a side's twin is the
    same line in the next triangle. Corner N is beyond the hull.
    """
    # Literals would each be a type of their own.
    a, b, beyond = int(np.int64(0)), int(np.int64(1)), len(x)
    if _turn(x, y, a, b, third) < 0:
        a, b = b, a
    for side, first, second, last in (
        (0, a, b, third),
        (3, b, a, beyond),
        (6, third, b, beyond),
        (9, a, third, beyond),
    ):
        _set_corners(corners, side, first, second, last)
    for side, twin in ((0, 3), (1, 6), (2, 9), (4, 11), (7, 5), (10, 8)):
        _link(twins, side, twin)
    triangle = int(twins[0]) // 3
    for n_inserted in range(3, len(x)):
        place = n_inserted - 1 if n_inserted <= third else n_inserted
        triangle = _walk(x, y, corners, twins, triangle, place)
        _split(corners, twins, triangle, 6 * n_inserted - 6, place)
        _flip_around(x, y, corners, twins, triangle)
