"""Recursive weighted bisection of a plane into territories of given shares (after Kalcsics et al., 2005)."""

from __future__ import annotations

import numpy as np

from balancing.engine.arrays import FloatArray, IntArray, LongArray

_DIRECTIONS = 8


def bisect(plane: FloatArray, weights: FloatArray, shares: FloatArray, random: np.random.Generator) -> IntArray:
    """Labels (n,): territory k gets about shares[k] of the weight; cut directions turn with the generator."""
    labels = np.zeros(len(plane), dtype=np.int32)
    pending = [(np.arange(len(plane)), random.permutation(len(shares)))]
    while pending:
        points, territories = pending.pop()
        if len(territories) == 1 or len(points) <= 1:
            labels[points] = territories[0]
            continue
        half = len(territories) // 2
        first, second = territories[:half], territories[half:]
        fraction = float(shares[first].sum() / shares[territories].sum())
        turn = float(random.random()) * np.pi
        one, other = _best_cut(plane, weights, points, fraction, turn)
        pending += [(one, first), (other, second)]
    return labels


def _best_cut(
    plane: FloatArray, weights: FloatArray, points: LongArray, fraction: float, turn: float
) -> tuple[LongArray, LongArray]:
    """Of cuts in several directions, the one with the least inertia of the two sides."""
    place, weight = plane[points], weights[points] + 1e-300
    moments = np.column_stack((weight, weight[:, None] * place, weight * (place**2).sum(axis=1)))
    whole = moments.sum(axis=0)
    best, best_order, best_cut = np.inf, np.arange(len(points)), 1
    for direction in range(_DIRECTIONS):
        angle = turn + direction * np.pi / _DIRECTIONS
        order = np.argsort(place @ np.array([np.cos(angle), np.sin(angle)]), kind="stable")
        running = np.cumsum(weight[order])
        cut = int(np.clip(np.searchsorted(running, running[-1] * fraction), 1, len(points) - 1))
        side = moments[order[:cut]].sum(axis=0)
        inertia = _inertia(side) + _inertia(whole - side)
        if inertia < best:
            best, best_order, best_cut = inertia, order, cut
    return points[best_order[:best_cut]], points[best_order[best_cut:]]


def _inertia(moments: FloatArray) -> float:
    weight = max(float(moments[0]), 1e-300)
    return float(moments[3] - (moments[1] ** 2 + moments[2] ** 2) / weight)
