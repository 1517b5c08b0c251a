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

_FREE, _AIM = 0.97, 0.95  # parts of a band
_ROUNDING = 1e-9
_TRIES = 12
_PRICED_EVERY = 4096


class Books(NamedTuple):
    """A division under exchange. Loads are shares of each metric's total; best holds the best one within tolerance."""

    labels: IntArray
    loads: FloatArray
    above: FloatArray
    below: FloatArray
    best_labels: IntArray
    best_cost: FloatArray
    random: HashArray


class Bands(NamedTuple):
    """Limits of the loads (K, M): the true ones, those up to which there is no penalty, those that prices hold to.

    shares (K,) is what a load beyond them is measured in.
    """

    low: FloatArray
    high: FloatArray
    free_low: FloatArray
    free_high: FloatArray
    aim_low: FloatArray
    aim_high: FloatArray
    shares: FloatArray

    @classmethod
    def between(cls, low: FloatArray, high: FloatArray, shares: FloatArray) -> Bands:
        """Bands inside these limits (K, M)."""
        half = np.maximum(0, high - low) / 2
        free, aim = (1 - _FREE) * half, (1 - _AIM) * half
        return cls(low, high, low + free, high - free, low + aim, high - aim, shares)


class Heat(NamedTuple):
    """First and last values of one round: temperature and penalty in km, price rate as a part of the mean km."""

    temperature: tuple[float, float]
    penalty_km: tuple[float, float]
    price_rate_km: tuple[float, float]


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
def _excess_change(
    loads: FloatArray,
    low: FloatArray,
    high: FloatArray,
    shares: FloatArray,
    unit_loads: FloatArray,
    i: int,
    j: int,
    a: int,
    b: int,
) -> float:
    """Change of the loads beyond low and high when i goes from a to b and j, if any, from b to a."""
    more_a = more_b = 0.0
    for m in range(unit_loads.shape[1]):
        flow = unit_loads[i, m]
        if j >= 0:
            flow -= unit_loads[j, m]
        own, other = loads[a, m], loads[b, m]
        more_a += max(0.0, own - flow - high[a, m], low[a, m] - own + flow)
        more_a -= max(0.0, own - high[a, m], low[a, m] - own)
        more_b += max(0.0, other + flow - high[b, m], low[b, m] - other - flow)
        more_b -= max(0.0, other - high[b, m], low[b, m] - other)
    return float(more_a / shares[a] + more_b / shares[b])


@njit(cache=True)
def _is_open(candidates: IntArray, j: int, a: int) -> bool:
    found = False
    for c in range(candidates.shape[1]):
        found = found or candidates[j, c] == a
    return found


@njit(cache=True)
def _keep_if_best(books: Books, bands: Bands, points: FloatArray, weights: FloatArray, centres: FloatArray) -> None:
    for k in range(books.loads.shape[0]):
        for m in range(books.loads.shape[1]):
            load, rounding = books.loads[k, m], _ROUNDING * bands.shares[k]
            if load > bands.high[k, m] + rounding or load < bands.low[k, m] - rounding:
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
def _renew_prices(books: Books, bands: Bands, prices: FloatArray, rate_km: float) -> None:
    """Raise the price of what is too full, lower that of what is too empty, let the rest fade."""
    for k in range(prices.shape[0]):
        for m in range(prices.shape[1]):
            over = (books.loads[k, m] - bands.aim_high[k, m]) / bands.shares[k]
            under = (bands.aim_low[k, m] - books.loads[k, m]) / bands.shares[k]
            books.above[k, m] = max(0.0, books.above[k, m] + rate_km * over)
            books.below[k, m] = max(0.0, books.below[k, m] + rate_km * under)
            prices[k, m] = books.above[k, m] - books.below[k, m]


@njit(cache=True)
def exchange(
    books: Books,
    bands: Bands,
    points: FloatArray,
    weights: FloatArray,
    unit_loads: FloatArray,
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
    # Plain local arrays: reading a field of a tuple inside the loop costs a reference count each time.
    free_low, free_high, shares = bands.free_low, bands.free_high, bands.shares
    prices = books.above - books.below
    reach = max(8, n_units // len(prices))
    priced_every = max(_PRICED_EVERY, n_units // 8)
    temperature = penalty = 0.0
    for step in range(n_steps):
        if step % priced_every == 0:
            done = span[0] + (span[1] - span[0]) * step / n_steps
            temperature = heat.temperature[0] * (heat.temperature[1] / heat.temperature[0]) ** done
            penalty = heat.penalty_km[0] * (heat.penalty_km[1] / heat.penalty_km[0]) ** done
            rate_km = heat.price_rate_km[0] * (heat.price_rate_km[1] / heat.price_rate_km[0]) ** done
            _keep_if_best(books, bands, points, weights, centres)
            _renew_prices(books, bands, prices, rate_km)
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
                worse = penalty * _excess_change(loads, free_low, free_high, shares, unit_loads, i, j, a, b)
                if own + other + worse < change:
                    partner, change = j, own + other + worse
            if partner < 0:
                continue
        else:
            change = own + penalty * _excess_change(loads, free_low, free_high, shares, unit_loads, i, -1, a, b)
        if change > 0 and _chance(random) >= math.exp(-change / temperature):
            continue
        labels[i] = b
        for m in range(unit_loads.shape[1]):
            loads[a, m] -= unit_loads[i, m]
            loads[b, m] += unit_loads[i, m]
        if partner >= 0:
            labels[partner] = a
            for m in range(unit_loads.shape[1]):
                loads[b, m] -= unit_loads[partner, m]
                loads[a, m] += unit_loads[partner, m]
    _keep_if_best(books, bands, points, weights, centres)
