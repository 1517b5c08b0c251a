"""The search kernel: moves and swaps of boundary units, every territory kept connected (Metropolis et al., 1953).

Self-contained on purpose: numba's cache watches one file, so a kernel must not call kernels of another.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from balancing.engine.arrays import BoolArray, FloatArray, HashArray, IntArray, LongArray

_INNER = 0.95  # part of a band where a load costs nothing: a price on it would be paid in distance


class Terrain(NamedTuple):
    """What a search never changes. Loads are shares of each metric's total.

    crossings    (len(neighbours),) km that having both ends of a link in one territory is worth; empty = nothing
    travel       (N, S) from units to sites in place of km; (0, 0) = as the crow flies
    aims         (K, M) load aimed at within low and high (K, M)
    soft_prices  (M,) km that a whole metric out of band is worth; -1 = it must not be
    locked       (N,) units that never change territory
    """

    starts: LongArray
    neighbours: IntArray
    crossings: FloatArray
    points: FloatArray
    travel: FloatArray
    travel_weights: FloatArray
    unit_loads: FloatArray
    shares: FloatArray
    aims: FloatArray
    low: FloatArray
    high: FloatArray
    soft_prices: FloatArray
    current: IntArray
    locked: BoolArray
    forbidden_starts: LongArray
    forbidden: IntArray


class State(NamedTuple):
    """A plan under search, with its boundary list. counters: boundary length, stamp, accepted moves."""

    labels: IntArray
    loads: FloatArray
    sizes: LongArray
    foreign: IntArray
    boundary: IntArray
    position: IntArray
    stamps: LongArray
    queue: IntArray
    counters: LongArray
    moved: FloatArray
    random: HashArray


class Terms(NamedTuple):
    """What the objective is made of during one segment; km unless said otherwise. sites (K,) of the centres."""

    centres: FloatArray
    sites: LongArray
    prices: FloatArray
    penalty: float
    disruption: float
    most_moved: float
    forbidden: float
    swap_chance: float
    reach: int


@njit(cache=True, forceinline=True)
def _chance(random: HashArray) -> float:
    """Next number in [0, 1) of a SplitMix64 stream (Steele, Lea and Flood, 2014)."""
    random[0] += np.uint64(0x9E3779B97F4A7C15)
    mixed = random[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return float(mixed >> np.uint64(11)) * 1.1102230246251565e-16


@njit(cache=True, fastmath=True, forceinline=True)
def _distance_km(points: FloatArray, i: int, centres: FloatArray, k: int) -> float:
    dx = points[i, 0] - centres[k, 0]
    dy = points[i, 1] - centres[k, 1]
    dz = points[i, 2] - centres[k, 2]
    square = dx * dx + dy * dy + dz * dz
    return 6371.0088 * math.sqrt(square) * float(1 + square * (1 / 24 + square * (3 / 640)))


@njit(cache=True)
def _is_forbidden(starts: LongArray, forbidden: IntArray, i: int, k: int) -> bool:
    listed = False
    for f in range(starts[i], starts[i + 1]):
        listed = listed or forbidden[f] == k
    return listed


@njit(cache=True)
def stays_connected(
    starts: LongArray,
    neighbours: IntArray,
    labels: IntArray,
    stamps: LongArray,
    queue: IntArray,
    counters: LongArray,
    i: int | np.int64,
    reach: int,
) -> bool:
    """Whether the territory of unit i holds together without it, looking at most `reach` units far.

    First among i's own neighbours, then by breadth-first search; False where it could not be shown.
    """
    own = labels[i]
    wanted = 0
    first = -1
    for e in range(starts[i], starts[i + 1]):
        if labels[neighbours[e]] == own:
            wanted += 1
            first = neighbours[e]
    if wanted <= 1:
        return True
    for ring_only in (True, False):
        counters[1] += 2
        sought, seen = counters[1] - 1, counters[1]
        for e in range(starts[i], starts[i + 1]):
            if labels[neighbours[e]] == own:
                stamps[neighbours[e]] = sought
        stamps[i] = seen
        stamps[first] = seen
        queue[0] = first
        head, tail, found = 0, 1, 1
        while head < tail and tail < reach:
            u = queue[head]
            head += 1
            for e in range(starts[u], starts[u + 1]):
                v = neighbours[e]
                if labels[v] != own or stamps[v] == seen:
                    continue
                if stamps[v] == sought:
                    found += 1
                    if found == wanted:
                        return True
                elif ring_only:
                    continue
                stamps[v] = seen
                queue[tail] = v
                tail += 1
    return False


@njit(cache=True, forceinline=True)
def _enlist(boundary: IntArray, position: IntArray, counters: LongArray, i: int) -> None:
    position[i] = counters[0]
    boundary[counters[0]] = i
    counters[0] += 1


@njit(cache=True, forceinline=True)
def _strike(boundary: IntArray, position: IntArray, counters: LongArray, i: int) -> None:
    counters[0] -= 1
    last = boundary[counters[0]]
    boundary[position[i]] = last
    position[last] = position[i]
    position[i] = -1


@njit(cache=True)
def _newly_moved(terrain: Terrain, i: int, source: int, target: int) -> float:
    today, weight = terrain.current[i], float(terrain.travel_weights[i])
    if today == source:
        return weight
    return -weight if today == target else 0.0


@njit(cache=True)
def _reassign(terrain: Terrain, state: State, i: int, target: int) -> None:
    """Give unit i to a territory and keep loads, sizes, boundary and moved weight up to date."""
    starts, neighbours, unit_loads = terrain.starts, terrain.neighbours, terrain.unit_loads
    labels, foreign, loads = state.labels, state.foreign, state.loads
    boundary, position, counters = state.boundary, state.position, state.counters
    source = labels[i]
    labels[i] = target
    state.sizes[source] -= 1
    state.sizes[target] += 1
    for m in range(unit_loads.shape[1]):
        loads[source, m] -= unit_loads[i, m]
        loads[target, m] += unit_loads[i, m]
    state.moved[0] += _newly_moved(terrain, i, source, target)
    foreign[i] = 0
    for e in range(starts[i], starts[i + 1]):
        j = neighbours[e]
        label = labels[j]
        if label != target:
            foreign[i] += 1
        if label == source:
            foreign[j] += 1
            if position[j] < 0:
                _enlist(boundary, position, counters, j)
        elif label == target:
            foreign[j] -= 1
            if foreign[j] == 0:
                _strike(boundary, position, counters, j)
    if foreign[i] > 0 and position[i] < 0:
        _enlist(boundary, position, counters, i)
    elif foreign[i] == 0 and position[i] >= 0:
        _strike(boundary, position, counters, i)


@njit(cache=True, nogil=True)
def fill_state(terrain: Terrain, state: State) -> None:
    """Loads, sizes, boundary and moved weight from the labels."""
    state.loads[:] = 0.0
    state.sizes[:] = 0
    state.position[:] = -1
    state.counters[0] = 0
    state.moved[0] = 0.0
    for i in range(len(state.labels)):
        k = state.labels[i]
        state.sizes[k] += 1
        for m in range(terrain.unit_loads.shape[1]):
            state.loads[k, m] += terrain.unit_loads[i, m]
        if terrain.current[i] >= 0 and terrain.current[i] != k:
            state.moved[0] += terrain.travel_weights[i]
        foreign = 0
        for e in range(terrain.starts[i], terrain.starts[i + 1]):
            if state.labels[terrain.neighbours[e]] != k:
                foreign += 1
        state.foreign[i] = foreign
        if foreign > 0:
            _enlist(state.boundary, state.position, state.counters, i)


@njit(cache=True, fastmath=True, forceinline=True)
def _beyond(load: float, low: float, high: float) -> float:
    return float(max(load - high, low - load, 0.0))


@njit(cache=True, fastmath=True, forceinline=True)
def _imbalance(load: float, share: float, aim: float, low: float, high: float) -> float:
    """Price of a load, in territories' worth x share: none well within the band, mild at its edges, steep beyond."""
    edge = _beyond(load, aim - _INNER * (aim - low), aim + _INNER * (high - aim))
    excess = _beyond(load, low, high)
    steep = excess * (share + 10 * excess) if excess > 0 else 0.0
    return (2 * edge * edge + steep) / share


@njit(cache=True, fastmath=True, forceinline=True)
def _travel_cost(
    points: FloatArray,
    travel: FloatArray,
    travel_weights: FloatArray,
    unit_loads: FloatArray,
    centres: FloatArray,
    sites: LongArray,
    prices: FloatArray,
    i: int,
    k: int,
) -> float:
    """Weighted way of unit i to centre k plus the prices of its loads there."""
    way = travel[i, sites[k]] if travel.shape[0] > 0 else _distance_km(points, i, centres, k)
    cost = float(travel_weights[i] * way)
    for m in range(unit_loads.shape[1]):
        cost += unit_loads[i, m] * prices[k, m]
    return cost


@njit(cache=True, fastmath=True, forceinline=True)
def _balance_change(
    loads: FloatArray,
    unit_loads: FloatArray,
    shares: FloatArray,
    aims: FloatArray,
    low: FloatArray,
    high: FloatArray,
    soft_prices: FloatArray,
    penalty: float,
    i: int,
    j: int,
    a: int,
    b: int,
) -> float:
    """Change of what the imbalance of a and b costs when i goes from a to b and j, if any, from b to a."""
    hard = 0.0
    soft = 0.0
    for m in range(len(soft_prices)):
        flow = unit_loads[i, m]
        if j >= 0:
            flow -= unit_loads[j, m]
        if soft_prices[m] < 0:
            hard += _imbalance(loads[a, m] - flow, shares[a], aims[a, m], low[a, m], high[a, m])
            hard -= _imbalance(loads[a, m], shares[a], aims[a, m], low[a, m], high[a, m])
            hard += _imbalance(loads[b, m] + flow, shares[b], aims[b, m], low[b, m], high[b, m])
            hard -= _imbalance(loads[b, m], shares[b], aims[b, m], low[b, m], high[b, m])
        else:
            beyond = _beyond(loads[a, m] - flow, low[a, m], high[a, m]) - _beyond(loads[a, m], low[a, m], high[a, m])
            beyond += _beyond(loads[b, m] + flow, low[b, m], high[b, m]) - _beyond(loads[b, m], low[b, m], high[b, m])
            soft += soft_prices[m] * beyond
    return penalty * hard + soft


@njit(cache=True)
def _crossing_change(terrain: Terrain, labels: IntArray, i: int, other: int, a: int, b: int) -> float:
    """Change of what soft barriers inside territories cost when i goes from a to b while `other` goes back."""
    change = 0.0
    for e in range(terrain.starts[i], terrain.starts[i + 1]):
        v = terrain.neighbours[e]
        if v == other:
            continue
        if labels[v] == b:
            change += terrain.crossings[e]
        elif labels[v] == a:
            change -= terrain.crossings[e]
    return change


@njit(cache=True)
def _wish_cost(terrain: Terrain, terms: Terms, i: int, k: int) -> float:
    """Price of having unit i in territory k against today's plan or a forbidden pair."""
    cost = 0.0
    if terrain.current[i] >= 0 and terrain.current[i] != k:
        cost += terms.disruption * terrain.travel_weights[i]
    if _is_forbidden(terrain.forbidden_starts, terrain.forbidden, i, k):
        cost += terms.forbidden
    return cost


@njit(cache=True, forceinline=True)
def _partner(
    starts: LongArray,
    neighbours: IntArray,
    labels: IntArray,
    foreign: IntArray,
    random: HashArray,
    i: int,
    near: int,
    a: int,
    b: int,
) -> int:
    """A boundary unit of b near i that touches a elsewhere, to be swapped for i; -1 = none."""
    j = near
    for _ in range(int(6 * _chance(random))):
        first = starts[j]
        other = neighbours[first + int((starts[j + 1] - first) * _chance(random))]
        if labels[other] == b and foreign[other] > 0:
            j = other
    for e in range(starts[j], starts[j + 1]):
        if labels[neighbours[e]] == a and neighbours[e] != i:
            return j
    return -1


@njit(cache=True)
def _is_within_limit(terrain: Terrain, state: State, most_moved: float, i: int, j: int, a: int, b: int) -> bool:
    """Whether i to b and j, if any, to a keeps to the most that may move, or at least moves no more."""
    moved = _newly_moved(terrain, i, a, b)
    if j >= 0:
        moved += _newly_moved(terrain, j, b, a)
    return moved <= 0 or state.moved[0] + moved <= most_moved


@njit(cache=True)
def _try_moves(terrain: Terrain, state: State, reach: int, i: int, j: int, a: int, b: int) -> bool:
    """Give i to b and j, if any, to a where both stay connected; else leave all as it was."""
    starts, neighbours, labels = terrain.starts, terrain.neighbours, state.labels
    stamps, queue, counters = state.stamps, state.queue, state.counters
    # One type of index, or the kernel is compiled twice.
    if not stays_connected(starts, neighbours, labels, stamps, queue, counters, np.int64(i), reach):
        return False
    _reassign(terrain, state, i, b)
    if j < 0:
        return True
    touches = False
    for e in range(starts[j], starts[j + 1]):
        touches = touches or labels[neighbours[e]] == a
    if touches and stays_connected(starts, neighbours, labels, stamps, queue, counters, np.int64(j), reach):
        _reassign(terrain, state, j, a)
        return True
    _reassign(terrain, state, i, a)
    return False


@njit(cache=True, nogil=True)
def anneal(terrain: Terrain, state: State, terms: Terms, hot: float, cold: float, n_steps: int) -> None:
    """Metropolis steps while the temperature falls geometrically from hot to cold."""
    # Plain local arrays: reading a field of a tuple inside the loop costs a reference count each time.
    starts, neighbours, locked = terrain.starts, terrain.neighbours, terrain.locked
    points, weights, unit_loads = terrain.points, terrain.travel_weights, terrain.unit_loads
    travel, sites = terrain.travel, terms.sites
    shares, aims, low, high = terrain.shares, terrain.aims, terrain.low, terrain.high
    soft_prices, centres, prices = terrain.soft_prices, terms.centres, terms.prices
    labels, loads, sizes, foreign = state.labels, state.loads, state.sizes, state.foreign
    boundary, counters, random = state.boundary, state.counters, state.random
    has_wishes = terms.disruption > 0 or len(terrain.forbidden) > 0
    has_crossings = len(terrain.crossings) > 0
    temperature = hot
    cooling = math.log(cold / hot)
    for step in range(n_steps):
        if step & 255 == 0:
            temperature = hot * math.exp(cooling * step / n_steps)
        if counters[0] == 0:
            return
        i = boundary[int(counters[0] * _chance(random))]
        if locked[i]:
            continue
        a = labels[i]
        degree = starts[i + 1] - starts[i]
        turn = int(degree * _chance(random))
        near = i
        for _ in range(degree):
            near = neighbours[starts[i] + turn]
            if labels[near] != a:
                break
            turn = turn + 1 if turn + 1 < degree else 0
        b = labels[near]
        j = -1
        if _chance(random) < terms.swap_chance:
            j = _partner(starts, neighbours, labels, foreign, random, i, near, a, b)
            if j < 0 or locked[j]:
                continue
        elif sizes[a] <= 1:
            continue
        change = _balance_change(loads, unit_loads, shares, aims, low, high, soft_prices, terms.penalty, i, j, a, b)
        change += _travel_cost(points, travel, weights, unit_loads, centres, sites, prices, i, b)
        change -= _travel_cost(points, travel, weights, unit_loads, centres, sites, prices, i, a)
        if j >= 0:
            change += _travel_cost(points, travel, weights, unit_loads, centres, sites, prices, j, a)
            change -= _travel_cost(points, travel, weights, unit_loads, centres, sites, prices, j, b)
        if has_wishes:
            change += _wish_cost(terrain, terms, i, b) - _wish_cost(terrain, terms, i, a)
            if j >= 0:
                change += _wish_cost(terrain, terms, j, a) - _wish_cost(terrain, terms, j, b)
        if has_crossings:
            change += _crossing_change(terrain, labels, i, j, a, b)
            if j >= 0:
                change += _crossing_change(terrain, labels, j, i, b, a)
        if change > 0 and _chance(random) >= math.exp(-change / temperature):
            continue
        if terms.most_moved < 1.0 and not _is_within_limit(terrain, state, terms.most_moved, i, j, a, b):
            continue
        if _try_moves(terrain, state, terms.reach, i, j, a, b):
            counters[2] += 1
