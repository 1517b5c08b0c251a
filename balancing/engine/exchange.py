"""Books of accounts without geography: shifts and swaps of single units, balanced closely on several metrics.

Annealing (Metropolis et al., 1953) over the few territories that are cheap for a unit, with one price per territory,
metric and side that is raised while the search runs as long as a tolerance is missed.

Self-contained like the other kernels: numba's cache watches one file, so a kernel must not call kernels of another.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from balancing.engine.arrays import BoolArray, FloatArray, HashArray, IntArray


class Books(NamedTuple):
    """A division under exchange. Loads are shares of each metric's total; best holds the best one within tolerance."""

    labels: IntArray
    loads: FloatArray
    above: FloatArray
    below: FloatArray
    best_labels: IntArray
    best_cost: FloatArray
    random: HashArray


class Heat(NamedTuple):
    """First and last values of one round: temperature and penalty in km, price rate as a part of the mean km."""

    temperature: tuple[float, float]
    penalty_km: tuple[float, float]
    price_rate_km: tuple[float, float]


_TRIES = 12
_PRICED_EVERY = 4096


@njit(cache=True, forceinline=True)
def _chance(random: HashArray) -> float:
    """Next number in [0, 1) of a SplitMix64 stream (Steele, Lea and Flood, 2014)."""
    random[0] += np.uint64(0x9E3779B97F4A7C15)
    mixed = random[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return float(mixed >> np.uint64(11)) * 1.1102230246251565e-16


@njit(cache=True, fastmath=True, forceinline=True)
def _cost(
    points: FloatArray, weights: FloatArray, loads: FloatArray, centres: FloatArray, prices: FloatArray, i: int, k: int
) -> float:
    """Weighted km of unit i to centre k plus the prices of its loads there."""
    dx = points[i, 0] - centres[k, 0]
    dy = points[i, 1] - centres[k, 1]
    dz = points[i, 2] - centres[k, 2]
    square = dx * dx + dy * dy + dz * dz
    cost = float(weights[i] * 6371.0088 * math.sqrt(square) * (1 + square * (1 / 24 + square * (3 / 640))))
    for m in range(loads.shape[1]):
        cost += loads[i, m] * prices[k, m]
    return cost


@njit(cache=True, fastmath=True, forceinline=True)
def _excess(load: float, share: float, tolerance: float) -> float:
    return float(max(0.0, abs(load / share - 1) - 0.85 * tolerance))


@njit(cache=True, fastmath=True)
def _excess_change(
    books: Books, unit_loads: FloatArray, shares: FloatArray, tolerances: FloatArray, i: int, j: int, a: int, b: int
) -> float:
    """Change of the loads beyond tolerance when i goes from a to b and j, if any, from b to a."""
    change = 0.0
    for m in range(len(tolerances)):
        flow = unit_loads[i, m]
        if j >= 0:
            flow -= unit_loads[j, m]
        change += _excess(books.loads[a, m] - flow, shares[a], tolerances[m])
        change -= _excess(books.loads[a, m], shares[a], tolerances[m])
        change += _excess(books.loads[b, m] + flow, shares[b], tolerances[m])
        change -= _excess(books.loads[b, m], shares[b], tolerances[m])
    return change


@njit(cache=True)
def _is_open(candidates: IntArray, j: int, a: int) -> bool:
    found = False
    for c in range(candidates.shape[1]):
        found = found or candidates[j, c] == a
    return found


@njit(cache=True)
def _keep_if_best(
    books: Books,
    points: FloatArray,
    weights: FloatArray,
    centres: FloatArray,
    shares: FloatArray,
    tolerances: FloatArray,
) -> None:
    for k in range(len(shares)):
        for m in range(len(tolerances)):
            if abs(books.loads[k, m] / shares[k] - 1) > tolerances[m] + 1e-9:
                return
    cost = 0.0
    for i in range(len(books.labels)):
        k = books.labels[i]
        dx = points[i, 0] - centres[k, 0]
        dy = points[i, 1] - centres[k, 1]
        dz = points[i, 2] - centres[k, 2]
        cost += weights[i] * 2 * 6371.0088 * math.asin(min(1.0, 0.5 * math.sqrt(dx * dx + dy * dy + dz * dz)))
    if cost < books.best_cost[0]:
        books.best_cost[0] = cost
        books.best_labels[:] = books.labels


@njit(cache=True)
def _renew_prices(books: Books, shares: FloatArray, tolerances: FloatArray, prices: FloatArray, rate_km: float) -> None:
    """Raise the price of what is too full, lower that of what is too empty, let the rest fade."""
    for k in range(len(shares)):
        for m in range(len(tolerances)):
            deviation, aim = books.loads[k, m] / shares[k] - 1, 0.8 * tolerances[m]
            books.above[k, m] = max(0.0, books.above[k, m] + rate_km * (deviation - aim))
            books.below[k, m] = max(0.0, books.below[k, m] + rate_km * (-deviation - aim))
            prices[k, m] = books.above[k, m] - books.below[k, m]


@njit(cache=True)
def exchange(
    books: Books,
    points: FloatArray,
    weights: FloatArray,
    unit_loads: FloatArray,
    shares: FloatArray,
    tolerances: FloatArray,
    locked: BoolArray,
    centres: FloatArray,
    candidates: IntArray,
    heat: Heat,
    span: tuple[float, float],
    n_steps: int,
) -> None:
    """Shifts and swaps while the temperature falls over this span (fractions) of a round.

    candidates (N, c): the territories open to a unit, -1 = none. Partners are sought among the units near in order,
    which are near on the ground where the units follow a Z-order curve.
    """
    labels, loads, random = books.labels, books.loads, books.random
    n_units, n_candidates = candidates.shape
    reach = max(8, n_units // len(shares))
    prices = books.above - books.below
    priced_every = max(_PRICED_EVERY, n_units // 8)
    temperature = penalty = 0.0
    for step in range(n_steps):
        if step % priced_every == 0:
            done = span[0] + (span[1] - span[0]) * step / n_steps
            temperature = heat.temperature[0] * (heat.temperature[1] / heat.temperature[0]) ** done
            penalty = heat.penalty_km[0] * (heat.penalty_km[1] / heat.penalty_km[0]) ** done
            rate_km = heat.price_rate_km[0] * (heat.price_rate_km[1] / heat.price_rate_km[0]) ** done
            _keep_if_best(books, points, weights, centres, shares, tolerances)
            _renew_prices(books, shares, tolerances, prices, rate_km)
        i = int(n_units * _chance(random))
        a = labels[i]
        b = candidates[i, int(n_candidates * _chance(random) ** 2)]
        if locked[i] or b < 0 or b == a:
            continue
        own = _cost(points, weights, unit_loads, centres, prices, i, b)
        own -= _cost(points, weights, unit_loads, centres, prices, i, a)
        partner, change = -1, 1e300
        if _chance(random) < 0.8:
            for _ in range(_TRIES):
                j = i + int(reach * (2 * _chance(random) - 1))
                if j < 0 or j >= n_units or labels[j] != b or locked[j] or not _is_open(candidates, j, a):
                    continue
                other = _cost(points, weights, unit_loads, centres, prices, j, a)
                other -= _cost(points, weights, unit_loads, centres, prices, j, b)
                worse = penalty * _excess_change(books, unit_loads, shares, tolerances, i, j, a, b)
                if own + other + worse < change:
                    partner, change = j, own + other + worse
            if partner < 0:
                continue
        else:
            change = own + penalty * _excess_change(books, unit_loads, shares, tolerances, i, -1, a, b)
        if change > 0 and _chance(random) >= math.exp(-change / temperature):
            continue
        labels[i] = b
        for m in range(len(tolerances)):
            loads[a, m] -= unit_loads[i, m]
            loads[b, m] += unit_loads[i, m]
        if partner >= 0:
            labels[partner] = a
            for m in range(len(tolerances)):
                loads[b, m] -= unit_loads[partner, m]
                loads[a, m] += unit_loads[partner, m]
    _keep_if_best(books, points, weights, centres, shares, tolerances)
