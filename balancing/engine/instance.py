"""A problem as the kernels want it: flat, writable, scaled to shares of the whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balancing.engine.annealing import Terrain
from balancing.engine.arrays import FloatArray, IntArray, LongArray
from balancing.engine.components import Layout
from balancing.engine.contiguity import Limits
from balancing.engine.geometry import travel_km, weighted_centroids
from balancing.engine.graph import Adjacency, adjacency
from balancing.engine.power_diagram import Bounds
from balancing.engine.problem import Problem

_EXACT = 1e-9
_WEIGHTLESS = 0.01  # pull of a unit without accounts, as a part of the mean unit's: keeps it near its centre


@dataclass(frozen=True)
class Instance:
    """Arrays that every phase of a solve shares.

    true_weights  (N,) share of the primary metric, evenly spread where that metric is all zero
    graph         adjacency, bridges to islands included
    terrain       the annealing kernel's view; its tolerances are those of the balanced metrics only
    """

    problem: Problem
    layout: Layout
    true_weights: FloatArray
    graph: Adjacency
    terrain: Terrain
    limits: Limits

    @classmethod
    def of(cls, problem: Problem, layout: Layout) -> Instance:
        primary = problem.weights[:, 0]
        even = np.full(problem.n_units, 1.0 / problem.n_units)
        true_weights = primary / primary.sum() if primary.sum() > 0 else even
        balanced = list(problem.balanced_metrics)
        graph = adjacency(problem.n_units, layout.edges)
        starts, forbidden = _grouped(problem.forbidden, problem.n_units)
        terrain = Terrain(
            starts=graph.starts,
            neighbours=graph.neighbours,
            points=problem.points.copy(),
            travel_weights=np.maximum(true_weights, _WEIGHTLESS * even),
            unit_loads=np.ascontiguousarray(problem.weights[:, balanced] / problem.totals[balanced]),
            shares=problem.shares.copy(),
            tolerances=problem.tolerances[balanced],
            current=problem.current.copy(),
            locked=problem.locked.copy(),
            forbidden_starts=starts,
            forbidden=forbidden,
        )
        limits = Limits(problem.locked.copy(), frozenset((int(i), int(k)) for i, k in problem.forbidden))
        return cls(problem, layout, true_weights, graph, terrain, limits)

    @property
    def start_weights(self) -> FloatArray:
        """Weight that starts balance: the mean of the balanced metrics' shares."""
        loads = self.terrain.unit_loads
        return np.asarray(loads.mean(axis=1)) if loads.shape[1] else self.true_weights

    def centres(self, labels: IntArray) -> FloatArray:
        """Homes where there are any, else the weighted centroids of a plan."""
        if self.problem.has_homes:
            return self.problem.homes.copy()
        weights = self.terrain.travel_weights
        return weighted_centroids(self.terrain.points, weights, labels, self.problem.n_territories)

    def mean_km(self, labels: IntArray, centres: FloatArray) -> float:
        return float(travel_km(self.terrain.points, self.true_weights, labels, centres))

    def excess(self, loads: FloatArray) -> float:
        """Load (K, M) beyond the tolerances, as shares of the whole; 0 = all tolerances met."""
        shares = self.terrain.shares[:, None]
        beyond = np.maximum(0, np.abs(loads / shares - 1) - self.terrain.tolerances)
        beyond[beyond <= _EXACT] = 0
        return float((beyond * shares).sum())

    def start_bounds(self, band: float) -> Bounds:
        """Loads a start may give each territory: its share, or what its region forces, plus or minus band."""
        targets = self.problem.shares.copy()
        for region in self.layout.regions:
            forced = float(self.start_weights[region.units].sum() / targets[region.territories].sum())
            targets[region.territories] *= forced
        return Bounds(targets * (1 - band), targets * (1 + band))


def _grouped(forbidden: IntArray, n_units: int) -> tuple[LongArray, IntArray]:
    order = np.lexsort((forbidden[:, 1], forbidden[:, 0]))
    starts = np.zeros(n_units + 1, dtype=np.int64)
    np.cumsum(np.bincount(forbidden[:, 0], minlength=n_units), out=starts[1:])
    return starts, np.ascontiguousarray(forbidden[order, 1])
