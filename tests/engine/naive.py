"""Slow, obvious twins of the engine's kernels."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from balancing.engine.problem import Problem

EARTH_RADIUS_KM = 6371.0088


def kilometres(a: Sequence[float], b: Sequence[float]) -> float:
    cross = np.linalg.norm(np.cross(a, b))
    return EARTH_RADIUS_KM * math.atan2(float(cross), float(np.dot(a, b)))


def neighbours(problem: Problem, unit: int) -> set[int]:
    found = set()
    for i, j in problem.edges.tolist():
        if i == unit:
            found.add(j)
        if j == unit:
            found.add(i)
    return found - {unit}


def is_connected(problem: Problem, units: Sequence[int]) -> bool:
    """Flood fill over the given units."""
    left = set(units)
    if not left:
        return True
    front = [left.pop()]
    while front:
        around = neighbours(problem, front.pop()) & left
        left -= around
        front += list(around)
    return not left


def loads(problem: Problem, labels: Sequence[int]) -> list[list[float]]:
    sums = [[0.0] * problem.n_metrics for _ in range(problem.n_territories)]
    for unit, label in enumerate(labels):
        for m in range(problem.n_metrics):
            sums[label][m] += float(problem.weights[unit, m])
    return sums


def mean_km(problem: Problem, labels: Sequence[int], centres: Any = None) -> float:
    """Mean distance to given centres, or to the weighted centroids."""
    total = 0.0
    for k in range(problem.n_territories):
        units = [unit for unit, label in enumerate(labels) if label == k]
        weights = [float(problem.weights[unit, 0]) for unit in units]
        if centres is None:
            centre = sum(w * problem.points[unit] for w, unit in zip(weights, units, strict=True))
            centre = centre / np.linalg.norm(centre)
        else:
            centre = centres[k]
        total += sum(w * kilometres(problem.points[unit], centre) for w, unit in zip(weights, units, strict=True))
    return total / float(problem.weights[:, 0].sum())


def plans(problem: Problem, *, connected: bool) -> Iterator[tuple[int, ...]]:
    """Every plan within the tolerances, by trying all of them."""
    for labels in itertools.product(range(problem.n_territories), repeat=problem.n_units):
        sums = loads(problem, labels)
        balanced = all(
            abs(sums[k][m] / (problem.totals[m] * problem.shares[k]) - 1) <= problem.tolerances[m] + 1e-9
            for k in range(problem.n_territories)
            for m in problem.balanced_metrics
        )
        if not balanced:
            continue
        members = [[u for u, label in enumerate(labels) if label == k] for k in range(problem.n_territories)]
        if all(members) and (not connected or all(is_connected(problem, units) for units in members)):
            yield labels


def soft_assignment(
    points: Any, weights: Any, centres: Any, prices: Any, eps: float
) -> tuple[list[float], float, float]:
    """Loads, mean distance (chord) and soft dual value of a power diagram, one point at a time."""
    sums, distance, value = [0.0] * len(centres), 0.0, 0.0
    for point, weight in zip(points, weights, strict=True):
        gaps = [EARTH_RADIUS_KM * float(np.linalg.norm(point - centre)) for centre in centres]
        odds = [math.exp(-(gap + price) / eps) for gap, price in zip(gaps, prices, strict=True)]
        for k, odd in enumerate(odds):
            sums[k] += weight * odd / sum(odds)
            distance += weight * odd / sum(odds) * gaps[k]
        value -= weight * eps * math.log(sum(odds))
    return sums, distance, value
