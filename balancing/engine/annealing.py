"""The search kernel: moves and swaps of boundary units, every territory kept connected (Metropolis et al., 1953).

Self-contained on purpose: numba's cache watches one file, so a kernel must not call kernels of another.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from balancing.engine.arrays import BoolArray, FloatArray, HashArray, IntArray, LongArray


class Terrain(NamedTuple):
    """What a search never changes. Loads are shares of each metric's total."""

    starts: LongArray
    neighbours: IntArray
    points: FloatArray
    travel_weights: FloatArray
    unit_loads: FloatArray
    shares: FloatArray
    tolerances: FloatArray
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
    """What the objective is made of during one segment; km unless said otherwise."""

    centres: FloatArray
    prices: FloatArray
    penalty: float
    disruption: float
    most_moved: float
    forbidden: float
    swap_chance: float
    reach: int


@njit(cache=True)
def _chance(random: HashArray) -> float:
    """Next number in [0, 1) of a SplitMix64 stream (Steele, Lea and Flood, 2014)."""
    random[0] += np.uint64(0x9E3779B97F4A7C15)
    mixed = random[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return float(mixed >> np.uint64(11)) * 1.1102230246251565e-16


@njit(cache=True, fastmath=True)
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
    i: int,
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


@njit(cache=True)
def _enlist(state: State, i: int, on_boundary: bool) -> None:
    listed = state.position[i] >= 0
    if on_boundary and not listed:
        end = state.counters[0]
        state.boundary[end] = i
        state.position[i] = end
        state.counters[0] = end + 1
    elif listed and not on_boundary:
        end = state.counters[0] - 1
        last = state.boundary[end]
        slot = state.position[i]
        state.boundary[slot] = last
        state.position[last] = slot
        state.position[i] = -1
        state.counters[0] = end


@njit(cache=True)
def _reassign(terrain: Terrain, state: State, i: int, target: int) -> None:
    """Give unit i to a territory and keep loads, sizes, boundary and moved weight up to date."""
    source = state.labels[i]
    state.labels[i] = target
    state.sizes[source] -= 1
    state.sizes[target] += 1
    for m in range(terrain.unit_loads.shape[1]):
        state.loads[source, m] -= terrain.unit_loads[i, m]
        state.loads[target, m] += terrain.unit_loads[i, m]
    today = terrain.current[i]
    if today == source:
        state.moved[0] += terrain.travel_weights[i]
    elif today == target:
        state.moved[0] -= terrain.travel_weights[i]
    foreign = 0
    for e in range(terrain.starts[i], terrain.starts[i + 1]):
        j = terrain.neighbours[e]
        label = state.labels[j]
        if label != target:
            foreign += 1
        if label == source:
            state.foreign[j] += 1
            _enlist(state, j, True)
        elif label == target:
            state.foreign[j] -= 1
            if state.foreign[j] == 0:
                _enlist(state, j, False)
    state.foreign[i] = foreign
    _enlist(state, i, foreign > 0)


@njit(cache=True)
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
        _enlist(state, i, foreign > 0)


@njit(cache=True, fastmath=True)
def _imbalance(load: float, share: float, tolerance: float) -> float:
    """Price of a load: mild towards the target, steep beyond the tolerance; in territories' worth x share."""
    deviation = abs(load / share - 1)
    excess = deviation - tolerance
    steep = excess + 10 * deviation * deviation if excess > 0 else 0.0
    return share * (2 * deviation * deviation + steep)


@njit(cache=True, fastmath=True)
def _own_cost(terrain: Terrain, terms: Terms, i: int, k: int) -> float:
    """Cost of unit i in territory k apart from balance: distance, prices, disruption, forbidden pairs."""
    cost = float(terrain.travel_weights[i] * _distance_km(terrain.points, i, terms.centres, k))
    for m in range(terrain.unit_loads.shape[1]):
        cost += terrain.unit_loads[i, m] * terms.prices[k, m]
    if terms.disruption > 0 and terrain.current[i] >= 0 and terrain.current[i] != k:
        cost += terms.disruption * terrain.travel_weights[i]
    if _is_forbidden(terrain.forbidden_starts, terrain.forbidden, i, k):
        cost += terms.forbidden
    return cost


@njit(cache=True, fastmath=True)
def _change(terrain: Terrain, state: State, terms: Terms, i: int, j: int, a: int, b: int) -> float:
    """Change of the objective when i goes from a to b and j, if any, from b to a."""
    change = _own_cost(terrain, terms, i, b) - _own_cost(terrain, terms, i, a)
    if j >= 0:
        change += _own_cost(terrain, terms, j, a) - _own_cost(terrain, terms, j, b)
    balance = 0.0
    for m in range(terrain.unit_loads.shape[1]):
        flow = terrain.unit_loads[i, m]
        if j >= 0:
            flow -= terrain.unit_loads[j, m]
        tolerance = terrain.tolerances[m]
        balance += _imbalance(state.loads[a, m] - flow, terrain.shares[a], tolerance)
        balance -= _imbalance(state.loads[a, m], terrain.shares[a], tolerance)
        balance += _imbalance(state.loads[b, m] + flow, terrain.shares[b], tolerance)
        balance -= _imbalance(state.loads[b, m], terrain.shares[b], tolerance)
    return change + terms.penalty * balance


@njit(cache=True)
def _newly_moved(terrain: Terrain, i: int, source: int, target: int) -> float:
    today, weight = terrain.current[i], float(terrain.travel_weights[i])
    if today == source:
        return weight
    return -weight if today == target else 0.0


@njit(cache=True)
def _partner(terrain: Terrain, state: State, i: int, near: int, a: int, b: int) -> int:
    """A boundary unit of b near i that touches a elsewhere, to be swapped for i; -1 = none."""
    j = near
    for _ in range(int(6 * _chance(state.random))):
        degree = terrain.starts[j + 1] - terrain.starts[j]
        other = terrain.neighbours[terrain.starts[j] + int(degree * _chance(state.random))]
        if state.labels[other] == b and state.foreign[other] > 0:
            j = other
    if terrain.locked[j]:
        return -1
    for e in range(terrain.starts[j], terrain.starts[j + 1]):
        if state.labels[terrain.neighbours[e]] == a and terrain.neighbours[e] != i:
            return j
    return -1


@njit(cache=True)
def _holds(terrain: Terrain, state: State, i: int, reach: int) -> bool:
    return stays_connected(
        terrain.starts, terrain.neighbours, state.labels, state.stamps, state.queue, state.counters, i, reach
    )


@njit(cache=True)
def _touches(terrain: Terrain, state: State, j: int, k: int) -> bool:
    touched = False
    for e in range(terrain.starts[j], terrain.starts[j + 1]):
        touched = touched or state.labels[terrain.neighbours[e]] == k
    return touched


@njit(cache=True)
def anneal(terrain: Terrain, state: State, terms: Terms, hot: float, cold: float, n_steps: int) -> None:
    """Metropolis steps while the temperature falls geometrically from hot to cold."""
    temperature = hot
    cooling = math.log(cold / hot)
    for step in range(n_steps):
        if step & 255 == 0:
            temperature = hot * math.exp(cooling * step / n_steps)
        if state.counters[0] == 0:
            return
        i = state.boundary[int(state.counters[0] * _chance(state.random))]
        if terrain.locked[i]:
            continue
        a = state.labels[i]
        first = terrain.starts[i]
        degree = terrain.starts[i + 1] - first
        turn = int(degree * _chance(state.random))
        near = -1
        for offset in range(degree):
            candidate = terrain.neighbours[first + (turn + offset) % degree]
            if state.labels[candidate] != a:
                near = candidate
                break
        b = state.labels[near]
        j = -1
        if _chance(state.random) < terms.swap_chance:
            j = _partner(terrain, state, i, near, a, b)
            if j < 0:
                continue
        elif state.sizes[a] <= 1:
            continue
        change = _change(terrain, state, terms, i, j, a, b)
        if change > 0 and _chance(state.random) >= math.exp(-change / temperature):
            continue
        if terms.most_moved < 1.0:
            moved = _newly_moved(terrain, i, a, b)
            if j >= 0:
                moved += _newly_moved(terrain, j, b, a)
            if moved > 0 and state.moved[0] + moved > terms.most_moved:
                continue
        if not _holds(terrain, state, i, terms.reach):
            continue
        _reassign(terrain, state, i, b)
        if j >= 0:
            if not (_touches(terrain, state, j, a) and _holds(terrain, state, j, terms.reach)):
                _reassign(terrain, state, i, a)
                continue
            _reassign(terrain, state, j, a)
        state.counters[2] += 1
