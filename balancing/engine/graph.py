"""Adjacency as flat arrays, and connected parts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

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
    low, high = edges.min(axis=1), edges.max(axis=1)
    keys = (low.astype(np.int64) << 32) | high
    if not (np.diff(keys) > 0).all() or (low == high).any():
        keys = np.sort(keys[low != high])
        keys = keys[np.diff(keys, prepend=-1) > 0]
    return np.column_stack((keys >> 32, keys & 0xFFFFFFFF)).astype(np.int32)


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
    """Number of connected parts, and the part of each unit."""
    graph = coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(n_units, n_units))
    count, labels = connected_components(graph, directed=False)
    return int(count), labels.astype(np.int32)


def count_pieces(labels: IntArray, edges: IntArray) -> int:
    """Connected pieces that the territories of a plan make together; unassigned units are left out."""
    same = labels[edges[:, 0]] == labels[edges[:, 1]]
    _, pieces = parts(len(labels), edges[same])
    return len(np.unique(pieces[labels >= 0]))
