"""Where territories could have their centres: many cheap starts on coarse cells, the best ones finished."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balancing.engine.arrays import BoolArray, FloatArray
from balancing.engine.bisection import bisect
from balancing.engine.coarsening import Cells, coarse_cells
from balancing.engine.geometry import great_circle_km, plane_km, weighted_centroids
from balancing.engine.power_diagram import Balancer, Bounds, Diagram
from balancing.engine.stop import Stop

_FINE_CELLS = 20_000
_COARSEST_EPS = 0.12
_WIDEST_BAND = 0.045  # coarse cells are too rough for a narrower band


@dataclass(frozen=True)
class StartPlan:
    """How many starts, relocations and finished starts a region of this size is worth."""

    starts: int
    relocations: int
    finished: int
    cells: int

    @classmethod
    def of_size(cls, n_units: int, n_territories: int, starts: int | None) -> StartPlan:
        tiny, small = n_units <= 100, n_units <= 2_000
        coarse = 2_000 if n_units <= 50_000 else 4_000
        relocations = (100 if tiny else 40) if small and n_territories > 2 and starts is None else 0
        return cls(
            starts=starts or (24 if tiny else 12),
            relocations=relocations,
            finished=10 if tiny else 6 if small else 4,
            cells=max(coarse, 25 * n_territories),
        )


def find_diagrams(
    points: FloatArray,
    weights: FloatArray,
    bounds: Bounds,
    shares: FloatArray,
    plan: StartPlan,
    random: np.random.Generator,
    stop: Stop,
    *,
    wanted: int,
) -> list[Diagram]:
    """The best `wanted` balanced power diagrams with free centres, best first."""
    cells = coarse_cells(points, weights, plan.cells)
    rough = Bounds(
        np.minimum(bounds.low, shares * (1 - _WIDEST_BAND)),
        np.maximum(bounds.high, shares * (1 + _WIDEST_BAND)),
    )
    plane = plane_km(cells.points)
    free = np.zeros(len(shares), dtype=np.bool_)
    pool = []
    for _ in range(plan.starts):
        start, mean_km = _bisected(cells, plane, shares, random)
        balancer = Balancer(cells, rough, start, scale_km=mean_km, fixed=free)
        eps_rounds = _geometric(0.3 * mean_km, _COARSEST_EPS * mean_km, 30)
        pool.append((balancer.run(eps_rounds, steps=2, refresh=4, last_steps=10), mean_km))
        if stop(np.inf):
            break
    pool.sort(key=lambda entry: entry[0].cost)
    best, scale_km = pool[0]
    for _ in range(plan.relocations):
        if stop(np.inf):
            break
        changed = _relocated(cells, best, random)
        balancer = Balancer(cells, rough, changed, scale_km=scale_km, fixed=free)
        eps_rounds = _geometric(0.3 * scale_km, _COARSEST_EPS * scale_km, 10)
        found = balancer.run(eps_rounds, steps=2, refresh=3, last_steps=8)
        if found.cost < best.cost:
            best = found
            pool.insert(0, (found, scale_km))
    finished = []
    for diagram, mean_km in pool[: max(plan.finished, wanted)]:
        balancer = Balancer(cells, rough, diagram, scale_km=mean_km, fixed=free)
        eps_rounds = _geometric(_COARSEST_EPS * mean_km, 0.03 * mean_km, 10)
        finished.append(balancer.run(eps_rounds, steps=2, refresh=3, last_steps=20))
    finished.sort(key=lambda diagram: diagram.cost)
    fine = coarse_cells(points, weights, _FINE_CELLS)
    return [refined(fine, bounds, diagram, fixed=free) for diagram in finished[:wanted]]


def refined(cells: Cells, bounds: Bounds, diagram: Diagram, *, fixed: BoolArray) -> Diagram:
    """Prices made exact on fine cells; centres follow a little unless they are fixed."""
    nearest = np.min([great_circle_km(cells.points, centre) for centre in diagram.centres], axis=0)
    scale_km = diagram.cost if np.isfinite(diagram.cost) else float(cells.weights @ nearest)
    scale_km = max(scale_km, 1e-3)
    for eps, rounds in ((0.12, 2), (0.08, 2), (0.05, 1), (0.03, 1), (0.015, 1)):
        still: BoolArray = fixed if eps >= 0.05 else np.ones_like(fixed)
        balancer = Balancer(cells, bounds, diagram, scale_km=scale_km, fixed=still)
        diagram = balancer.run([eps * scale_km] * rounds, steps=2, refresh=3, last_steps=12)
    return diagram


def diagram_at(points: FloatArray, weights: FloatArray, bounds: Bounds, centres: FloatArray) -> Diagram:
    """The balanced diagram around fixed centres; a centre of NaN is free, and begins far from the others."""
    cells = coarse_cells(points, weights, _FINE_CELLS)
    fixed = np.asarray(np.isfinite(centres).all(axis=1))
    centres = centres.copy()
    for k in np.flatnonzero(~fixed):
        known = centres[np.isfinite(centres[:, 0])]
        gaps = np.min([great_circle_km(cells.points, centre) for centre in known], axis=0)
        centres[k] = cells.points[int(np.argmax(cells.weights * gaps))]
    nearest = np.min([great_circle_km(cells.points, centre) for centre in centres], axis=0)
    scale_km = max(float(cells.weights @ nearest), 1e-3)
    balancer = Balancer(cells, bounds, Diagram(centres, np.zeros(len(centres))), scale_km=scale_km, fixed=fixed)
    rough = balancer.run(_geometric(1.0 * scale_km, _COARSEST_EPS * scale_km, 12), steps=3, refresh=1, last_steps=12)
    return refined(cells, bounds, rough, fixed=fixed)


def _bisected(
    cells: Cells, plane: FloatArray, shares: FloatArray, random: np.random.Generator
) -> tuple[Diagram, float]:
    labels = bisect(plane, cells.weights, shares, random)
    centres = weighted_centroids(cells.points, cells.weights, labels, len(shares))
    mean_km = float(cells.weights @ great_circle_km(cells.points, centres[labels]))
    return Diagram(centres, np.zeros(len(shares))), max(mean_km, 1e-3)


def _relocated(cells: Cells, diagram: Diagram, random: np.random.Generator) -> Diagram:
    """A diagram with one centre moved into another's ground, or a few neighbouring centres drawn anew."""
    centres, prices = diagram.centres.copy(), diagram.prices.copy()
    n_territories = len(centres)
    chosen = int(random.integers(n_territories))
    order = np.argsort(np.linalg.norm(centres - centres[chosen], axis=1), kind="stable")
    if random.random() < 0.5:
        reach = min(n_territories, 9) if random.random() < 0.6 else n_territories
        host = int(order[random.integers(1, reach)])
        gaps = np.linalg.norm(cells.points - centres[host], axis=1)
        rank = np.sort(np.linalg.norm(centres - centres[host], axis=1))[1]
        centres[chosen] = cells.points[_draw(cells.weights * gaps * (gaps < 0.8 * rank), cells, random)]
        prices[chosen] = prices[host]
    else:
        group = order[: int(random.integers(2, 6))]
        gaps = np.linalg.norm(cells.points - centres[chosen], axis=1)
        inside = gaps < np.linalg.norm(centres[group[-1]] - centres[chosen])
        for k in group:
            centres[k] = cells.points[_draw(cells.weights * inside, cells, random)]
        prices[group] = prices[group].mean()
    return Diagram(centres, prices)


def _draw(chances: FloatArray, cells: Cells, random: np.random.Generator) -> int:
    running = np.cumsum(chances if chances.sum() > 0 else cells.weights)
    return min(int(np.searchsorted(running, random.random() * running[-1])), len(cells.points) - 1)


def _geometric(first: float, last: float, count: int) -> list[float]:
    return [float(value) for value in np.geomspace(first, last, count)]
