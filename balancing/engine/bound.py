"""How short the mean distance could be at best: a Lagrangian dual bound at fixed centres.

Relaxing the load limits with prices and letting every unit choose its cheapest centre gives, for any prices,
a value that no balanced plan with these centres can beat (Geoffrion, 1974). L-BFGS-B finds good prices on a
softened minimum; only the exact minimum is reported.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.optimize import minimize

from balancing.engine.arrays import FloatArray, LongArray
from balancing.engine.geometry import distance_matrix_km
from balancing.engine.instance import Instance

_LARGEST_MATRIX = 3_000_000
_BLOCK = 4_000_000
_EPS = (0.05, 0.01, 0.003, 0.001)
_ITERATIONS = 40


@dataclass(frozen=True)
class LowerBound:
    km: float
    proves: str


@njit(cache=True, fastmath=True)
def price_pass(
    costs: FloatArray,
    loads: FloatArray,
    prices: FloatArray,
    widths: FloatArray,
    eps: float,
    gradient: FloatArray,
) -> tuple[float, float]:
    """Soft and exact sum over units of the least cost + price; fills gradient (K, M)."""
    n_units, n_territories = costs.shape
    n_metrics = loads.shape[1]
    values = np.empty(n_territories)
    gradient[:] = 0.0
    soft = 0.0
    exact = 0.0
    for i in range(n_units):
        least = 1e300
        for k in range(n_territories):
            value = costs[i, k]
            for m in range(n_metrics):
                value += loads[i, m] * prices[k, m]
            values[k] = value
            least = min(least, value)
        exact += least
        width = eps * widths[i]
        total = 0.0
        for k in range(n_territories):
            gap = values[k] - least
            values[k] = math.exp(-gap / width) if gap < 14 * width else 0.0
            total += values[k]
        soft += least - width * math.log(total)
        for k in range(n_territories):
            if values[k] > 0.0:
                for m in range(n_metrics):
                    gradient[k, m] += loads[i, m] * values[k] / total
    return soft, exact


def lower_bound(instance: Instance, centres: FloatArray, prices: FloatArray, mean_km: float) -> LowerBound:
    """Bound in km on plans with these centres (K, 3); prices (K, M) of a search give it a warm start."""
    n_units, n_territories = instance.problem.n_units, instance.problem.n_territories
    everyone = np.arange(n_units)
    stride = math.ceil(n_units * n_territories / _LARGEST_MATRIX)
    optimiser = _Dual(instance, centres, everyone[::stride], max(mean_km, 1e-3))
    found = optimiser.best_prices(prices)
    if stride == 1:
        km = optimiser.best_exact
    else:
        km = -_price_of_limits(instance, found)
        for block in np.array_split(everyone, math.ceil(n_units * n_territories / _BLOCK)):
            km += _Dual(instance, centres, block, 1.0).exact(found)
    where = "from these homes" if instance.problem.has_homes else "with the same centres"
    return LowerBound(
        km,
        f"Within these tolerances no plan {where}, connected or not, has a mean distance below {km:.3f} km.",
    )


class _Dual:
    """The dual function over some of the units, scaled up to stand for all of them."""

    def __init__(self, instance: Instance, centres: FloatArray, units: LongArray, scale_km: float) -> None:
        self._instance, self._scale_km = instance, scale_km
        self._costs = _costs(instance, centres, units)
        self._loads = np.ascontiguousarray(instance.terrain.unit_loads[units])
        self._widths = np.ascontiguousarray(instance.terrain.travel_weights[units])
        self._factor = 1.0 / float(instance.terrain.travel_weights[units].sum())
        self._factor *= float(instance.terrain.travel_weights.sum())
        self._gradient = np.zeros((len(centres), self._loads.shape[1]))
        self.best_exact = -math.inf
        self._best_prices = self._gradient.copy()

    def exact(self, prices: FloatArray) -> float:
        return float(self._pass(prices, self._scale_km)[1])

    def best_prices(self, prices: FloatArray) -> FloatArray:
        point = np.concatenate((np.maximum(prices, 0).ravel(), np.maximum(-prices, 0).ravel()))
        self._value(np.zeros_like(point), self._scale_km)
        for eps in _EPS if len(point) else ():
            found = minimize(
                self._value,
                point,
                args=(eps * self._scale_km,),
                jac=True,
                method="L-BFGS-B",
                bounds=[(0, None)] * len(point),
                options={"maxiter": _ITERATIONS, "maxcor": 20},
            )
            point = found.x
        return self._best_prices

    def _value(self, point: FloatArray, eps: float) -> tuple[float, FloatArray]:
        above, below = point.reshape(2, *self._gradient.shape)
        prices = above - below
        soft, exact = self._pass(prices, eps)
        terrain = self._instance.terrain
        high = terrain.shares[:, None] * (1 + terrain.tolerances)
        low = terrain.shares[:, None] * (1 - terrain.tolerances)
        exact = self._factor * exact - _price_of_limits(self._instance, prices)
        if exact > self.best_exact:
            self.best_exact, self._best_prices = exact, prices.copy()
        limits = float((above * high - below * low).sum())
        gradient = self._factor * self._gradient
        slope = np.concatenate(((high - gradient).ravel(), (gradient - low).ravel()))
        return limits - self._factor * soft, slope

    def _pass(self, prices: FloatArray, eps: float) -> tuple[float, float]:
        soft, exact = price_pass(self._costs, self._loads, prices, self._widths, eps, self._gradient)
        return float(soft), float(exact)


def _costs(instance: Instance, centres: FloatArray, units: LongArray) -> FloatArray:
    """Weighted distances (n, K) in km; infinite where a lock or a forbidden pair rules a territory out."""
    problem = instance.problem
    costs = distance_matrix_km(problem.points[units], centres) * instance.true_weights[units, None]
    place = np.full(problem.n_units, -1)
    place[units] = np.arange(len(units))
    rows = place[problem.forbidden[:, 0]]
    costs[rows[rows >= 0], problem.forbidden[rows >= 0, 1]] = 1e12
    locked = np.flatnonzero(problem.locked[units])
    kept = problem.current[units[locked]]
    own = costs[locked, kept]
    costs[locked] = 1e12
    costs[locked, kept] = own
    return np.ascontiguousarray(costs)


def _price_of_limits(instance: Instance, prices: FloatArray) -> float:
    terrain = instance.terrain
    limits = prices * terrain.shares[:, None]
    return float((limits + np.abs(limits) * terrain.tolerances).sum())
