"""The dual function of a balanced assignment, over some of the units or all of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from balancing.engine.arrays import FloatArray, IntArray, LongArray
from balancing.engine.ascent import Ascent
from balancing.engine.crew import IsOver, side_by_side
from balancing.engine.instance import Instance
from balancing.engine.pricing import cheapest_centres, price_pass
from balancing.engine.stop import NoLimit, Stop

_CANDIDATES = 16
_EXTREME = 0.05  # part of the units, those of the oddest mix of loads, to which every centre may be cheap
_EXTREME_SAMPLE = 5_000
_REACH_PER_EPS, _LEAST_REACH = 10.0, 0.02
_PARTS, _LEAST_PART = 4, 25_000  # a thread passes over one part of a stratum at a time
_CURVATURES = 5_000_000  # their numbers in memory at a time


class Stopped(Exception):
    """The search for prices was told to stop before it had a bound."""


@dataclass(frozen=True)
class Crew:
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


ALONE = Crew(1, NoLimit())


class _Stratum(NamedTuple):
    """Units (n,) that are treated alike: how many centres each looks at, and how many units it stands for."""

    units: LongArray
    n_candidates: int
    stands_for: float


def sampled(instance: Instance, n_territories: int, stride: int) -> list[_Stratum]:
    """Every stride-th unit, but all of the few whose loads are far out of proportion to their accounts."""
    n_units, loads = instance.problem.n_units, instance.terrain.unit_loads
    n_extreme = int(_EXTREME * n_units) if loads.shape[1] > 1 and n_territories > _CANDIDATES else 0
    oddness = loads.max(axis=1, initial=0.0) / np.maximum(instance.true_weights, 1e-3 / n_units)
    order = np.argsort(-oddness, kind="stable")
    extreme, rest = np.sort(order[:n_extreme]), np.sort(order[n_extreme:])
    few, some = extreme[:: max(1, n_extreme // _EXTREME_SAMPLE) if stride > 1 else 1], rest[::stride]
    return [
        _Stratum(few, n_territories, n_extreme / max(1, len(few))),
        _Stratum(some, min(_CANDIDATES, n_territories), len(rest) / len(some)),
    ]


def whole(instance: Instance) -> list[_Stratum]:
    return [_Stratum(np.arange(instance.problem.n_units), 1, 1.0)]


def _cut(stratum: _Stratum, n_prices: int) -> list[_Stratum]:
    most = max(1, min(_PARTS, _CURVATURES // max(1, n_prices**2)))
    count = max(1, min(most, math.ceil(len(stratum.units) / _LEAST_PART)))
    return [stratum._replace(units=units) for units in np.array_split(stratum.units, count)]


class Dual:
    """The dual function over some of the units, scaled up to stand for all of them."""

    def __init__(
        self, instance: Instance, centres: FloatArray, strata: list[_Stratum], scale_km: float, crew: Crew
    ) -> None:
        terrain = instance.terrain
        self._instance, self._centres, self._scale_km = instance, centres, scale_km
        self._crew, self._sites = crew, instance.sites(centres)
        self._shape = (len(centres), terrain.unit_loads.shape[1])
        self._parts = [part for stratum in strata for part in _cut(stratum, math.prod(self._shape))]
        self._ascent = Ascent(terrain.low, terrain.high, _caps(instance), scale_km)
        self.candidates: list[IntArray] = []

    def exact(self, prices: FloatArray) -> float:
        """The bound in km that these prices prove; of all units only."""
        return self.list_candidates(prices, 1) - self._ascent.price_of_limits(prices)

    def best_prices(self, prices: FloatArray, eps_rounds: tuple[float, ...], steps: int) -> FloatArray:
        """Prices (K, M) after a climb at each width eps, in mean distances."""
        for eps in eps_rounds if prices.size else ():
            self.list_candidates(prices)
            # Farther off other centres would be cheap: among the same few, prices could rise without end.
            reach_km = max(_REACH_PER_EPS * eps, _LEAST_REACH) * self._scale_km
            prices = self._ascent.climb(partial(self._softened, eps * self._scale_km), prices, reach_km, steps)
        return prices

    def list_candidates(self, prices: FloatArray, count: int | None = None) -> float:
        """List the cheapest centres of each unit; returns the sum over the units of the least cost + price."""
        terrain = self._instance.terrain
        self.candidates = [np.empty((len(part.units), count or part.n_candidates), np.int32) for part in self._parts]

        def listed(part: _Stratum, found: IntArray) -> float:
            return part.stands_for * cheapest_centres(
                part.units,
                terrain.points,
                self._instance.true_weights,
                terrain.unit_loads,
                self._instance.kept,
                terrain.forbidden_starts,
                terrain.forbidden,
                terrain.travel,
                self._sites,
                self._centres,
                prices,
                found,
            )

        lists = zip(self._parts, self.candidates, strict=True)
        return self._crew.each([partial(listed, part, found) for part, found in lists])

    def _softened(self, eps_km: float, prices: FloatArray, is_curved: bool) -> tuple[float, FloatArray, FloatArray]:
        terrain, size = self._instance.terrain, prices.size if is_curved else 0
        loads, curvatures = np.zeros((len(self._parts), *self._shape)), np.zeros((len(self._parts), size, size))

        def passed(number: int) -> float:
            part = self._parts[number]
            return part.stands_for * price_pass(
                part.units,
                terrain.points,
                self._instance.true_weights,
                terrain.unit_loads,
                terrain.travel,
                self._sites,
                self._centres,
                prices,
                self.candidates[number],
                eps_km,
                loads[number],
                curvatures[number],
            )

        value = self._crew.each([partial(passed, number) for number in range(len(self._parts))])
        factors = np.array([part.stands_for for part in self._parts])
        return value, np.tensordot(factors, loads, 1), np.tensordot(factors, curvatures, 1)


def _caps(instance: Instance) -> FloatArray:
    """Km (M,) that no price may exceed either way.

    A soft tolerance is missed rather than paid for at more than its price; loads that depend on the territory are
    left out, and what is proved holds without them.
    """
    soft_prices = instance.terrain.soft_prices
    caps = np.where(soft_prices < 0, np.inf, soft_prices)
    if instance.trip_column >= 0:
        caps[instance.trip_column] = 0.0
    return caps
