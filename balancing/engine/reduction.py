"""A smaller problem that stands for one with groups or frozen territories.

The units of a group become one unit, so that nothing can part them. A frozen territory is left out with its units;
what the others may hold is then said in absolute terms, for the targets are shares of everything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from balancing.engine.arrays import BoolArray, FloatArray, IntArray, LongArray
from balancing.engine.exceptions import ProblemError
from balancing.engine.geometry import normalised
from balancing.engine.graph import clean_edges, parts
from balancing.engine.problem import UNASSIGNED, Problem


@dataclass(frozen=True, eq=False)
class Reduction:
    """The smaller problem, and where the larger one's units and its own territories went.

    unit         (N,) place of each unit in the smaller problem, -1 = in a frozen territory
    territories  (K',) numbers that the smaller problem's territories have in the larger one
    fixed        (N,) territory of each frozen unit
    """

    problem: Problem
    unit: LongArray
    territories: LongArray
    fixed: IntArray

    def expand(self, labels: IntArray) -> IntArray:
        """Labels (N,) of the larger problem for a plan of the smaller one."""
        return np.where(self.unit >= 0, self.territories[labels[self.unit]], self.fixed).astype(np.int32)


def reduced(problem: Problem, *, contiguous: bool) -> Reduction:
    """The problem without its frozen territories and with one unit for each group.

    Raises ProblemError where a group contradicts a lock or, if territories are to hang together, does not itself.
    """
    numbers = np.arange(problem.n_units)
    if not problem.frozen.any() and (problem.groups < 0).all():
        return Reduction(problem, numbers, np.arange(problem.n_territories), problem.current)
    is_frozen = (problem.current >= 0) & problem.frozen[problem.current]
    thawed = _without(problem, is_frozen)
    unit = np.full(problem.n_units, -1, dtype=np.int64)
    unit[~is_frozen] = _joined(thawed, contiguous=contiguous)
    return Reduction(
        problem=_contracted(thawed, unit[~is_frozen]),
        unit=unit,
        territories=np.flatnonzero(~problem.frozen),
        fixed=problem.current,
    )


def _without(problem: Problem, is_frozen: BoolArray) -> Problem:
    """The problem without frozen territories and their units."""
    if not problem.frozen.any():
        return problem
    free = ~problem.frozen
    if not free.any() or is_frozen.all():
        raise ProblemError("all territories are frozen; there is nothing left to divide")
    torn = np.isin(problem.groups, problem.groups[is_frozen]) & (problem.groups >= 0) & ~is_frozen
    if torn.any():
        group = int(problem.groups[np.argmax(torn)])
        raise ProblemError(f"group {group} has units in a frozen territory and outside it; it cannot stay together")
    return part_of(problem, np.flatnonzero(~is_frozen), np.flatnonzero(free))


def part_of(problem: Problem, units: LongArray, territories: LongArray) -> Problem:
    """Some units (n,) and territories (k,) of a problem, both ascending, with the limits that the whole sets them."""
    least, most = problem.least[territories].copy(), problem.most[territories].copy()
    columns = list(problem.balanced_metrics)
    low, high = problem.bands()
    totals = problem.totals[columns]
    least[:, columns], most[:, columns] = low[territories] * totals, high[territories] * totals
    place = np.full(problem.n_units, UNASSIGNED, dtype=np.int32)
    place[units] = np.arange(len(units), dtype=np.int32)
    # The last one is what an unassigned unit has: no territory.
    number = np.full(problem.n_territories + 1, UNASSIGNED, dtype=np.int32)
    number[territories] = np.arange(len(territories), dtype=np.int32)
    crossed = place[problem.barriers]
    pull = problem.weights[units, 0].sum() / max(problem.totals[0], 1e-300)
    return replace(
        problem,
        points=problem.points[units],
        weights=problem.weights[units],
        edges=_both_known(place[problem.edges]),
        n_territories=len(territories),
        shares=problem.shares[territories] / problem.shares[territories].sum(),
        tolerances=np.full(problem.n_metrics, np.inf),
        least=least,
        most=np.maximum(least, most),
        current=number[problem.current[units]],
        locked=problem.locked[units],
        required=_known_owners(problem.required, place, number),
        forbidden=_known_owners(problem.forbidden, place, number),
        groups=problem.groups[units],
        frozen=problem.frozen[territories],
        barriers=_both_known(crossed),
        # In km of mean distance, of which a part has the more the less of the whole it is.
        barrier_prices=problem.barrier_prices[(crossed >= 0).all(axis=1)] / (pull or 1.0),
        homes=problem.homes[territories] if problem.has_homes else problem.homes,
        travel=_open_ways(problem, units, territories),
        trip_loads=problem.trip_loads[units] if problem.has_trips else problem.trip_loads,
    )


def _open_ways(problem: Problem, units: LongArray, territories: LongArray) -> FloatArray:
    """Travel of the units, to the territories' homes where there are any."""
    if not problem.has_travel:
        return problem.travel
    found = problem.travel[units]
    return found[:, territories] if problem.has_homes else found


def _both_known(pairs: IntArray) -> IntArray:
    return pairs[(pairs[:, 0] >= 0) & (pairs[:, 1] >= 0)]


def _known_owners(pairs: IntArray, place: IntArray, number: IntArray) -> IntArray:
    return _both_known(np.column_stack((place[pairs[:, 0]], number[pairs[:, 1]])))


def _joined(problem: Problem, *, contiguous: bool) -> LongArray:
    """New number (N,) of each unit: one for each group, in the order of first members."""
    groups = problem.groups
    key = np.where(groups >= 0, groups.astype(np.int64), groups.max(initial=0) + 1 + np.arange(len(groups)))
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    unit: LongArray = rank[inverse.reshape(-1)]
    if contiguous:
        inside = problem.edges[unit[problem.edges[:, 0]] == unit[problem.edges[:, 1]]]
        n_parts, part = parts(len(groups), inside)
        if n_parts > len(first):
            pieces = np.unique(np.column_stack((unit, part)), axis=0)[:, 0]
            torn = int(groups[np.argmax(unit == np.flatnonzero(np.bincount(pieces) > 1)[0])])
            raise ProblemError(f"group {torn} is in pieces that do not touch; a connected territory cannot hold it")
    return unit


def _contracted(problem: Problem, unit: LongArray) -> Problem:
    """One unit for all that share a number: weights added, placed at their weighted middle."""
    n_units = int(unit.max()) + 1
    if n_units == problem.n_units:
        return replace(problem, groups=np.full(n_units, UNASSIGNED, dtype=np.int32))
    weights = np.zeros((n_units, problem.n_metrics))
    np.add.at(weights, unit, problem.weights)
    pull = problem.weights[:, 0] + 1e-9 * (problem.weights[:, 0].mean() + 1e-12)
    sums: FloatArray = np.zeros((n_units, 3))
    np.add.at(sums, unit, pull[:, None] * problem.points)
    kept = _agreed(problem.kept, unit, problem.groups)
    travel, trip_loads = problem.travel, problem.trip_loads
    if problem.has_travel:
        travel = np.zeros((n_units, problem.travel.shape[1]))
        np.add.at(travel, unit, pull[:, None] * problem.travel)
        travel /= np.bincount(unit, pull)[:, None]
    if problem.has_trips:
        trip_loads = np.bincount(unit, problem.trip_loads).astype(np.float64)
    barriers = unit[problem.barriers].reshape(-1, 2)
    apart = barriers[:, 0] != barriers[:, 1]
    return replace(
        problem,
        points=normalised(sums),
        weights=weights,
        edges=clean_edges(unit[problem.edges].astype(np.int32).reshape(-1, 2)),
        current=_heaviest(problem.current, unit, pull),
        locked=np.zeros(n_units, dtype=np.bool_),
        required=np.column_stack((np.flatnonzero(kept >= 0), kept[kept >= 0])).astype(np.int32),
        forbidden=np.unique(np.column_stack((unit[problem.forbidden[:, 0]], problem.forbidden[:, 1])), axis=0)
        .astype(np.int32)
        .reshape(-1, 2),
        groups=np.full(n_units, UNASSIGNED, dtype=np.int32),
        travel=travel,
        trip_loads=trip_loads,
        barriers=barriers[apart].astype(np.int32),
        barrier_prices=problem.barrier_prices[apart],
    )


def _agreed(kept: IntArray, unit: LongArray, groups: IntArray) -> IntArray:
    """The territory that each new unit must have; ProblemError where its members need different ones."""
    found = np.full(int(unit.max()) + 1, UNASSIGNED, dtype=np.int32)
    found[unit[kept >= 0]] = kept[kept >= 0]
    torn = (kept >= 0) & (found[unit] != kept)
    if torn.any():
        raise ProblemError(f"group {int(groups[np.argmax(torn)])} has units locked in different territories")
    return found


def _heaviest(current: IntArray, unit: LongArray, weights: FloatArray) -> IntArray:
    """Today's territory of each new unit: that of most of its weight; -1 where no member has one."""
    found = np.full(int(unit.max()) + 1, UNASSIGNED, dtype=np.int32)
    held = np.flatnonzero(current >= 0)
    pairs, inverse = np.unique(np.column_stack((unit[held], current[held])), axis=0, return_inverse=True)
    sums = np.bincount(inverse.reshape(-1), weights[held], minlength=len(pairs))
    order = np.argsort(sums, kind="stable")
    found[pairs[order, 0]] = pairs[order, 1]
    return found
