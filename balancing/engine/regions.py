"""A design too big for one search, divided top-down: regions first, then the territories inside each.

The map, drawn on coarse cells, is divided among regions as if each were one territory with the shares of several. Every
region is then a problem of its own: some territories, their units, and the limits that the whole sets them. Regions can
be solved anywhere and in any order. What one round of regions cuts apart lies together in the next, which mends seams.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from balancing.engine.arrays import IntArray, LongArray
from balancing.engine.bisection import bisect
from balancing.engine.canonical import canonical_order, reordered
from balancing.engine.components import lay_out
from balancing.engine.disruption import aligned_territories
from balancing.engine.exceptions import ParameterError, ProblemError
from balancing.engine.geometry import plane_km
from balancing.engine.graph import parts
from balancing.engine.outlines import coarse_plan, gathered
from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import UNASSIGNED, Problem
from balancing.engine.reduction import Reduction, part_of, reduced
from balancing.engine.solve import solve
from balancing.engine.stop import Stop

ROUNDS = 2
_HARDLY = 1e-6  # a price of change that makes a search begin with the plan, and keeps none of it


@dataclass(frozen=True, eq=False)
class Whole:
    """The problem as it is divided, and the way back to the one asked for.

    problem  in canonical order, islands joined, locks said as required pairs, groups and frozen territories settled
    order    (N,) rows asked for, in canonical order
    """

    problem: Problem
    order: LongArray
    reduction: Reduction

    @classmethod
    def of(cls, problem: Problem, n_regions: int, params: SolveParameters | None = None) -> Whole:
        """Raises ParameterError for more regions than territories, and where territories need not hang together or
        today's plan is to be kept, which cannot be judged region by region; ProblemError for a metric that counts
        the ways, of which there is no total before there is a plan.
        """
        order = canonical_order(problem)
        reduction = reduced(reordered(problem, order), contiguous=True)
        _check(reduction.problem, n_regions, params or SolveParameters())
        return cls(_settled(reduction.problem), order, reduction)

    def expand(self, labels: IntArray) -> IntArray:
        """Labels of the rows asked for, from those of the problem as it is divided.

        Territories are named like today's where names are still free.
        """
        problem = self.problem
        if problem.has_current and not _is_bound(problem):
            labels = aligned_territories(problem, labels)[labels]
        found = np.empty(len(self.order), dtype=np.int32)
        found[self.order] = self.reduction.expand(labels)
        return found


class Ground(NamedTuple):
    """Some units (n,) of the whole, and the territories (k,) that share them."""

    units: LongArray
    territories: LongArray


class Region(NamedTuple):
    """A ground and what happens on it, as a problem of its own."""

    problem: Problem
    ground: Ground


def solve_by_regions(
    problem: Problem,
    n_regions: int,
    params: SolveParameters | None = None,
    *,
    rounds: int = ROUNDS,
    stop: Stop | None = None,
    seed: int = 0,
) -> IntArray:
    """Labels (N,) of a plan made region by region, here one after the other; the order does not matter.

    Regions as in Kalcsics, Nickel and Schröder (2005), who divide a map in halves until each is a territory.
    """
    whole = Whole.of(problem, n_regions, params)
    regions = outline(whole.problem, n_regions, params, stop=stop, seed=seed)
    labels = np.full(whole.problem.n_units, UNASSIGNED, dtype=np.int32)
    for number in range(rounds):
        if number > 0:
            regions = divide(whole.problem, labels, n_regions, number, seed=seed)
        found = [
            solve_region(region.problem, params, stop=stop, seed=region_seed(seed, number, place))
            for place, region in enumerate(regions)
        ]
        labels = join(labels, [region.ground for region in regions], found)
    return whole.expand(labels)


def outline(
    problem: Problem,
    n_regions: int,
    params: SolveParameters | None = None,
    *,
    stop: Stop | None = None,
    seed: int = 0,
) -> tuple[Region, ...]:
    """The regions of the first round, without a plan inside them.

    Where homes, locks, required or forbidden pairs say which territory lies where, a coarse plan of all territories
    says which of them lie together; this takes longer.
    """
    if not _is_bound(problem):
        owners = (np.arange(problem.n_territories) * n_regions // problem.n_territories).astype(np.int32)
        region = coarse_plan(gathered(problem, owners), params, stop, seed)
        if (np.bincount(region, minlength=n_regions) >= np.bincount(owners)).all():
            return _cut_out(problem, owners, region, None)
    labels = coarse_plan(problem, params, stop, seed)
    owners = _neighbours_together(problem, labels, n_regions, 0, seed)
    return _cut_out(problem, owners, owners[labels], None)


def divide(problem: Problem, labels: IntArray, n_regions: int, number: int, *, seed: int = 0) -> tuple[Region, ...]:
    """Regions of a later round, each of territories that touch in a plan (N,), which is their current one.

    They have about equal shares, and each round cuts elsewhere. A territory that touches no other is in none of them.
    """
    owners = _neighbours_together(problem, labels, n_regions, number, seed)
    return tuple(
        region for region in _cut_out(problem, owners, owners[labels], labels) if len(region.ground.territories) > 1
    )


def solve_region(
    problem: Problem, params: SolveParameters | None = None, *, stop: Stop | None = None, seed: int = 0
) -> IntArray:
    """The plan of a region's problem, or one better than its current plan."""
    price = _HARDLY if problem.has_current else 0.0
    parameters = replace(params or SolveParameters(), disruption_price=price, with_bound=False)
    return solve(problem, parameters, stop=stop, rng=seed).labels


def join(labels: IntArray, grounds: Iterable[Ground], found: Iterable[IntArray]) -> IntArray:
    """The plan (N,) with each ground's own labels (n,) in the place of those before."""
    joined = labels.copy()
    for ground, own in zip(grounds, found, strict=True):
        joined[ground.units] = ground.territories[own]
    return joined


def region_seed(seed: int, number: int, place: int) -> int:
    """A seed for each region of each round, whoever solves it and when."""
    return int(np.random.SeedSequence([seed, number, place]).generate_state(1)[0])


def _check(problem: Problem, n_regions: int, parameters: SolveParameters) -> None:
    if not 1 <= n_regions <= problem.n_territories:
        raise ParameterError(f"n_regions is {n_regions}, expected 1 to the {problem.n_territories} territories")
    if parameters.keeps_current:
        raise ParameterError("max_moved_fraction and disruption_price are for the whole, and cannot be kept by region")
    if not parameters.contiguous:
        raise ParameterError("contiguous is False, but only territories that hang together are divided by region")
    if problem.has_trips and problem.trip_metric in problem.balanced_metrics:
        name = problem.metric_names[problem.trip_metric]
        raise ProblemError(f"{name} counts the ways to the centres, and has no total to share out among regions")


def _is_bound(problem: Problem) -> bool:
    """Whether anything but the plan says which territory lies where."""
    return problem.has_homes or len(problem.required) > 0 or len(problem.forbidden) > 0


def _settled(problem: Problem) -> Problem:
    """The same with links that join islands, and with required pairs for locks: both then hold in every region."""
    kept = problem.kept
    held = np.flatnonzero(kept >= 0)
    return replace(
        problem,
        edges=lay_out(problem, from_current=False).edges,
        required=np.column_stack((held, kept[held])).astype(np.int32),
        locked=np.zeros(problem.n_units, dtype=np.bool_),
    )


def _neighbours_together(problem: Problem, labels: IntArray, n_regions: int, number: int, seed: int) -> IntArray:
    """Region (K,) of each territory: of about equal shares, then parted where its territories do not touch."""
    centres = problem.centres(labels, problem.weights[:, 0])
    random = np.random.default_rng([seed, number])
    region = bisect(plane_km(centres), problem.shares, np.full(n_regions, 1 / n_regions), random)
    touching = labels[problem.edges]
    touching = touching[(touching[:, 0] != touching[:, 1]) & (region[touching[:, 0]] == region[touching[:, 1]])]
    return parts(problem.n_territories, np.unique(touching, axis=0))[1]


def _cut_out(problem: Problem, owners: IntArray, region: IntArray, plan: IntArray | None) -> tuple[Region, ...]:
    """The regions that own these territories (K,) and units (N,), with the current plan that is given."""
    current = np.full(problem.n_units, UNASSIGNED, dtype=np.int32) if plan is None else plan
    whole = replace(problem, current=current)
    order, places = np.argsort(region, kind="stable"), np.argsort(owners, kind="stable")
    numbers = np.arange(1, int(owners.max()) + 1)
    units = np.split(order, np.searchsorted(region[order], numbers))
    territories = np.split(places, np.searchsorted(owners[places], numbers))
    grounds = (Ground(*ground) for ground in zip(units, territories, strict=True))
    return tuple(Region(part_of(whole, ground.units, ground.territories), ground) for ground in grounds)
