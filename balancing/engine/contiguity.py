"""From a diagram to connected territories: nearest-by-price labels, one piece per territory, none empty."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np
from numba import njit

from balancing.engine.arrays import BoolArray, FloatArray, IntArray, LongArray
from balancing.engine.graph import Adjacency, parts


@njit(cache=True, fastmath=True, nogil=True)
def nearest_by_price(points: FloatArray, centres: FloatArray, prices: FloatArray, labels: IntArray) -> None:
    """Label each point with the centre of least distance + price."""
    for i in range(points.shape[0]):
        least = 1e300
        for k in range(centres.shape[0]):
            dx = points[i, 0] - centres[k, 0]
            dy = points[i, 1] - centres[k, 1]
            dz = points[i, 2] - centres[k, 2]
            square = dx * dx + dy * dy + dz * dz
            value = 6371.0088 * math.sqrt(square) * (1 + square / 24) + prices[k]
            if value < least:
                least = value
                labels[i] = k


@njit(cache=True)
def drop_small_pieces(
    starts: LongArray, neighbours: IntArray, weights: FloatArray, locked: BoolArray, labels: IntArray
) -> int:
    """Unassign all but the heaviest piece of each territory; locked units stay. Returns how many were cut."""
    n_units = len(labels)
    piece = np.full(n_units, -1, np.int32)
    queue = np.empty(n_units, np.int32)
    n_territories = 0
    for i in range(n_units):
        n_territories = max(n_territories, labels[i] + 1)
    best_weight = np.full(n_territories, -1.0)
    best_piece = np.full(n_territories, -1, np.int32)
    n_pieces = 0
    for seed in range(n_units):
        label = labels[seed]
        if label < 0 or piece[seed] >= 0:
            continue
        queue[0] = seed
        piece[seed] = n_pieces
        head, tail, weight = 0, 1, 0.0
        while head < tail:
            i = queue[head]
            head += 1
            weight += weights[i] + (1e6 if locked[i] else 0.0)
            for e in range(starts[i], starts[i + 1]):
                j = neighbours[e]
                if piece[j] < 0 and labels[j] == label:
                    piece[j] = n_pieces
                    queue[tail] = j
                    tail += 1
        if weight > best_weight[label]:
            best_weight[label] = weight
            best_piece[label] = n_pieces
        n_pieces += 1
    n_cut = 0
    for i in range(n_units):
        if labels[i] >= 0 and piece[i] != best_piece[labels[i]] and not locked[i]:
            labels[i] = -1
            n_cut += 1
    return n_cut


@njit(cache=True)
def grow(
    starts: LongArray,
    neighbours: IntArray,
    points: FloatArray,
    centres: FloatArray,
    prices: FloatArray,
    labels: IntArray,
) -> int:
    """Give unassigned units, wave by wave, to the cheapest territory beside them. Returns how many remain."""
    n_units = len(labels)
    left = 0
    for i in range(n_units):
        if labels[i] < 0:
            left += 1
    while left > 0:
        given = 0
        for i in range(n_units):
            if labels[i] >= 0:
                continue
            least, chosen = 1e300, -1
            for e in range(starts[i], starts[i + 1]):
                k = labels[neighbours[e]]
                if k >= 0:
                    dx = points[i, 0] - centres[k, 0]
                    dy = points[i, 1] - centres[k, 1]
                    dz = points[i, 2] - centres[k, 2]
                    value = 6371.0088 * math.sqrt(dx * dx + dy * dy + dz * dz) + prices[k]
                    if value < least:
                        least, chosen = value, k
            if chosen >= 0:
                labels[i] = chosen
                given += 1
        left -= given
        if given == 0:
            break
    return left


@dataclass(frozen=True)
class Limits:
    """What a repair must respect: locked units (N,) and forbidden pairs (unit, territory)."""

    locked: BoolArray
    forbidden: frozenset[tuple[int, int]]

    def allows(self, unit: int, territory: int) -> bool:
        return not self.locked[unit] and (unit, territory) not in self.forbidden


def make_connected(
    graph: Adjacency,
    points: FloatArray,
    weights: FloatArray,
    limits: Limits,
    centres: FloatArray,
    prices: FloatArray,
    labels: IntArray,
) -> IntArray:
    """Every unit in a territory, every territory non-empty and, as far as locks allow, in one piece."""
    repaired = labels.copy()
    for _ in range(3):
        drop_small_pieces(graph.starts, graph.neighbours, weights, limits.locked, repaired)
        _seed_empty(points, limits.locked, centres, repaired)
        _join_stranded(graph, limits, repaired)
        grow(graph.starts, graph.neighbours, points, centres, prices, repaired)
    lost = np.flatnonzero(repaired < 0)
    if len(lost):
        nearest = np.empty(len(lost), dtype=np.int32)
        nearest_by_price(np.ascontiguousarray(points[lost]), centres, prices, nearest)
        repaired[lost] = nearest
    return repaired


def _join_stranded(graph: Adjacency, limits: Limits, labels: IntArray) -> None:
    """Lay a path to its territory from each locked piece cut off from it, and to another territory from
    each unit in one that is forbidden to it."""
    if not limits.locked.any() and not limits.forbidden:
        return
    sources, targets = graph.pairs()
    same = labels[sources] == labels[targets]
    _, piece = parts(len(labels), np.column_stack((sources, targets))[same])
    assigned = np.flatnonzero(labels >= 0)
    weight = np.bincount(piece, np.where(limits.locked, 1e6, 1.0))
    main = np.full(int(labels.max()) + 1, -1, dtype=np.int64)
    for unit in assigned[np.argsort(weight[piece[assigned]], kind="stable")]:
        main[labels[unit]] = piece[unit]
    stranded = assigned[limits.locked[assigned] & (piece[assigned] != main[labels[assigned]])]
    for unit in stranded[np.unique(piece[stranded], return_index=True)[1]]:
        own = int(labels[unit])
        _lay_path(graph, limits, labels, int(unit), own, piece == main[own])
    for unit, territory in sorted(limits.forbidden):
        if labels[unit] == territory and not limits.locked[unit]:
            _lay_path(graph, limits, labels, unit, None, (labels >= 0) & (labels != territory))


def _lay_path(
    graph: Adjacency, limits: Limits, labels: IntArray, unit: int, territory: int | None, goals: BoolArray
) -> None:
    """Give the units on a shortest path from unit to a goal to the territory (None: to the goal's own)."""
    came_from = {unit: unit}
    queue = deque([unit])
    while queue:
        here = queue.popleft()
        for there in graph.around(here):
            if there in came_from:
                continue
            kept = int(labels[there]) if territory is None else territory
            if goals[there] and (unit, kept) not in limits.forbidden:
                while True:
                    if not limits.locked[here]:
                        labels[here] = kept
                    if here == unit:
                        return
                    here = came_from[here]
            if not limits.locked[there] and (territory is None or limits.allows(there, territory)):
                came_from[there] = here
                queue.append(there)


def _seed_empty(points: FloatArray, locked: BoolArray, centres: FloatArray, labels: IntArray) -> None:
    """Give each empty territory the nearest unit of one that can spare it."""
    sizes = np.bincount(labels[labels >= 0], minlength=len(centres))
    for k in np.flatnonzero(sizes == 0):
        distances = np.linalg.norm(points - centres[k], axis=1)
        spare = ~locked & ((labels < 0) | (sizes[labels] > 1))
        if not spare.any():
            return
        distances[~spare] = np.inf
        taken = int(np.argmin(distances))
        if labels[taken] >= 0:
            sizes[labels[taken]] -= 1
        labels[taken] = k
        sizes[k] = 1
