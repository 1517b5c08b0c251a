"""Connected plans to search from: balanced diagrams on a clean sheet, or today's plan made whole."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from balancing.engine.arrays import FloatArray, IntArray
from balancing.engine.bisection import bisect
from balancing.engine.contiguity import make_connected, nearest_by_price
from balancing.engine.disruption import aligned_territories
from balancing.engine.geometry import plane_km, weighted_centroids
from balancing.engine.instance import Instance
from balancing.engine.parameters import SolveParameters
from balancing.engine.power_diagram import Bounds, Diagram
from balancing.engine.starts import StartPlan, diagram_at, find_diagrams
from balancing.engine.stop import Stop

_ALTERNATIVES = 3  # plans to search from; the best start need not be the best one balanced
_SMALL = 15_000


class Beginning(NamedTuple):
    """Labels (N,) of a connected plan and first prices (K, M) in km."""

    labels: IntArray
    prices: FloatArray


def from_clean_sheet(instance: Instance, parameters: SolveParameters, seed: int, stop: Stop) -> list[Beginning]:
    """Beginnings around balanced power diagrams, best first."""
    problem = instance.problem
    per_region = [
        region_diagrams(instance, parameters, seed, stop, number) for number in range(len(instance.layout.regions))
    ]
    beginnings = []
    for rank in range(max(len(diagrams) for diagrams in per_region)):
        centres, prices = np.zeros((problem.n_territories, 3)), np.zeros(problem.n_territories)
        labels = np.zeros(problem.n_units, dtype=np.int32)
        for region, diagrams in zip(instance.layout.regions, per_region, strict=True):
            diagram = diagrams[min(rank, len(diagrams) - 1)]
            centres[region.territories], prices[region.territories] = diagram.centres, diagram.prices
            nearest = np.zeros(len(region.units), dtype=np.int32)
            nearest_by_price(problem.points[region.units], diagram.centres, diagram.prices, nearest)
            labels[region.units] = region.territories[nearest]
        if not problem.has_homes and (problem.has_current or len(problem.forbidden) or len(problem.required)):
            renamed = aligned_territories(problem, labels)
            labels, back = renamed[labels], np.argsort(renamed)
            centres, prices = centres[back], prices[back]
        beginnings.append(_connected(instance, labels, centres, prices))
    return beginnings


def from_current(instance: Instance, parameters: SolveParameters) -> Beginning:
    """Today's plan with its gaps filled, its pieces joined, and ground for territories that have none."""
    problem = instance.problem
    labels = problem.current.astype(np.int32)
    limit = 1.0 if parameters.max_moved_fraction is None else parameters.max_moved_fraction
    vacant = np.flatnonzero(np.bincount(labels[labels >= 0], minlength=problem.n_territories) == 0)
    for k in vacant:
        _settle(instance, labels, int(k), limit / len(vacant))
    centres = instance.centres(labels)
    return _connected(instance, labels, centres, np.zeros(problem.n_territories))


def _connected(instance: Instance, labels: IntArray, centres: FloatArray, prices: FloatArray) -> Beginning:
    terrain = instance.terrain
    labels = np.where(instance.kept >= 0, instance.kept, labels)
    labels = make_connected(
        instance.graph, terrain.points, terrain.travel_weights, instance.limits, centres, prices, labels
    )
    n_metrics = terrain.unit_loads.shape[1]
    return Beginning(labels, np.tile(prices[:, None] / max(1, n_metrics), (1, n_metrics)))


def region_diagrams(
    instance: Instance, parameters: SolveParameters, seed: int, stop: Stop, number: int
) -> list[Diagram]:
    """Balanced diagrams of one region, best first."""
    region, problem = instance.layout.regions[number], instance.problem
    points = np.ascontiguousarray(problem.points[region.units])
    weights = instance.start_weights[region.units]
    whole = float(weights.sum()) or 1.0
    n_territories = len(region.territories)
    every = instance.start_bounds(_band(instance))
    bounds = Bounds(every.low[region.territories] / whole, every.high[region.territories] / whole)
    if problem.has_homes and np.isfinite(problem.homes[region.territories]).any():
        return [diagram_at(points, weights, bounds, problem.homes[region.territories])]
    if n_territories == 1:
        centre = weighted_centroids(points, weights, np.zeros(len(points), dtype=np.int32), 1)
        return [Diagram(centre, np.zeros(1))]
    shares = problem.shares[region.territories]
    return find_diagrams(
        points,
        weights,
        bounds,
        shares / shares.sum(),
        StartPlan.of_size(len(points), n_territories, parameters.starts),
        np.random.default_rng([seed, number]),
        stop,
        wanted=_ALTERNATIVES if problem.n_units <= _SMALL else 1,
    )


def _band(instance: Instance) -> float:
    """How far a start's loads may stray from their targets."""
    narrowest, n_metrics = instance.narrowest, len(instance.terrain.soft_prices)
    if n_metrics == 0:
        return 1.0
    slack = 0.99 if n_metrics == 1 and narrowest >= 0.049 else 0.9
    return float(np.clip(slack * narrowest, 0.001, 0.5))


def _settle(instance: Instance, labels: IntArray, k: int, limit: float) -> None:
    """Give vacant territory k a side of the one that carries most for its share (home side, where there is one)."""
    problem, weights = instance.problem, instance.terrain.travel_weights
    movable = np.flatnonzero((labels >= 0) & ~problem.locked)
    sizes = np.bincount(labels[movable], minlength=problem.n_territories)
    loads = np.bincount(labels[movable], weights[movable], minlength=problem.n_territories)
    donor = int(np.argmax(np.where(sizes > 1, loads / problem.shares, -1.0)))
    if sizes[donor] <= 1:
        return
    units = movable[labels[movable] == donor]
    part = min(0.5, max(limit, 1e-6) / float(loads[donor]))
    random = np.random.default_rng([k, len(units)])
    side = bisect(plane_km(problem.points[units]), weights[units], np.array([1 - part, part]), random)
    labels[units[side == 1]] = k
