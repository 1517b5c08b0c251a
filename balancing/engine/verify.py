"""Judges a plan from the problem alone: slow, plain, and independent of how the plan was made."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from balancing.engine.arrays import IntArray
from balancing.engine.problem import Problem


@dataclass(frozen=True)
class Verdict:
    """What is true of a plan. Deviations are the worst |load / target - 1| per metric."""

    worst_deviations: tuple[float, ...]
    mean_km: float
    n_pieces: int
    n_empty: int
    broken_locks: int
    broken_forbidden: int
    broken_limits: int
    moved_fraction: float

    def meets(self, tolerances: tuple[float, ...], *, pieces: int) -> bool:
        """Whether every tolerance, limit, lock and forbidden pair is kept in at most so many pieces."""
        balanced = all(d <= t + 1e-9 for d, t in zip(self.worst_deviations, tolerances, strict=True))
        kept = self.broken_locks + self.broken_forbidden + self.broken_limits + self.n_empty == 0
        return balanced and kept and self.n_pieces <= pieces


def verify(problem: Problem, labels: IntArray) -> Verdict:
    """Measure a plan; every unit must have a territory in 0..K-1."""
    members: list[list[int]] = [[] for _ in range(problem.n_territories)]
    for unit, label in enumerate(labels):
        members[int(label)].append(unit)
    moved = [unit for unit, label in enumerate(labels) if problem.current[unit] >= 0 and problem.current[unit] != label]
    primary = problem.weights[:, 0]
    loads = [[_load(problem, k, units, m) for k, units in enumerate(members)] for m in range(problem.n_metrics)]
    return Verdict(
        worst_deviations=tuple(_worst_deviation(problem, held) for held in loads),
        mean_km=_mean_km(problem, members),
        n_pieces=_count_pieces(problem, labels),
        n_empty=sum(not units for units in members),
        broken_locks=sum(kept >= 0 and kept != label for kept, label in zip(problem.kept, labels, strict=True)),
        broken_forbidden=sum(int(labels[unit]) == int(k) for unit, k in problem.forbidden),
        broken_limits=sum(_broken_limits(problem, held, m) for m, held in enumerate(loads)),
        moved_fraction=float(primary[moved].sum() / primary.sum()) if primary.sum() > 0 else 0.0,
    )


def _worst_deviation(problem: Problem, loads: list[float]) -> float:
    total = math.fsum(loads)
    if total == 0:
        return 0.0
    return max(abs(float(load / (total * share)) - 1) for load, share in zip(loads, problem.shares, strict=True))


def _broken_limits(problem: Problem, loads: list[float], m: int) -> int:
    slack = 1e-9 * math.fsum(loads)
    within = [problem.least[k, m] - slack <= load <= problem.most[k, m] + slack for k, load in enumerate(loads)]
    return within.count(False)


def _load(problem: Problem, k: int, units: list[int], m: int) -> float:
    load = math.fsum(problem.weights[units, m])
    if problem.has_trips and m == problem.trip_metric:
        ways = _ways(problem, k, units)
        load += math.fsum(float(problem.trip_loads[unit]) * way for unit, way in zip(units, ways, strict=True))
    return load


def _mean_km(problem: Problem, members: list[list[int]]) -> float:
    total, kilometres = 0.0, 0.0
    for k, units in enumerate(members):
        weights = problem.weights[units, 0]
        if weights.sum() > 0:
            kilometres += math.fsum(float(w) * way for w, way in zip(weights, _ways(problem, k, units), strict=True))
            total += float(weights.sum())
    return kilometres / total if total > 0 else 0.0


def _ways(problem: Problem, k: int, units: list[int]) -> list[float]:
    """Way of each unit to the centre, by the spherical law (atan2 form), not by the chords that the search uses."""
    weights = problem.weights[units, 0]
    if problem.has_travel:
        rows = problem.travel[units]
        site = k if problem.has_homes else int(np.argmin([math.fsum(weights * column) for column in rows.T]))
        return [float(way) for way in rows[:, site]]
    if problem.has_homes and math.isfinite(problem.homes[k, 0]):
        centre = problem.homes[k]
    else:
        pull = weights if weights.sum() > 0 else np.ones(len(units))
        centre = (pull[:, None] * problem.points[units]).sum(axis=0)
        length = float(np.linalg.norm(centre))
        centre = centre / length if length > 1e-15 else np.array([1.0, 0.0, 0.0])
    found = []
    for unit in units:
        point = problem.points[unit]
        sine = float(np.linalg.norm(np.cross(point, centre)))
        found.append(6371.0088 * math.atan2(sine, float(point @ centre)))
    return found


def _count_pieces(problem: Problem, labels: IntArray) -> int:
    neighbours: list[list[int]] = [[] for _ in range(problem.n_units)]
    for i, j in problem.edges:
        if labels[i] == labels[j]:
            neighbours[i].append(int(j))
            neighbours[j].append(int(i))
    seen = [False] * problem.n_units
    pieces = 0
    for start in range(problem.n_units):
        if seen[start]:
            continue
        pieces += 1
        seen[start] = True
        queue = deque([start])
        while queue:
            for other in neighbours[queue.popleft()]:
                if not seen[other]:
                    seen[other] = True
                    queue.append(other)
    return pieces
