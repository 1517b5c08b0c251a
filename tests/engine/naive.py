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


def turn(a: Sequence[int], b: Sequence[int], c: Sequence[int]) -> int:
    """Twice the area of a triangle in whole numbers, positive when its corners turn left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def is_in_circle(a: Sequence[int], b: Sequence[int], c: Sequence[int], place: Sequence[int]) -> bool:
    """Whether a place lies in the circle through a, b, c, which turn left, in whole numbers of any length."""
    rows = [(x - place[0], y - place[1]) for x, y in (a, b, c)]
    lifted = [(x, y, x * x + y * y) for x, y in rows]
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = lifted
    return ax * (by * cz - bz * cy) - ay * (bx * cz - bz * cx) + az * (bx * cy - by * cx) > 0


def hull_area(places: Sequence[Sequence[int]]) -> int:
    """Twice the area of the convex hull, by the monotone chain."""
    corners: list[Sequence[int]] = []
    for chain in (sorted(places), sorted(places, reverse=True)):
        start = len(corners)
        for place in chain:
            while len(corners) - start > 1 and turn(corners[-2], corners[-1], place) <= 0:
                corners.pop()
            corners.append(place)
    return sum(turn(corners[0], b, c) for b, c in itertools.pairwise(corners))


def empty_circle_pairs(points: Any) -> set[tuple[int, int]]:
    """Pairs of points on the sphere through which some circle can be drawn that holds no other of them.

    Seen along the line through both, a plane through it is a line through the middle: it cuts off nobody when all
    others are seen within half a turn.
    """
    found = set()
    for i, j in itertools.combinations(range(len(points)), 2):
        line = points[j] - points[i]
        across = np.cross(points[i], line)
        up = np.cross(line / np.linalg.norm(line), across)
        others = np.delete(points, (i, j), axis=0) - points[i]
        angles = np.sort(np.arctan2(others @ up, others @ across))
        gaps = np.diff(angles, append=angles[0] + 2 * math.pi)
        if gaps.max() > math.pi:
            found.add((i, j))
    return found
