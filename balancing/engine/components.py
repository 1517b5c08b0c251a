"""Which territories belong to which connected part of the map, settled before anything is searched.

No territory can span a barrier, so each part gets a whole number of territories. A part too light for one
(an island) is joined to the nearest part that has one; its pieces are then unavoidable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from balancing.engine.arrays import BoolArray, FloatArray, IntArray, LongArray
from balancing.engine.graph import clean_edges, parts
from balancing.engine.problem import Problem

_NEAREST = 6


@dataclass(frozen=True)
class Region:
    """A connected part of the map and the territories it is to be divided into."""

    units: LongArray
    territories: LongArray


@dataclass(frozen=True)
class Layout:
    """Regions, the edges that may be searched over (bridges included), and the pieces nobody can avoid."""

    regions: tuple[Region, ...]
    edges: IntArray
    unavoidable_pieces: int


def lay_out(problem: Problem, *, from_current: bool) -> Layout:
    """Divide the territories among the connected parts of the map."""
    n_parts, part = parts(problem.n_units, problem.edges)
    everything = Region(np.arange(problem.n_units), np.arange(problem.n_territories))
    if n_parts == 1:
        return Layout((everything,), problem.edges, 0)
    weights = part_weights(problem, part)
    tolerance = primary_tolerance(problem)
    roomy = weights >= float(problem.shares.min()) * (1 - tolerance)
    edges = _bridge(problem, problem.edges, part, roomy)
    n_regions, region = parts(problem.n_units, edges)
    owners = _territory_regions(problem, region, part_weights(problem, region), from_current)
    regions = [Region(np.flatnonzero(region == r), np.flatnonzero(owners == r)) for r in range(n_regions)]
    if any(len(r.territories) == 0 or len(r.territories) > len(r.units) for r in regions):
        heaviest = np.arange(n_regions) == int(np.argmax(part_weights(problem, region)))
        edges = _bridge(problem, edges, region, heaviest)
        regions, n_regions = [everything], 1
    return Layout(tuple(regions), edges, n_parts - n_regions)


def without_geography(problem: Problem) -> Layout:
    """One region whose units need not touch: no edge is searched over and no piece counts."""
    everything = Region(np.arange(problem.n_units), np.arange(problem.n_territories))
    return Layout((everything,), np.zeros((0, 2), dtype=np.int32), problem.n_units)


def part_weights(problem: Problem, part: IntArray) -> FloatArray:
    """Share of the primary metric (of the units, when it is all zero) in each part."""
    primary = problem.weights[:, 0]
    weights = primary if primary.sum() > 0 else np.ones(problem.n_units)
    sums = np.bincount(part, weights, minlength=int(part.max()) + 1)
    return np.asarray(sums / sums.sum())


def primary_tolerance(problem: Problem) -> float:
    """Tolerance of the first balanced metric; half a territory when nothing is balanced."""
    balanced = problem.balanced_metrics
    return min(0.5, float(problem.tolerances[balanced[0]])) if balanced else 0.5


def _territory_regions(problem: Problem, region: IntArray, weights: FloatArray, from_current: bool) -> LongArray:
    """Region of each territory: where its home or today's accounts are, else where room is left."""
    owners = np.full(problem.n_territories, -1, dtype=np.int64)
    if problem.has_homes:
        based = np.flatnonzero(np.isfinite(problem.homes[:, 0]))
        owners[based] = region[cKDTree(problem.points).query(problem.homes[based])[1]]
    elif from_current:
        held = np.zeros((problem.n_territories, len(weights)))
        kept = problem.current >= 0
        amounts = problem.weights[kept, 0] + 1e-9
        np.add.at(held, (problem.current[kept], region[kept]), amounts)
        owners = np.where(held.sum(axis=1) > 0, held.argmax(axis=1), -1)
    room = weights - np.bincount(owners[owners >= 0], problem.shares[owners >= 0], minlength=len(weights))
    free = np.flatnonzero(owners < 0)
    for k in free[np.argsort(-problem.shares[free], kind="stable")]:
        owners[k] = int(np.argmax(room))
        room[owners[k]] -= problem.shares[k]
    return owners


def _bridge(problem: Problem, edges: IntArray, part: IntArray, roomy: BoolArray) -> IntArray:
    """Edges plus the shortest links that join every part without room to one with room."""
    hosts = roomy.copy()
    extra: list[tuple[int, int]] = []
    tree = cKDTree(problem.points)
    if not hosts.any():
        hosts[int(np.argmax(part_weights(problem, part)))] = True
        extra += _nearest_pairs(problem.points, tree, np.arange(problem.n_units), _NEAREST)
    roots = list(range(len(hosts)))
    reach = _NEAREST
    while True:
        homeless = ~hosts[[_root(roots, int(p)) for p in range(len(roots))]]
        if not homeless.any():
            break
        for i, j in _nearest_pairs(problem.points, tree, np.flatnonzero(homeless[part]), reach):
            a, b = _root(roots, int(part[i])), _root(roots, int(part[j]))
            if a != b and not (hosts[a] and hosts[b]):
                roots[a] = b
                hosts[b] = hosts[a] or hosts[b]
                extra.append((i, j))
        reach *= 2
    return clean_edges(np.concatenate((edges, np.array(extra, dtype=np.int32).reshape(-1, 2))))


def _nearest_pairs(points: FloatArray, tree: cKDTree, units: LongArray, reach: int) -> list[tuple[int, int]]:
    """Pairs of these units with their nearest ones, shortest first."""
    count = min(reach + 1, len(points))
    distances, found = tree.query(points[units], k=count)
    sources = np.repeat(units, count)
    targets, lengths = np.asarray(found).reshape(-1), np.asarray(distances).reshape(-1)
    order = np.lexsort((targets, sources, lengths))
    return [(int(i), int(j)) for i, j in zip(sources[order], targets[order], strict=True) if i != j]


def _root(roots: list[int], p: int) -> int:
    while roots[p] != p:
        roots[p] = roots[roots[p]]
        p = roots[p]
    return p
