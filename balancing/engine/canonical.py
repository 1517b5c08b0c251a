"""One order of the units for every order of the rows, so that row order cannot change a plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from balancing.engine.arrays import AnyArray, FloatArray, HashArray, IntArray, LongArray
from balancing.engine.geometry import z_order
from balancing.engine.graph import clean_edges
from balancing.engine.problem import Problem

_TIE_WORK = 2_000_000  # unit visits spent on telling tied units apart


def canonical_order(problem: Problem) -> LongArray:
    """Row numbers in canonical order: by place, weights and constraints, then by who the neighbours are.

    Places are taken along a Z-order curve: what lies close together on the map then does so in memory.
    Units alike in all of these are told apart by colour refinement (Weisfeiler and Leman, 1968).
    """
    keys: list[AnyArray] = [z_order(problem.points)]
    keys += [problem.points[:, axis] for axis in range(3)]
    keys += [problem.weights[:, m] for m in range(problem.n_metrics)]
    keys += [problem.current.astype(np.float64), problem.kept.astype(np.float64)]
    keys += [problem.trip_loads] if problem.has_trips else []
    keys += [_companions(problem), _barrier_prices(problem)]
    forbidden = np.zeros(problem.n_units, dtype=np.uint64)
    np.add.at(forbidden, problem.forbidden[:, 0], _mix(problem.forbidden[:, 1].astype(np.uint64)))
    order, ranks = _rank([*keys, forbidden])
    if ranks[order[-1]] == problem.n_units - 1:
        return order
    edges = clean_edges(problem.edges)
    order, ranks = _refined(order, ranks, edges)
    for _ in range(_TIE_WORK // max(1, problem.n_units)):
        sizes = np.bincount(ranks)
        if len(sizes) == problem.n_units:
            break
        # Set one unit of the first tie apart: which one does not matter where the tied ones are interchangeable.
        chosen = order[np.searchsorted(ranks[order], int(np.argmax(sizes > 1)))]
        apart = np.zeros(problem.n_units, dtype=np.int64)
        apart[chosen] = -1
        order, ranks = _refined(*_rank([ranks, apart]), edges)
    return order


def _refined(order: LongArray, ranks: LongArray, edges: IntArray) -> tuple[LongArray, LongArray]:
    """Ranks split by the ranks around each unit until that splits nothing more."""
    while True:
        n_classes = int(ranks.max()) + 1
        if n_classes == len(ranks):
            return order, ranks
        around = np.zeros(len(ranks), dtype=np.uint64)
        colours = _mix(ranks.astype(np.uint64))
        np.add.at(around, edges[:, 0], colours[edges[:, 1]])
        np.add.at(around, edges[:, 1], colours[edges[:, 0]])
        order, ranks = _rank([ranks, around])
        if int(ranks.max()) + 1 == n_classes:
            return order, ranks


def reordered(problem: Problem, order: LongArray) -> Problem:
    """The same problem with its rows in the given order."""
    position = np.empty(problem.n_units, dtype=np.int32)
    position[order] = np.arange(problem.n_units, dtype=np.int32)
    required, forbidden = problem.required.copy(), problem.forbidden.copy()
    for pairs in (required, forbidden):
        pairs[:, 0] = position[pairs[:, 0]]
    return replace(
        problem,
        points=np.ascontiguousarray(problem.points[order]),
        weights=np.ascontiguousarray(problem.weights[order]),
        edges=clean_edges(position[problem.edges].reshape(-1, 2)),
        current=problem.current[order],
        locked=problem.locked[order],
        required=_unique_rows(required),
        forbidden=_unique_rows(forbidden),
        groups=problem.groups[order],
        travel=np.ascontiguousarray(problem.travel[order]) if problem.has_travel else problem.travel,
        trip_loads=problem.trip_loads[order] if problem.has_trips else problem.trip_loads,
        barriers=position[problem.barriers].reshape(-1, 2),
    )


def _companions(problem: Problem) -> HashArray:
    """A key (N,) shared by the units of a group, whatever its number."""
    grouped = problem.groups >= 0
    found = np.zeros(problem.n_units, dtype=np.uint64)
    if grouped.any():
        sums = np.zeros(int(problem.groups.max()) + 1, dtype=np.uint64)
        np.add.at(sums, problem.groups[grouped], _mix(z_order(problem.points[grouped])))
        found[grouped] = sums[problem.groups[grouped]]
    return found


def _barrier_prices(problem: Problem) -> FloatArray:
    """The highest price (N,) of the soft barriers at each unit."""
    found = np.zeros(problem.n_units)
    for side in (0, 1):
        np.maximum.at(found, problem.barriers[:, side], problem.barrier_prices)
    return found


def _rank(keys: list[AnyArray]) -> tuple[LongArray, LongArray]:
    order = np.lexsort(keys[::-1])
    differs = np.zeros(len(order), dtype=np.bool_)
    for key in keys:
        differs[1:] |= key[order[1:]] != key[order[:-1]]
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.cumsum(differs)
    return order, ranks


def _mix(values: HashArray) -> HashArray:
    """Spread integers over 64 bits, so that sums of few of them do not collide (SplitMix64)."""
    mixed: HashArray = values + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _unique_rows(pairs: IntArray) -> IntArray:
    return np.unique(pairs, axis=0).reshape(-1, 2)
