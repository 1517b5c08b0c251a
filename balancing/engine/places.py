"""Points as places on a grid of whole numbers: on a curve, duplicates together, and in rounds to be inserted in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from balancing.engine.arrays import AnyArray, FloatArray, IntArray, LongArray

_GRID_BITS = 29  # a centimetre on a continent; circles are tested in whole numbers that then stay below 2^63


class Places(NamedTuple):
    """Places (P,) in the order they are to be inserted in.

    x, y           (P,) where they are
    rows           (N,) points by place; those of place p are rows[starts[p]:stops[p]], lowest first
    starts, stops  (P,)
    """

    x: IntArray
    y: IntArray
    rows: IntArray
    starts: LongArray
    stops: LongArray


def on_grid(plane: FloatArray) -> tuple[IntArray, IntArray]:
    """At least one point (N, 2) of a plane as whole numbers in 0..2^29 - 1, to the same scale along both axes."""
    corner = plane.min(axis=0)
    extent = float((plane.max(axis=0) - corner).max())
    scale = (2**_GRID_BITS - 1) / extent if extent > 0 else 0.0
    x, y = (np.rint((plane[:, axis] - corner[axis]) * scale).astype(np.int32) for axis in range(2))
    return x, y


def places_of(x: IntArray, y: IntArray) -> Places:
    """The places of points (N,) on the grid, in rounds of random members (Amenta, Choi and Rote, 2003).

    Each round is about as large as all before it and sorted along a curve: the next place is then a few triangles
    away from the last, and no layout of points makes many flips likely.
    """
    keys = curve_keys(x, y)
    rows = np.argsort(keys, kind="stable").astype(np.int32)
    firsts = np.flatnonzero(np.diff(keys[rows], prepend=-1))
    sequence = np.argsort(round_numbers(x[rows[firsts]], y[rows[firsts]]), kind="stable")
    starts, stops = firsts[sequence], np.append(firsts[1:], len(x))[sequence]
    return Places(x[rows[starts]], y[rows[starts]], rows, starts, stops)


@njit(cache=True, forceinline=True)
def _spread(bits: int) -> int:
    """A bit's room between each two bits of a number below 2^32."""
    bits = (bits | (bits << 16)) & 0x0000FFFF0000FFFF
    bits = (bits | (bits << 8)) & 0x00FF00FF00FF00FF
    bits = (bits | (bits << 4)) & 0x0F0F0F0F0F0F0F0F
    bits = (bits | (bits << 2)) & 0x3333333333333333
    return (bits | (bits << 1)) & 0x5555555555555555


@njit(cache=True)
def curve_keys(x: IntArray, y: IntArray) -> LongArray:
    """Key (N,) of each place along a curve that keeps neighbours together (Morton, 1966)."""
    keys = np.empty(len(x), np.int64)
    for i in range(len(x)):
        keys[i] = _spread(int(np.int64(x[i]))) | (_spread(int(np.int64(y[i]))) << 1)
    return keys


@njit(cache=True)
def round_numbers(x: IntArray, y: IntArray) -> AnyArray:
    """Round (N,) of each place: half of all are in the last, half of the others in the one before, and so on.

    Drawn from the place itself (SplitMix64; Steele, Lea and Flood, 2014), so that it does not depend on the row.
    """
    rounds = np.empty(len(x), np.uint8)
    last = 0
    while len(x) >> last > 1:
        last += 1
    for i in range(len(x)):
        mixed = ((np.uint64(x[i]) << np.uint64(32)) | np.uint64(y[i])) + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
        rounds[i] = last
        while rounds[i] > 0 and mixed & np.uint64(1):
            mixed >>= np.uint64(1)
            rounds[i] -= 1
    return rounds
