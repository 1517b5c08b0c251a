"""How short the mean distance could be at best: a Lagrangian dual bound at fixed centres.

Relaxing the load limits with prices and letting every unit choose its cheapest centre gives, for any prices,
a value that no balanced plan with these centres can beat (Geoffrion, 1974). L-BFGS-B finds good prices on a
softened minimum over the few centres that are cheap for a unit; first on a sample of the units, then on all.
Only the exact minimum over all units and centres is reported.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numba import njit
from scipy.optimize import minimize

from balancing.engine.arrays import FloatArray, IntArray, LongArray
from balancing.engine.crew import IsOver, side_by_side
from balancing.engine.instance import Instance
from balancing.engine.stop import NoLimit, Stop

_SAMPLE = 20_000
_CANDIDATES, _CANDIDATES_OF_MANY = 16, 8
_SAMPLE_EPS = (0.1, 0.1, 0.05, 0.05, 0.02, 0.02, 0.01, 0.01, 0.003, 0.003, 0.001)
_FULL_EPS, _FULL_EPS_OF_SEVERAL = (0.001,), (0.005, 0.002)
_REACH_PER_EPS, _LEAST_REACH = 20.0, 1.0
_SAMPLE_ITERATIONS, _FULL_ITERATIONS = 30, 25
_PART = 25_000  # units that one thread passes over at a time


@dataclass(frozen=True)
class LowerBound:
    km: float
    proves: str


@njit(cache=True, fastmath=True, nogil=True)
def cheapest_centres(
    units: LongArray,
    points: FloatArray,
    weights: FloatArray,
    loads: FloatArray,
    kept: IntArray,
    ruled_out_starts: LongArray,
    ruled_out: IntArray,
    travel: FloatArray,
    sites: LongArray,
    centres: FloatArray,
    prices: FloatArray,
    found: IntArray,
) -> float:
    """Fill found (n, c) with the c centres of least cost + price of each of n units, -1 where fewer are allowed.

    Cost is weight (N,) x km, or x travel (N, S) to the sites (K,) where that is given. A unit with kept (N,) >= 0 has
    that centre only; those in its row of ruled_out it must not have. Returns the sum over the units of the least.
    """
    n_found = found.shape[1]
    values = np.empty(n_found)
    exact = 0.0
    for row in range(len(units)):
        i = units[row]
        count = 0
        found[row, :] = -1
        for k in range(centres.shape[0]):
            if kept[i] >= 0 and kept[i] != k:
                continue
            dx = points[i, 0] - centres[k, 0]
            dy = points[i, 1] - centres[k, 1]
            dz = points[i, 2] - centres[k, 2]
            square = dx * dx + dy * dy + dz * dz
            value = weights[i] * 6371.0088 * math.sqrt(square) * (1 + square * (1 / 24 + square * (3 / 640)))
            if travel.shape[0] > 0:
                value = weights[i] * travel[i, sites[k]]
            for e in range(ruled_out_starts[i], ruled_out_starts[i + 1]):
                if ruled_out[e] == k:
                    value = 1e12
            for m in range(loads.shape[1]):
                value += loads[i, m] * prices[k, m]
            if count == n_found and value >= values[count - 1]:
                continue
            slot = count if count < n_found else n_found - 1
            count = min(count + 1, n_found)
            while slot > 0 and values[slot - 1] > value:
                values[slot] = values[slot - 1]
                found[row, slot] = found[row, slot - 1]
                slot -= 1
            values[slot] = value
            found[row, slot] = k
        exact += values[0]
    return exact


@njit(cache=True, fastmath=True, nogil=True)
def price_pass(
    units: LongArray,
    points: FloatArray,
    weights: FloatArray,
    loads: FloatArray,
    travel: FloatArray,
    sites: LongArray,
    centres: FloatArray,
    prices: FloatArray,
    candidates: IntArray,
    eps: float,
    gradient: FloatArray,
) -> float:
    """Soft sum over units of the least cost + price among the candidates (n, c) of each; fills gradient (K, M)."""
    n_candidates = candidates.shape[1]
    n_metrics = loads.shape[1]
    values = np.empty(n_candidates)
    gradient[:] = 0.0
    soft = 0.0
    for row in range(len(units)):
        i = units[row]
        least = 1e300
        count = 0
        while count < n_candidates and candidates[row, count] >= 0:
            k = candidates[row, count]
            dx = points[i, 0] - centres[k, 0]
            dy = points[i, 1] - centres[k, 1]
            dz = points[i, 2] - centres[k, 2]
            square = dx * dx + dy * dy + dz * dz
            value = weights[i] * 6371.0088 * math.sqrt(square) * (1 + square * (1 / 24 + square * (3 / 640)))
            if travel.shape[0] > 0:
                value = weights[i] * travel[i, sites[k]]
            for m in range(n_metrics):
                value += loads[i, m] * prices[k, m]
            values[count] = value
            least = min(least, value)
            count += 1
        width = eps * max(weights[i], 0.01 / len(weights))
        total = 0.0
        for c in range(count):
            gap = values[c] - least
            values[c] = math.exp(-gap / width) if gap < 14 * width else 0.0
            total += values[c]
        soft += least - width * math.log(total)
        for c in range(count):
            if values[c] > 0.0:
                for m in range(n_metrics):
                    gradient[candidates[row, c], m] += loads[i, m] * values[c] / total
    return soft


class Stopped(Exception):
    """The search for prices was told to stop before it had a bound."""


def lower_bound(
    instance: Instance, centres: FloatArray, mean_km: float, *, stop: Stop | None = None, threads: int = 1
) -> LowerBound:
    """Bound in km on plans with these centres (K, 3); mean_km of a known plan sets the scale of the search.

    Prices start at zero: those that a search ends with are farther from the best ones. Raises Stopped.
    """
    crew = _Crew(threads, stop or NoLimit())
    none = np.zeros((len(centres), instance.terrain.unit_loads.shape[1]))
    found = _good_prices(instance, centres, mean_km, crew)
    everyone = _Dual(instance, centres, np.arange(instance.problem.n_units), mean_km, crew)
    km = max(everyone.exact(found), everyone.exact(none))
    where = "from these homes" if instance.problem.has_homes else "with the same centres"
    what = f"travel below {km:.3f}" if instance.problem.has_travel else f"distance below {km:.3f} km"
    return LowerBound(km, f"Within these tolerances no plan {where}, connected or not, has a mean {what}.")


def bound_at(instance: Instance, centres: FloatArray, prices: FloatArray) -> float:
    """The bound in km that these prices (K, M) prove: rarely the best there is, but quickly said."""
    return _Dual(instance, centres, np.arange(instance.problem.n_units), 1.0, _ALONE).exact(prices)


def good_prices(instance: Instance, centres: FloatArray, mean_km: float) -> FloatArray:
    """Prices (K, M) in km at which the cheapest centres come near a balanced division."""
    return _good_prices(instance, centres, mean_km, _ALONE)


def _good_prices(instance: Instance, centres: FloatArray, mean_km: float, crew: _Crew) -> FloatArray:
    n_units = instance.problem.n_units
    stride = math.ceil(n_units / _SAMPLE)
    scale_km = max(mean_km, 1e-3)
    none = np.zeros((len(centres), instance.terrain.unit_loads.shape[1]))
    sample = _Dual(instance, centres, np.arange(0, n_units, stride), scale_km, crew)
    found = sample.best_prices(none, _SAMPLE_EPS, _SAMPLE_ITERATIONS, _CANDIDATES)
    if stride == 1:
        return found
    rounds = _FULL_EPS if none.shape[1] <= 1 else _FULL_EPS_OF_SEVERAL
    everyone = _Dual(instance, centres, np.arange(n_units), scale_km, crew)
    return everyone.best_prices(found, rounds, _FULL_ITERATIONS, _CANDIDATES_OF_MANY)


def list_centres(instance: Instance, centres: FloatArray, prices: FloatArray | None, count: int) -> IntArray:
    """The `count` cheapest centres (N, count) of each unit that it may have, -1 where there are fewer."""
    none = np.zeros((len(centres), instance.terrain.unit_loads.shape[1]))
    everyone = _Dual(instance, centres, np.arange(instance.problem.n_units), 1.0, _ALONE)
    found = everyone.list_candidates(none if prices is None else prices, count)[1]
    units, closed = instance.problem.forbidden[:, 0], instance.problem.forbidden[:, 1]
    ruled_out = found[units] == closed[:, None]
    for column in range(1, count):
        found[units[ruled_out[:, column]], column] = -1
    return found


@dataclass(frozen=True)
class _Crew:
    """How many threads share a pass over the units, and what may cut it short."""

    threads: int
    stop: Stop

    def each(self, tasks: list[Callable[[], float]]) -> float:
        """Sum of what the tasks return, added in their order."""

        def unless_over(task: Callable[[], float]) -> Callable[[IsOver], float]:
            return lambda is_over: 0.0 if is_over() else task()

        def is_over() -> bool:
            return self.stop(np.inf)

        total = sum(side_by_side([unless_over(task) for task in tasks], self.threads, is_over))
        if is_over():
            raise Stopped
        return total


_ALONE = _Crew(1, NoLimit())


class _Dual:
    """The dual function over some of the units, scaled up to stand for all of them."""

    def __init__(self, instance: Instance, centres: FloatArray, units: LongArray, scale_km: float, crew: _Crew) -> None:
        terrain = instance.terrain
        self._instance, self._centres, self._units, self._scale_km = instance, centres, units, scale_km
        self._crew, self._sites = crew, instance.sites(centres)
        self._parts = [slice(first, first + _PART) for first in range(0, len(units), _PART)]
        self._kept = instance.kept
        weight = float(instance.true_weights[units].sum())
        self._factor = 1.0 / weight if weight > 0 else 1.0
        self._shape = (len(centres), terrain.unit_loads.shape[1])
        self._candidates = np.zeros((0, 0), dtype=np.int32)

    def exact(self, prices: FloatArray) -> float:
        """The bound in km that these prices prove; of all units only."""
        return self.list_candidates(prices, 1)[0] - _price_of_limits(self._instance, prices)

    def best_prices(
        self, prices: FloatArray, eps_rounds: tuple[float, ...], iterations: int, n_candidates: int
    ) -> FloatArray:
        point = np.concatenate((np.maximum(prices, 0).ravel(), np.maximum(-prices, 0).ravel()))
        soft_prices = self._instance.terrain.soft_prices
        # A soft tolerance is missed rather than paid for at more than its price; loads that depend on the
        # territory are left out, and what is proved holds without them.
        caps = np.where(soft_prices < 0, np.inf, soft_prices)
        if self._instance.trip_column >= 0:
            caps[self._instance.trip_column] = 0.0
        caps = np.tile(caps, 2 * len(self._centres))
        for eps in eps_rounds if len(point) else ():
            above, below = point.reshape(2, *self._shape)
            _, self._candidates = self.list_candidates(above - below, min(n_candidates, len(self._centres)))
            # Farther off other centres would be cheap: among the same few, prices could rise without end.
            reach_km = (_REACH_PER_EPS * eps + _LEAST_REACH) * self._scale_km
            found = minimize(
                self._value,
                point,
                args=(eps * self._scale_km,),
                jac=True,
                method="L-BFGS-B",
                bounds=np.column_stack((np.maximum(0, point - reach_km), np.minimum(caps, point + reach_km))),
                options={"maxiter": iterations, "maxcor": 20},
            )
            point = found.x
        above, below = point.reshape(2, *self._shape)
        return np.asarray(above - below)

    def list_candidates(self, prices: FloatArray, count: int) -> tuple[float, IntArray]:
        """Sum over the units of the least cost + price, and the cheapest centres (n, count) of each."""
        candidates = np.empty((len(self._units), count), dtype=np.int32)
        terrain = self._instance.terrain

        def listed(part: slice) -> float:
            return cheapest_centres(
                self._units[part],
                terrain.points,
                self._instance.true_weights,
                terrain.unit_loads,
                self._kept,
                terrain.forbidden_starts,
                terrain.forbidden,
                terrain.travel,
                self._sites,
                self._centres,
                prices,
                candidates[part],
            )

        return self._crew.each([partial(listed, part) for part in self._parts]), candidates

    def _value(self, point: FloatArray, eps: float) -> tuple[float, FloatArray]:
        above, below = point.reshape(2, *self._shape)
        terrain = self._instance.terrain
        prices = above - below
        gradients = np.zeros((len(self._parts), *self._shape))

        def passed(number: int) -> float:
            part = self._parts[number]
            return price_pass(
                self._units[part],
                terrain.points,
                self._instance.true_weights,
                terrain.unit_loads,
                terrain.travel,
                self._sites,
                self._centres,
                prices,
                self._candidates[part],
                eps,
                gradients[number],
            )

        soft = self._crew.each([partial(passed, number) for number in range(len(self._parts))])
        high, low = terrain.high, terrain.low
        limits = float((above * high - below * low).sum())
        gradient = self._factor * gradients.sum(axis=0)
        slope = np.concatenate(((high - gradient).ravel(), (gradient - low).ravel()))
        return limits - self._factor * soft, slope


def _price_of_limits(instance: Instance, prices: FloatArray) -> float:
    terrain = instance.terrain
    return float((prices * np.where(prices > 0, terrain.high, terrain.low)).sum())
