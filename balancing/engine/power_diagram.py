"""Balanced power diagram: centres and one dual price per territory, so that nearest-by-price is balanced.

Soft assignment with temperature eps; Lloyd steps on the centres alternate with damped Newton steps on the
dual (Aurenhammer, Hoffmann and Aronov, 1998, give the diagram; entropic smoothing as in Cuturi, 2013).
A territory may hold anything between its lower and upper load: its price is positive only at the upper
bound and negative only at the lower.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import njit

from balancing.engine.arrays import BoolArray, FloatArray, IntArray
from balancing.engine.coarsening import Cells
from balancing.engine.geometry import normalised

_CANDIDATES = 12
_PENALTY = 2.0  # mean distances per territory's worth of load out of bounds, when starts are compared


@dataclass(frozen=True)
class Diagram:
    """Centres (K, 3), prices (K,) in km, and what it costs: mean km plus a price on what is out of bounds."""

    centres: FloatArray
    prices: FloatArray
    cost: float = math.inf


@dataclass(frozen=True)
class Bounds:
    """Least and most load (K,) per territory, as shares of the whole."""

    low: FloatArray
    high: FloatArray

    def excess(self, loads: FloatArray) -> float:
        """Total load out of bounds."""
        over, under = np.maximum(0, loads - self.high), np.maximum(0, self.low - loads)
        return float(over.sum() + under.sum())

    def dual_cost(self, prices: FloatArray) -> float:
        return float(np.where(prices > 0, prices * self.high, prices * self.low).sum())


@njit(cache=True, fastmath=True, nogil=True)
def nearest_candidates(points: FloatArray, centres: FloatArray, prices: FloatArray, found: IntArray) -> None:
    """Fill found (n, c) with the c centres of least distance + price of each point, best first."""
    n_found = found.shape[1]
    values = np.empty(n_found)
    for i in range(points.shape[0]):
        count = 0
        for k in range(centres.shape[0]):
            dx = points[i, 0] - centres[k, 0]
            dy = points[i, 1] - centres[k, 1]
            dz = points[i, 2] - centres[k, 2]
            value = 6371.0088 * math.sqrt(dx * dx + dy * dy + dz * dz) + prices[k]
            if count == n_found and value >= values[count - 1]:
                continue
            slot = count if count < n_found else n_found - 1
            count = min(count + 1, n_found)
            while slot > 0 and values[slot - 1] > value:
                values[slot] = values[slot - 1]
                found[i, slot] = found[i, slot - 1]
                slot -= 1
            values[slot] = value
            found[i, slot] = k


@njit(cache=True, fastmath=True, nogil=True)
def soft_pass(
    points: FloatArray,
    weights: FloatArray,
    centres: FloatArray,
    prices: FloatArray,
    candidates: IntArray,
    eps: float,
    loads: FloatArray,
    sums: FloatArray,
    hessian: FloatArray,
) -> tuple[float, float]:
    """Soft assignment: fills loads (K,), centroid sums (K, 3), dual Hessian (K, K).

    Returns the mean distance in km and the soft dual value.
    """
    n_candidates = candidates.shape[1]
    distances = np.empty(n_candidates)
    chances = np.empty(n_candidates)
    loads[:] = 0.0
    sums[:] = 0.0
    hessian[:] = 0.0
    mean_km = 0.0
    value = 0.0
    for i in range(points.shape[0]):
        least = 1e300
        for c in range(n_candidates):
            k = candidates[i, c]
            dx = points[i, 0] - centres[k, 0]
            dy = points[i, 1] - centres[k, 1]
            dz = points[i, 2] - centres[k, 2]
            distances[c] = 6371.0088 * math.sqrt(dx * dx + dy * dy + dz * dz)
            least = min(least, distances[c] + prices[k])
        total = 0.0
        for c in range(n_candidates):
            gap = distances[c] + prices[candidates[i, c]] - least
            chances[c] = math.exp(-gap / eps) if gap < 8 * eps else 0.0
            total += chances[c]
        value += weights[i] * (least - eps * math.log(total))
        for c in range(n_candidates):
            if chances[c] == 0.0:
                continue
            k = candidates[i, c]
            part = weights[i] * chances[c] / total
            loads[k] += part
            mean_km += part * distances[c]
            for axis in range(3):
                sums[k, axis] += part * points[i, axis]
            for d in range(c):
                if chances[d] > 0.0:
                    other = candidates[i, d]
                    flow = part * chances[d] / (total * eps)
                    hessian[k, other] -= flow
                    hessian[other, k] -= flow
                    hessian[k, k] += flow
                    hessian[other, other] += flow
    return mean_km, value


@njit(cache=True, nogil=True)
def newton_step(
    prices: FloatArray,
    loads: FloatArray,
    hessian: FloatArray,
    low: FloatArray,
    high: FloatArray,
    ridge: float,
    cap: float,
) -> FloatArray:
    """Prices (K,) after a Newton step of at most cap km on those at a bound; none changes its sign."""
    side = np.zeros(len(prices), dtype=np.int64)
    for k in range(len(prices)):
        if prices[k] > 0 or (prices[k] == 0 and loads[k] > high[k]):
            side[k] = 1
        elif prices[k] < 0 or (prices[k] == 0 and loads[k] < low[k]):
            side[k] = -1
    active = np.flatnonzero(side)
    moved = prices.copy()
    if len(active) == 0:
        return moved
    system = np.empty((len(active), len(active)))
    missing = np.empty(len(active))
    for row in range(len(active)):
        k = active[row]
        for column in range(len(active)):
            system[row, column] = hessian[k, active[column]]
        system[row, row] += ridge
        missing[row] = loads[k] - (high[k] if side[k] > 0 else low[k])
    step = np.linalg.solve(system, missing)
    longest = np.abs(step).max()
    for row in range(len(active)):
        k = active[row]
        price = prices[k] + step[row] * (cap / longest if longest > cap else 1.0)
        moved[k] = max(0.0, price) if side[k] > 0 else min(0.0, price)
    return moved


class Balancer:
    """Moves prices, and those centres (K,) that are not fixed, of one diagram over one set of cells."""

    def __init__(self, cells: Cells, bounds: Bounds, start: Diagram, *, scale_km: float, fixed: BoolArray) -> None:
        n_territories = len(start.centres)
        self._cells, self._bounds, self._scale_km, self._fixed = cells, bounds, scale_km, fixed
        self._centres, self._prices = start.centres.copy(), start.prices.copy()
        self._loads, self._sums = np.zeros(n_territories), np.zeros((n_territories, 3))
        self._hessian = np.zeros((n_territories, n_territories))
        width = min(_CANDIDATES, n_territories)
        self._candidates = np.zeros((len(cells.points), width), dtype=np.int32)
        self._damping = 0.3
        self._is_first = True

    def run(self, eps_rounds: list[float], *, steps: int, refresh: int, last_steps: int) -> Diagram:
        """One Lloyd round per eps, `steps` dual steps each, then `last_steps` dual steps on fixed centres."""
        for number, eps in enumerate(eps_rounds):
            if number % refresh == 0:
                self._find_candidates()
            self._balance(eps, steps)
            if not self._fixed.all():
                moves = (self._loads > 0) & ~self._fixed
                self._centres = normalised(np.where(moves[:, None], self._sums, self._centres))
        eps = eps_rounds[-1]
        for _ in range(3):
            self._find_candidates()
            if self._balance(eps, max(1, last_steps // 3), enough=0.003):
                break
        mean_km, _ = self._soft_pass(eps)
        out = self._bounds.excess(self._loads)
        return Diagram(self._centres, self._prices, mean_km + _PENALTY * self._scale_km * out)

    def _find_candidates(self) -> None:
        nearest_candidates(self._cells.points, self._centres, self._prices, self._candidates)

    def _soft_pass(self, eps: float) -> tuple[float, float]:
        mean_km, value = soft_pass(
            self._cells.points,
            self._cells.weights,
            self._centres,
            self._prices,
            self._candidates,
            eps,
            self._loads,
            self._sums,
            self._hessian,
        )
        return float(mean_km), float(value)

    def _balance(self, eps: float, steps: int, enough: float | None = None) -> bool:
        """Damped Newton ascent; a step that lowers the dual is taken back and tried shorter."""
        best = -math.inf
        kept = (self._prices, self._loads, self._hessian)
        for _ in range(steps):
            _, value = self._soft_pass(eps)
            value -= self._bounds.dual_cost(self._prices)
            if value < best - 1e-7 * self._scale_km:
                self._damping = min(self._damping * 6, 20.0)
                self._prices = self._stepped(*kept, eps, 2 * eps)
                continue
            if enough is not None and self._bounds.excess(self._loads) < enough:
                return True
            best = value
            kept = (self._prices, self._loads.copy(), self._hessian.copy())
            self._damping = max(self._damping * 0.35, 0.01)
            if self._is_first:
                self._prices = self._log_step(eps)
                self._is_first = False
            else:
                self._prices = self._stepped(*kept, eps, 4 * eps)
        return False

    def _log_step(self, eps: float) -> FloatArray:
        loads = np.maximum(self._loads, 1e-9)
        over = self._prices + eps * np.log(loads / self._bounds.high)
        under = self._prices + eps * np.log(loads / np.maximum(self._bounds.low, 1e-12))
        return np.where(over > 0, over, np.where(under < 0, under, 0.0))

    def _stepped(
        self, prices: FloatArray, loads: FloatArray, hessian: FloatArray, eps: float, cap: float
    ) -> FloatArray:
        ridge = self._damping / (len(prices) * eps)
        return np.asarray(newton_step(prices, loads, hessian, self._bounds.low, self._bounds.high, ridge, cap))
