"""Adjacency as flat arrays, and connected parts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from balancing.engine.arrays import IntArray, LongArray


class Adjacency(NamedTuple):
    """Neighbours of unit i are neighbours[starts[i]:starts[i + 1]], ascending, each once."""

    starts: LongArray
    neighbours: IntArray

    def around(self, unit: int) -> list[int]:
        """The neighbours of one unit."""
        found: list[int] = self.neighbours[self.starts[unit] : self.starts[unit + 1]].tolist()
        return found

    def pairs(self) -> tuple[IntArray, IntArray]:
        """Each adjacency in both directions: sources and targets."""
        sources = np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))
        return sources, self.neighbours


def clean_edges(edges: IntArray) -> IntArray:
    """Each pair once, lower index first, sorted, no loops."""
    keys = edges.min(axis=1).astype(np.int64)
    keys <<= 32
    keys |= edges.max(axis=1)
    is_loop = edges[:, 0] == edges[:, 1]
    if not (keys[1:] > keys[:-1]).all() or is_loop.any():
        keys = np.sort(keys[~is_loop])
        keys = keys[np.diff(keys, prepend=-1) > 0]
    found = np.empty((len(keys), 2), dtype=np.int32)
    found[:, 0] = keys >> 32
    found[:, 1] = keys & 0xFFFFFFFF
    return found


def adjacency(n_units: int, edges: IntArray) -> Adjacency:
    pairs = clean_edges(edges)
    starts = np.zeros(n_units + 1, dtype=np.int64)
    np.cumsum(np.bincount(pairs.ravel(), minlength=n_units), out=starts[1:])
    neighbours = np.empty(2 * len(pairs), dtype=np.int32)
    fill_neighbours(pairs, starts[:-1].copy(), neighbours)
    return Adjacency(starts, neighbours)


@njit(cache=True)
def fill_neighbours(pairs: IntArray, free: LongArray, neighbours: IntArray) -> None:
    """Both directions of sorted pairs; free (N,) holds the next free slot of each unit."""
    for lower in (True, False):
        for e in range(pairs.shape[0]):
            unit = pairs[e, 1] if lower else pairs[e, 0]
            neighbours[free[unit]] = pairs[e, 0] if lower else pairs[e, 1]
            free[unit] += 1


def parts(n_units: int, edges: IntArray) -> tuple[int, IntArray]:
    """Number of connected parts, and the part (N,) of each unit, numbered by their first units."""
    part = np.empty(n_units, dtype=np.int32)
    return find_parts(np.ascontiguousarray(edges), np.zeros(0, dtype=np.int32), part), part


def count_pieces(labels: IntArray, edges: IntArray) -> int:
    """Connected pieces that the territories of a plan make together; unassigned units are left out."""
    piece = np.empty(len(labels), dtype=np.int32)
    find_parts(np.ascontiguousarray(edges), labels.astype(np.int32), piece)
    return len(np.unique(piece[labels >= 0]))


@njit(cache=True)
def find_parts(edges: IntArray, labels: IntArray, part: IntArray) -> int:
    """Fill part (N,) with the number of each unit's connected part; returns how many there are.

    Where labels (N,) are given, edges between different ones do not count. Union-find, lower roots win, paths halved
    (Tarjan and van Leeuwen, 1984).
    """
    for i in range(len(part)):
        part[i] = i
    for e in range(len(edges)):
        i, j = edges[e, 0], edges[e, 1]
        if len(labels) > 0 and labels[i] != labels[j]:
            continue
        while part[i] != i:
            part[i] = part[part[i]]
            i = part[i]
        while part[j] != j:
            part[j] = part[part[j]]
            j = part[j]
        if i < j:
            part[j] = i
        else:
            part[i] = j
    count = 0
    for i in range(len(part)):
        # Roots come before what hangs on them, so what a unit hangs on is a number already.
        if part[i] == i:
            part[i] = count
            count += 1
        else:
            part[i] = part[part[i]]
    return count
