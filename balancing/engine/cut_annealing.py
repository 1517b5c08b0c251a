"""Kernels of the search for fewest cut edges: flips and swaps of boundary units, and pairs of territories split anew.

Annealing (Metropolis et al., 1953). The splits are those of recombination (DeFord, Duchin and Solomon, 2021): merge two
neighbours, draw a spanning tree, cut it; here every cut of the tree is looked at, and the best one taken.

Self-contained like the other kernels: numba's cache watches one file, so a kernel must not call kernels of another.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from balancing.engine.arrays import FloatArray, HashArray, IntArray, LongArray
from balancing.engine.cut_state import CutState, CutTerrain, SplitTree

_EXACT = 1e-10  # of a target: what the sums' rounding may put a load outside its band
_TRIES = 12
_SLACK = 0.03  # targets; cuts of a tree this much further out of balance than the best balanced one may be taken
_HOPELESS = 8.0  # temperatures; a change as bad as this is hardly ever accepted


class Heat(NamedTuple):
    """First and last temperature, in cut edges; first and last penalty, in cut edges per target out of balance."""

    temperature: tuple[float, float]
    penalty: tuple[float, float]


class Steps(NamedTuple):
    """What kinds of steps to try; reach is how many units to search for a way round a unit that leaves."""

    swap_chance: float
    resplit_chance: float
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


@njit(cache=True, forceinline=True)
def _at(values: IntArray, i: int) -> int:
    """An entry as a 64-bit integer, so that no kernel is compiled once more for a narrower one."""
    return int(values[i] + 0)


@njit(cache=True, forceinline=True)
def _is_forbidden(starts: LongArray, forbidden: IntArray, i: int, k: int) -> int:
    """1 where unit i may not be in territory k, else 0."""
    listed = 0
    for f in range(starts[i], starts[i + 1]):
        if forbidden[f] == k:
            listed = 1
    return listed


@njit(cache=True, forceinline=True)
def _outside(low: FloatArray, high: FloatArray, targets: FloatArray, k: int, m: int, load: float) -> float:
    """How far a load is outside its band, in targets."""
    beyond = max(low[k, m] - load, load - high[k, m])
    return beyond / targets[k, m] if beyond > _EXACT * targets[k, m] else 0.0


@njit(cache=True)
def _renew_violation(terrain: CutTerrain, state: CutState, k: int) -> None:
    before, after = state.violations[k], float(state.broken[k])
    for m in range(state.loads.shape[1]):
        after += _outside(terrain.low, terrain.high, terrain.targets, k, m, state.loads[k, m])
    state.violations[k] = after
    state.counters[1] += int(after > 0) - int(before > 0)


@njit(cache=True, forceinline=True)
def _list_edge(cut_edges: IntArray, position: IntArray, counters: LongArray, e: int, is_cut: bool) -> None:
    """Put an edge on the list of cut edges, or take it off."""
    if is_cut and position[e] < 0:
        position[e] = counters[0]
        cut_edges[counters[0]] = e
        counters[0] += 1
    elif not is_cut and position[e] >= 0:
        counters[0] -= 1
        last = cut_edges[counters[0]]
        cut_edges[position[e]] = last
        position[last] = position[e]
        position[e] = -1


@njit(cache=True)
def fill_state(terrain: CutTerrain, state: CutState) -> None:
    """Everything that follows from the labels; the best plan stays."""
    labels = state.labels
    state.loads[:] = 0.0
    state.sizes[:] = 0
    state.broken[:] = 0
    state.violations[:] = 0.0
    state.position[:] = -1
    state.counters[:2] = 0
    for i in range(len(labels)):
        k = _at(labels, i)
        state.sizes[k] += 1
        state.broken[k] += _is_forbidden(terrain.forbidden_starts, terrain.forbidden, i, k)
        for m in range(state.loads.shape[1]):
            state.loads[k, m] += terrain.unit_loads[i, m]
    for k in range(len(state.sizes)):
        _renew_violation(terrain, state, k)
    for e in range(terrain.edges.shape[0]):
        is_cut = labels[terrain.edges[e, 0]] != labels[terrain.edges[e, 1]]
        _list_edge(state.cut_edges, state.position, state.counters, e, is_cut)


@njit(cache=True)
def _stays_connected(terrain: CutTerrain, state: CutState, tree: SplitTree, i: int, reach: int) -> bool:
    """Whether i's neighbours in its territory are joined without it; False where that could not be shown."""
    starts, neighbours, labels = terrain.starts, terrain.neighbours, state.labels
    stamps, queue, counters = tree.stamps, tree.queue, state.counters
    own, wanted, first = labels[i], 0, np.int32(-1)
    counters[2] += 2
    sought, seen = counters[2] - 1, counters[2]
    for e in range(starts[i], starts[i + 1]):
        if labels[neighbours[e]] == own:
            wanted += 1
            first = neighbours[e]
            stamps[first] = sought
    if wanted <= 1:
        return True
    stamps[i], stamps[first], queue[0] = seen, seen, first
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
            stamps[v] = seen
            queue[tail] = v
            tail += 1
    return False


@njit(cache=True)
def _reassign(terrain: CutTerrain, state: CutState, i: int, b: int) -> None:
    """Give unit i to territory b; the violations are left to the caller."""
    labels = state.labels
    a = _at(labels, i)
    labels[i] = b
    state.sizes[a] -= 1
    state.sizes[b] += 1
    state.broken[a] -= _is_forbidden(terrain.forbidden_starts, terrain.forbidden, i, a)
    state.broken[b] += _is_forbidden(terrain.forbidden_starts, terrain.forbidden, i, b)
    for m in range(state.loads.shape[1]):
        state.loads[a, m] -= terrain.unit_loads[i, m]
        state.loads[b, m] += terrain.unit_loads[i, m]
    for e in range(terrain.starts[i], terrain.starts[i + 1]):
        is_cut = labels[terrain.neighbours[e]] != b
        _list_edge(state.cut_edges, state.position, state.counters, _at(terrain.edge_of, e), is_cut)


@njit(cache=True, forceinline=True)
def _more_cuts(terrain: CutTerrain, labels: IntArray, i: int, j: int, b: int) -> int:
    """Change of the number of cut edges when i goes to b; an edge to j, which goes the other way, stays cut."""
    more = 0
    for e in range(terrain.starts[i], terrain.starts[i + 1]):
        label = labels[terrain.neighbours[e]]
        if label == labels[i]:
            more += 1
        elif label == b and terrain.neighbours[e] != j:
            more -= 1
    return more


@njit(cache=True, forceinline=True)
def _more_violation(terrain: CutTerrain, state: CutState, i: int, j: int, a: int, b: int) -> float:
    """Change of the violations when i goes from a to b and j, if any, from b to a."""
    change = state.broken[a] + state.broken[b] - state.violations[a] - state.violations[b]
    for m in range(state.loads.shape[1]):
        flow = terrain.unit_loads[i, m]
        if j >= 0:
            flow -= terrain.unit_loads[j, m]
        change += _outside(terrain.low, terrain.high, terrain.targets, a, m, state.loads[a, m] - flow)
        change += _outside(terrain.low, terrain.high, terrain.targets, b, m, state.loads[b, m] + flow)
    if len(terrain.forbidden) > 0:
        change += _is_forbidden(terrain.forbidden_starts, terrain.forbidden, i, b) - _is_forbidden(
            terrain.forbidden_starts, terrain.forbidden, i, a
        )
        if j >= 0:
            change += _is_forbidden(terrain.forbidden_starts, terrain.forbidden, j, a) - _is_forbidden(
                terrain.forbidden_starts, terrain.forbidden, j, b
            )
    return float(change)


@njit(cache=True)
def _partner(terrain: CutTerrain, state: CutState, a: int, b: int) -> int:
    """A random unit of b on the border with a; -1 where none was drawn."""
    labels, edges = state.labels, terrain.edges
    for _ in range(_TRIES):
        e = state.cut_edges[int(state.counters[0] * _chance(state.random))]
        for end in range(2):
            u, v = edges[e, end], edges[e, 1 - end]
            if labels[u] == a and labels[v] == b:
                return int(v)
    return -1


@njit(cache=True)
def _try_moves(terrain: CutTerrain, state: CutState, tree: SplitTree, reach: int, i: int, j: int, b: int) -> None:
    """Give i to b and j, if any, to i's territory where both stay connected; else leave all as it was."""
    labels = state.labels
    a = _at(labels, i)
    if not _stays_connected(terrain, state, tree, i, reach):
        return
    _reassign(terrain, state, i, b)
    if j >= 0:
        touches = False
        for e in range(terrain.starts[j], terrain.starts[j + 1]):
            touches = touches or labels[terrain.neighbours[e]] == a
        if not touches or not _stays_connected(terrain, state, tree, j, reach):
            _reassign(terrain, state, i, a)
            return
        _reassign(terrain, state, j, a)
    _renew_violation(terrain, state, a)
    _renew_violation(terrain, state, b)


@njit(cache=True)
def _gather(terrain: CutTerrain, state: CutState, tree: SplitTree, root: int, a: int, b: int) -> tuple[int, int]:
    """Units of a and b that hang together with the root, and the edges among them. Returns both counts."""
    starts, neighbours, edge_of, labels = terrain.starts, terrain.neighbours, terrain.edge_of, state.labels
    stamps, queue, roots, pool = tree.stamps, tree.queue, tree.roots, tree.pool
    state.counters[2] += 1
    seen = state.counters[2]
    queue[0], stamps[root] = root, seen
    n_units, n_edges, head = 1, 0, 0
    while head < n_units:
        u = queue[head]
        roots[u] = u
        head += 1
        for e in range(starts[u], starts[u + 1]):
            v = neighbours[e]
            if labels[v] != a and labels[v] != b:
                continue
            if stamps[v] != seen:
                stamps[v] = seen
                queue[n_units] = v
                n_units += 1
            if u < v:
                pool[n_edges] = edge_of[e]
                n_edges += 1
    return n_units, n_edges


@njit(cache=True)
def _top(roots: IntArray, u: int) -> int:
    while roots[u] != u:
        roots[u] = roots[roots[u]]
        u = _at(roots, u)
    return u


@njit(cache=True)
def _span(terrain: CutTerrain, state: CutState, tree: SplitTree, root: int, n_units: int, n_edges: int) -> None:
    """A spanning tree of least random weights: edges in random order, those that join (Kruskal, 1956)."""
    starts, neighbours, edge_of, edges = terrain.starts, terrain.neighbours, terrain.edge_of, terrain.edges
    pool, roots, queue, stamps = tree.pool, tree.roots, tree.queue, tree.stamps
    in_tree, parent, depth, random = tree.in_tree, tree.parent, tree.depth, state.random
    state.counters[2] += 1
    seen, missing, drawn = state.counters[2], n_units - 1, 0
    while missing > 0:
        other = drawn + int((n_edges - drawn) * _chance(random))
        pool[drawn], pool[other] = pool[other], pool[drawn]
        e = pool[drawn]
        drawn += 1
        u, v = _top(roots, edges[e, 0]), _top(roots, edges[e, 1])
        if u != v:
            roots[u] = v
            in_tree[e] = seen
            missing -= 1
    queue[0], stamps[root], parent[root], depth[root] = root, seen, -1, 0
    head, tail = 0, 1
    while head < tail:
        u = _at(queue, head)
        head += 1
        for x in range(starts[u], starts[u + 1]):
            w = neighbours[x]
            if in_tree[edge_of[x]] == seen and stamps[w] != seen:
                stamps[w], parent[w], depth[w] = seen, u, depth[u] + 1
                queue[tail] = w
                tail += 1


@njit(cache=True)
def _weigh(terrain: CutTerrain, state: CutState, tree: SplitTree, n_units: int, a: int, b: int) -> None:
    """Loads, locks and forbidden units below each unit."""
    sums, tally, queue, parent, labels = tree.sums, tree.tally, tree.queue, tree.parent, state.labels
    unit_loads, locked = terrain.unit_loads, terrain.locked
    forbidden_starts, forbidden = terrain.forbidden_starts, terrain.forbidden
    for place in range(n_units):
        u = _at(queue, place)
        for m in range(sums.shape[1]):
            sums[u, m] = unit_loads[u, m]
        tally[u, 0] = 0
        tally[u, 1] = int(locked[u] and labels[u] == a)
        tally[u, 2] = int(locked[u] and labels[u] == b)
        tally[u, 3] = _is_forbidden(forbidden_starts, forbidden, u, a)
        tally[u, 4] = _is_forbidden(forbidden_starts, forbidden, u, b)
    for place in range(n_units - 1, 0, -1):
        u = queue[place]
        above = parent[u]
        for m in range(sums.shape[1]):
            sums[above, m] += sums[u, m]
        for c in range(1, 5):
            tally[above, c] += tally[u, c]


@njit(cache=True)
def _count_crossings(terrain: CutTerrain, tree: SplitTree, n_units: int, n_edges: int) -> None:
    """Edges between what is below a unit and the rest: the ends below it, less two for each edge wholly below."""
    edges, pool, queue = terrain.edges, tree.pool, tree.queue
    parent, depth, tally = tree.parent, tree.depth, tree.tally
    for x in range(n_edges):
        u, v = edges[pool[x], 0], edges[pool[x], 1]
        tally[u, 0] += 1
        tally[v, 0] += 1
        while u != v:
            if depth[u] >= depth[v]:
                u = parent[u]
            else:
                v = parent[v]
        tally[u, 0] -= 2
    for place in range(n_units - 1, 0, -1):
        u = queue[place]
        tally[parent[u], 0] += tally[u, 0]


@njit(cache=True)
def _least_violation(terrain: CutTerrain, tree: SplitTree, root: int, n_units: int, a: int, b: int) -> float:
    """The violation of each cut, its sides given to a and b the better way round; returns the least."""
    low, high, targets = terrain.low, terrain.high, terrain.targets
    queue, sums, tally, violations, is_first = tree.queue, tree.sums, tree.tally, tree.violations, tree.is_first
    least = math.inf
    for place in range(1, n_units):
        u = queue[place]
        first = float(tally[u, 3] + tally[root, 4] - tally[u, 4])
        second = float(tally[u, 4] + tally[root, 3] - tally[u, 3])
        if tally[u, 2] > 0 or tally[u, 1] < tally[root, 1]:
            first = math.inf
        if tally[u, 1] > 0 or tally[u, 2] < tally[root, 2]:
            second = math.inf
        for m in range(sums.shape[1]):
            below, rest = sums[u, m], sums[root, m] - sums[u, m]
            first += _outside(low, high, targets, a, m, below) + _outside(low, high, targets, b, m, rest)
            second += _outside(low, high, targets, b, m, below) + _outside(low, high, targets, a, m, rest)
        is_first[u] = first <= second
        violations[u] = min(first, second)
        least = min(least, violations[u])
    return least


@njit(cache=True)
def _resplit(
    terrain: CutTerrain, state: CutState, tree: SplitTree, root: int, a: int, b: int, temperature: float, penalty: float
) -> None:
    """Merge a and b and divide them along a random tree, by its best cut among those hardly out of balance."""
    n_units, n_edges = _gather(terrain, state, tree, root, a, b)
    if n_units < state.sizes[a] + state.sizes[b]:
        return  # a lock holds a piece apart
    labels, today = state.labels, penalty * (state.violations[a] + state.violations[b])
    for x in range(n_edges):
        today += int(labels[terrain.edges[tree.pool[x], 0]] != labels[terrain.edges[tree.pool[x], 1]])
    _span(terrain, state, tree, root, n_units, n_edges)
    _weigh(terrain, state, tree, n_units, a, b)
    least = _least_violation(terrain, tree, root, n_units, a, b)
    queue, tally, violations = tree.queue, tree.tally, tree.violations
    below, change = -1, _HOPELESS * temperature
    if penalty * least - today >= change:
        return
    _count_crossings(terrain, tree, n_units, n_edges)
    for place in range(1, n_units):
        u = _at(queue, place)
        more = tally[u, 0] + penalty * violations[u] - today
        if violations[u] <= least + _SLACK and more < change:
            below, change = u, more
    if below < 0 or (change > 0 and _chance(state.random) >= math.exp(-change / temperature)):
        return
    is_below = tree.roots  # no longer needed for what it was
    for place in range(n_units):
        u = _at(tree.queue, place)
        is_below[u] = int(u == below or (u != root and is_below[tree.parent[u]] == 1))
        k = a if (is_below[u] == 1) == tree.is_first[below] else b
        if labels[u] != k:
            _reassign(terrain, state, u, k)
    _renew_violation(terrain, state, a)
    _renew_violation(terrain, state, b)


@njit(cache=True)
def anneal_cuts(
    terrain: CutTerrain,
    state: CutState,
    tree: SplitTree,
    heat: Heat,
    steps: Steps,
    span: tuple[float, float],
    n_steps: int,
) -> None:
    """Metropolis steps while temperature and penalty change geometrically over this span (fractions) of a run."""
    # Plain local arrays: reading a field of a tuple inside the loop costs a reference count each time.
    edges, cut_edges, locked = terrain.edges, state.cut_edges, terrain.locked
    labels, sizes, random, counters = state.labels, state.sizes, state.random, state.counters
    temperature = penalty = 0.0
    for step in range(n_steps):
        if step & 63 == 0:
            done = span[0] + (span[1] - span[0]) * step / n_steps
            temperature = heat.temperature[0] * (heat.temperature[1] / heat.temperature[0]) ** done
            penalty = heat.penalty[0] * (heat.penalty[1] / heat.penalty[0]) ** done
        if counters[1] == 0 and counters[0] < state.best_cuts[0]:
            state.best_cuts[0] = counters[0]
            state.best_labels[:] = labels
        if counters[0] == 0:
            return
        e = cut_edges[int(counters[0] * _chance(random))]
        end = int(2 * _chance(random))
        i = edges[e, end]
        a, b = _at(labels, i), _at(labels, edges[e, 1 - end])
        kind = _chance(random)
        if kind < steps.resplit_chance:
            _resplit(terrain, state, tree, i, a, b, temperature, penalty)
            continue
        if locked[i]:
            continue
        j = -1
        if kind < steps.resplit_chance + steps.swap_chance:
            j = _partner(terrain, state, a, b)
            if j < 0 or locked[j]:
                continue
        elif sizes[a] <= 1:
            continue
        change = penalty * _more_violation(terrain, state, i, j, a, b)
        change += _more_cuts(terrain, labels, i, j, b)
        if j >= 0:
            change += _more_cuts(terrain, labels, j, i, a)
        if change <= 0 or _chance(random) < math.exp(-change / temperature):
            _try_moves(terrain, state, tree, steps.reach, i, j, b)
