"""Climbs to the prices that prove the most: Newton steps on the softened dual of a balanced assignment.

The dual has a kink where a price is zero: above zero a price holds a load down to its upper limit, below zero it holds
it up to its lower one. A step is taken in the prices that pull the right way (projected Newton, Bertsekas, 1982),
a little damped (Levenberg, 1944), and shortened until it climbs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve
from scipy.optimize import minimize

from balancing.engine.arrays import FloatArray

# Value, loads (K, M) and, where wanted, curvature (K * M, K * M) at prices (K, M).
Softened = Callable[[FloatArray, bool], tuple[float, FloatArray, FloatArray]]

_TINY = 1e-12
_DAMPING = 0.003  # more would shorten the slow common drifts of many prices most
_SHORTER, _SHORTEST = 0.35, 0.01
_ENOUGH = 1e-5  # mean distances that a step must gain for another one
_MOST_CURVED = 1_600  # prices; with more of them the curvature costs more than it saves
_FLAT_STEPS = 4  # for each step that would have been taken with the curvature


@dataclass(frozen=True)
class Ascent:
    """What a climb keeps to.

    low, high  (K, M) limits of the loads
    caps       (M,) km that no price may exceed either way
    scale_km   mean distance
    """

    low: FloatArray
    high: FloatArray
    caps: FloatArray
    scale_km: float

    def climb(self, softened: Softened, prices: FloatArray, reach_km: float, steps: int) -> FloatArray:
        """Better prices (K, M) after at most so many steps, none of which moves a price by more than reach_km."""
        if prices.size > _MOST_CURVED:
            return self._climb_flat(softened, prices, reach_km, _FLAT_STEPS * steps)
        for _ in range(steps):
            value, loads, curvature = softened(prices, True)
            value -= self.price_of_limits(prices)
            side = self._side(prices, loads)
            step = self._newton_step(side, loads, curvature, reach_km)
            part, gained = 1.0, 0.0
            while gained <= 0 and part > _SHORTEST:
                moved = self._moved(prices, part * step, side)
                gained = softened(moved, False)[0] - self.price_of_limits(moved) - value
                part *= _SHORTER
            if gained > 0:
                prices = moved
            if gained <= _ENOUGH * self.scale_km:
                break
        return prices

    def price_of_limits(self, prices: FloatArray) -> float:
        """Km that prices (K, M) pay back on loads at their limits."""
        return float((prices * np.where(prices > 0, self.high, self.low)).sum())

    def _side(self, prices: FloatArray, loads: FloatArray) -> FloatArray:
        """Side of zero (K, M) that each price is to stay on, 0 = the price stays as it is."""
        side = np.where(prices != 0, np.sign(prices), 1.0 * (loads > self.high) - 1.0 * (loads < self.low))
        beyond = loads - np.where(side > 0, self.high, self.low)
        side[(np.abs(prices) >= self.caps) & (beyond * side >= 0)] = 0
        return side

    def _newton_step(self, side: FloatArray, loads: FloatArray, curvature: FloatArray, reach_km: float) -> FloatArray:
        free = np.flatnonzero(side)
        step = np.zeros(side.size)
        if len(free):
            beyond = (loads - np.where(side > 0, self.high, self.low)).ravel()[free]
            system = curvature[np.ix_(free, free)]
            sizes = system.diagonal()
            least = 0.1 * sizes.mean() + np.abs(beyond).max() / reach_km + _TINY
            step[free] = solve(system + np.diag(_DAMPING * np.maximum(sizes, least)), beyond, assume_a="pos")
        return np.clip(step, -reach_km, reach_km).reshape(side.shape)

    def _moved(self, prices: FloatArray, step: FloatArray, side: FloatArray) -> FloatArray:
        moved = np.clip(prices + step, -self.caps, self.caps)
        return np.where(side > 0, np.maximum(moved, 0), np.where(side < 0, np.minimum(moved, 0), prices))

    def _climb_flat(self, softened: Softened, prices: FloatArray, reach_km: float, steps: int) -> FloatArray:
        """The same without the curvature, by L-BFGS-B on the two sides of each price."""

        def fall(point: FloatArray) -> tuple[float, FloatArray]:
            above, below = point.reshape(2, *prices.shape)
            value, loads, _ = softened(above - below, False)
            slope = np.concatenate(((self.high - loads).ravel(), (loads - self.low).ravel()))
            return float((above * self.high - below * self.low).sum()) - value, slope

        point = np.concatenate((np.maximum(prices, 0).ravel(), np.maximum(-prices, 0).ravel()))
        caps = np.tile(self.caps, 2 * len(prices))
        bounds = np.column_stack((np.maximum(0, point - reach_km), np.minimum(caps, point + reach_km)))
        options = {"maxiter": steps, "maxcor": 20}
        found = minimize(fall, point, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
        above, below = found.x.reshape(2, *prices.shape)
        return np.asarray(above - below)
