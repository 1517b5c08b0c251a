"""A problem as the kernels want it: flat, writable, scaled to shares of the whole."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from balancing.engine.annealing import Terrain
from balancing.engine.arrays import FloatArray, IntArray, LongArray
from balancing.engine.components import Layout
from balancing.engine.contiguity import Limits
from balancing.engine.geometry import great_circle_km, travel_km, weighted_centroids
from balancing.engine.graph import Adjacency, adjacency
from balancing.engine.power_diagram import Bounds
from balancing.engine.problem import Problem

_EXACT = 1e-9
_WEIGHTLESS = 0.01  # pull of a unit without accounts, as a part of the mean unit's: keeps it near its centre


@dataclass(frozen=True)
class Instance:
    """Arrays that every phase of a solve shares.

    true_weights  (N,) share of the primary metric, evenly spread where that metric is all zero
    kept          (N,) territory that a unit must have, -1 = free
    graph         adjacency, bridges to islands included
    terrain       the annealing kernel's view, of the balanced metrics only
    """

    problem: Problem
    layout: Layout
    true_weights: FloatArray
    kept: IntArray
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
        low, high = problem.bands()
        soft_prices = problem.tolerance_prices[balanced]
        kept = problem.kept
        terrain = Terrain(
            starts=graph.starts,
            neighbours=graph.neighbours,
            crossings=_crossings(graph, problem.barriers, problem.barrier_prices),
            points=problem.points.copy(),
            travel=problem.travel.copy() if problem.has_travel else np.zeros((0, 0)),
            travel_weights=np.maximum(true_weights, _WEIGHTLESS * even),
            unit_loads=np.ascontiguousarray(problem.weights[:, balanced] / problem.totals[balanced]),
            shares=problem.shares.copy(),
            aims=np.clip(np.broadcast_to(problem.shares[:, None], low.shape), low, np.maximum(low, high)),
            low=low,
            high=np.minimum(1.0, high),
            soft_prices=np.where(np.isfinite(soft_prices), soft_prices, -1.0),
            current=problem.current.copy(),
            locked=kept >= 0,
            forbidden_starts=starts,
            forbidden=forbidden,
        )
        limits = Limits(kept >= 0, frozenset((int(i), int(k)) for i, k in problem.forbidden))
        return cls(problem, layout, true_weights, kept, graph, terrain, limits)

    @property
    def start_weights(self) -> FloatArray:
        """Weight that starts balance: the mean of the balanced metrics' shares."""
        loads = self.terrain.unit_loads
        return np.asarray(loads.mean(axis=1)) if loads.shape[1] else self.true_weights

    def centres(self, labels: IntArray) -> FloatArray:
        """Homes where there are any, else the centroids of a plan, to which units without accounts pull a little."""
        return self._centres(labels, self.terrain.travel_weights)

    def true_centres(self, labels: IntArray) -> FloatArray:
        """Homes where there are any, else the centroids of a plan."""
        return self._centres(labels, self.true_weights)

    def sites(self, centres: FloatArray) -> LongArray:
        """Site (K,) of each centre, where ways are given."""
        problem = self.problem
        if problem.has_homes or not problem.has_travel:
            return np.arange(len(centres))
        return np.asarray(np.argmax(centres @ problem.sites.T, axis=1))

    def ways(self, labels: IntArray, centres: FloatArray) -> FloatArray:
        """Way (N,) of each unit to its territory's centre: km, or travel where that is given."""
        terrain = self.terrain
        if self.problem.has_travel:
            return np.asarray(terrain.travel[np.arange(len(labels)), self.sites(centres)[labels]])
        return great_circle_km(terrain.points, centres[labels])

    @property
    def trip_column(self) -> int:
        """The balanced metric that depends on ways, -1 = none."""
        problem = self.problem
        if not problem.has_trips or problem.trip_metric not in problem.balanced_metrics:
            return -1
        return problem.balanced_metrics.index(problem.trip_metric)

    def unit_loads(self, labels: IntArray, centres: FloatArray) -> FloatArray:
        """Loads (N, M) as shares of what a plan adds up to, the ways to its centres included."""
        problem, column = self.problem, self.trip_column
        if column < 0:
            return self.terrain.unit_loads
        found = self.terrain.unit_loads.copy()
        raw = problem.weights[:, problem.trip_metric] + problem.trip_loads * self.ways(labels, centres)
        found[:, column] = raw / raw.sum()
        return found

    def _centres(self, labels: IntArray, weights: FloatArray) -> FloatArray:
        problem, points = self.problem, self.terrain.points
        if problem.has_travel and not problem.has_homes:
            sums = np.zeros((problem.n_territories, len(problem.sites)))
            for k in range(problem.n_territories):
                held = labels == k
                sums[k] = weights[held] @ self.terrain.travel[held]
            return np.asarray(problem.sites[sums.argmin(axis=1)])
        return problem.based(weighted_centroids(points, weights, labels, problem.n_territories))

    def mean_km(self, labels: IntArray, centres: FloatArray) -> float:
        """Mean way, weighted by the primary metric: km, or what `travel` is in."""
        return self._total(self.true_weights, labels, centres)

    def pulled_km(self, labels: IntArray, centres: FloatArray) -> float:
        """The same with the little pull that units without accounts have in a search."""
        return self._total(self.terrain.travel_weights, labels, centres)

    def _total(self, weights: FloatArray, labels: IntArray, centres: FloatArray) -> float:
        if self.problem.has_travel:
            return float(weights @ self.ways(labels, centres))
        return float(travel_km(self.terrain.points, weights, labels, centres))

    def beyond(self, loads: FloatArray) -> FloatArray:
        """Load out of band (K, M), as shares of the whole."""
        terrain = self.terrain
        found: FloatArray = np.maximum(0, np.maximum(loads - terrain.high, terrain.low - loads))
        found[found <= _EXACT * terrain.shares[:, None]] = 0
        return found

    def excess(self, loads: FloatArray) -> float:
        """Load (K, M) out of hard bands, as a share of the whole; 0 = all of them are kept."""
        return float(self.beyond(loads)[:, self.terrain.soft_prices < 0].sum())

    def soft_km(self, labels: IntArray, loads: FloatArray) -> float:
        """What a plan pays in km of mean distance for soft tolerances missed and soft barriers crossed."""
        problem = self.problem
        inside = labels[problem.barriers[:, 0]] == labels[problem.barriers[:, 1]]
        missed = self.beyond(loads).sum(axis=0) @ np.maximum(0, self.terrain.soft_prices)
        return float(missed + problem.barrier_prices[inside].sum())

    @property
    def narrowest(self) -> float:
        """Half the width of the narrowest band, as a part of the territory's share; inf = nothing is balanced."""
        terrain = self.terrain
        if terrain.aims.size == 0:
            return math.inf
        half = np.minimum(terrain.high - terrain.aims, terrain.aims - terrain.low) / terrain.shares[:, None]
        return float(half.min())

    def start_bounds(self, band: float) -> Bounds:
        """Loads a start may give each territory: its share, or what its region forces, plus or minus band."""
        aims = self.terrain.aims
        targets = aims.mean(axis=1) / aims.mean(axis=1).sum() if aims.size else self.problem.shares.copy()
        for region in self.layout.regions:
            forced = float(self.start_weights[region.units].sum() / targets[region.territories].sum())
            targets[region.territories] *= forced
        return Bounds(targets * (1 - band), targets * (1 + band))


def _crossings(graph: Adjacency, barriers: IntArray, prices: FloatArray) -> FloatArray:
    """Price of each link of the graph, both ways; empty where there are no soft barriers."""
    if len(barriers) == 0:
        return np.zeros(0)
    found = {}
    for (i, j), price in zip(barriers.tolist(), prices.tolist(), strict=True):
        found[i, j] = found[j, i] = price
    sources, targets = graph.pairs()
    links = zip(sources.tolist(), targets.tolist(), strict=True)
    return np.array([found.get(link, 0.0) for link in links])


def _grouped(forbidden: IntArray, n_units: int) -> tuple[LongArray, IntArray]:
    order = np.lexsort((forbidden[:, 1], forbidden[:, 0]))
    starts = np.zeros(n_units + 1, dtype=np.int64)
    np.cumsum(np.bincount(forbidden[:, 0], minlength=n_units), out=starts[1:])
    return starts, np.ascontiguousarray(forbidden[order, 1])
