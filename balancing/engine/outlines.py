"""The map on coarse cells: who lies about where, before anything is searched in detail."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from balancing.engine.arrays import IntArray
from balancing.engine.graph import parts
from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import UNASSIGNED, Problem
from balancing.engine.reduction import reduced
from balancing.engine.solve import solve
from balancing.engine.stop import Stop

_CELLS, _CELLS_PER_TERRITORY = 20_000, 40
_ROOM_USED = 0.5  # of their territories' tolerances by regions; the rest is left to what happens inside them


def gathered(problem: Problem, owners: IntArray) -> Problem:
    """The problem of dividing the map among regions, each in the place of the territories (K,) that it owns.

    Of a problem without homes, locks, required or forbidden pairs, which say where a single territory lies.
    """
    belongs = (owners == np.arange(owners.max() + 1)[:, None]).astype(np.float64)
    n_regions, columns = len(belongs), list(problem.balanced_metrics)
    low, high = problem.bands()
    high = np.minimum(1.0, np.maximum(low, high))
    aims, totals = np.clip(problem.shares[:, None], low, high), problem.totals[columns]
    least, most = np.zeros((n_regions, problem.n_metrics)), np.full((n_regions, problem.n_metrics), np.inf)
    least[:, columns] = belongs @ (aims - _ROOM_USED * (aims - low)) * totals
    most[:, columns] = belongs @ (aims + _ROOM_USED * (high - aims)) * totals
    return replace(
        problem,
        n_territories=n_regions,
        shares=belongs @ problem.shares,
        tolerances=np.full(problem.n_metrics, np.inf),
        least=least,
        most=most,
        current=np.full(problem.n_units, UNASSIGNED, dtype=np.int32),
        frozen=np.zeros(n_regions, dtype=np.bool_),
        homes=np.zeros((0, 3)),
    )


def coarse_plan(problem: Problem, params: SolveParameters | None, stop: Stop | None, seed: int) -> IntArray:
    """Labels (N,) of a connected plan on coarse cells, balanced about as finely as cells are.

    The problem is in canonical order, without frozen territories and groups.
    """
    coarse = reduced(replace(problem, groups=_cells(problem)), contiguous=False)
    parameters = replace(params or SolveParameters(), max_rounds=1, with_bound=False)
    return coarse.expand(solve(coarse.problem, parameters, stop=stop, rng=seed).labels)


def _cells(problem: Problem) -> IntArray:
    """Number (N,) of each unit's cell, a connected run of units in canonical order with the same territories open."""
    n_units = problem.n_units
    target = max(_CELLS, _CELLS_PER_TERRITORY * problem.n_territories)
    if n_units <= 1.5 * target:
        return np.full(n_units, UNASSIGNED, dtype=np.int32)
    run = np.arange(n_units) * target // n_units
    kept, barred = problem.kept, np.zeros(n_units)
    random = np.random.default_rng(0)
    np.add.at(barred, problem.forbidden[:, 0], random.random(problem.n_territories)[problem.forbidden[:, 1]])
    one, other = problem.edges.T
    together = (run[one] == run[other]) & (kept[one] == kept[other]) & (barred[one] == barred[other])
    return parts(n_units, problem.edges[together])[1]
