"""How short the mean distance could be at best: a Lagrangian dual bound at fixed centres.

Relaxing the load limits with prices and letting every unit choose its cheapest centre gives, for any prices,
a value that no balanced plan with these centres can beat (Geoffrion, 1974). Good prices are climbed to on a
softened minimum, coarsely on a sample where there are many units. Only the exact minimum over all units and
centres is reported.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from balancing.engine.arrays import FloatArray, IntArray
from balancing.engine.dual import ALONE, Crew, Dual, sampled, whole
from balancing.engine.instance import Instance
from balancing.engine.stop import NoLimit, Stop

_FEW = 50_000
_COARSE_SAMPLE, _FINE_SAMPLE = 20_000, 100_000
_COARSE, _FINE, _FINEST = (0.5,), (0.2, 0.1, 0.05, 0.02), (0.005,)  # widths of the softening, in mean distances
_STEPS_OF_FEW, _COARSE_STEPS, _FINE_STEPS = 16, 8, 4


@dataclass(frozen=True)
class LowerBound:
    km: float
    proves: str


def lower_bound(
    instance: Instance, centres: FloatArray, mean_km: float, *, stop: Stop | None = None, threads: int = 1
) -> LowerBound:
    """Bound in km on plans with these centres (K, 3); mean_km of a known plan sets the scale of the search.

    Prices start at zero: those that a search ends with are farther from the best ones. Raises Stopped.
    """
    crew = Crew(threads, stop or NoLimit())
    found = _good_prices(instance, centres, mean_km, crew)
    everyone = Dual(instance, centres, whole(instance), mean_km, crew)
    km = everyone.exact(found)
    if instance.problem.n_units <= _FEW:  # a climb on a softened dual may end below where it began
        km = max(km, everyone.exact(np.zeros_like(found)))
    where = "from these homes" if instance.problem.has_homes else "with the same centres"
    what = f"travel below {km:.3f}" if instance.problem.has_travel else f"distance below {km:.3f} km"
    return LowerBound(km, f"Within these tolerances no plan {where}, connected or not, has a mean {what}.")


def bound_at(instance: Instance, centres: FloatArray, prices: FloatArray) -> float:
    """The bound in km that these prices (K, M) prove: rarely the best there is, but quickly said."""
    return Dual(instance, centres, whole(instance), 1.0, ALONE).exact(prices)


def good_prices(instance: Instance, centres: FloatArray, mean_km: float) -> FloatArray:
    """Prices (K, M) in km at which the cheapest centres come near a balanced division."""
    return _good_prices(instance, centres, mean_km, ALONE)


def _good_prices(instance: Instance, centres: FloatArray, mean_km: float, crew: Crew) -> FloatArray:
    n_units, n_territories = instance.problem.n_units, len(centres)

    def dual(sample: int) -> Dual:
        strata = sampled(instance, n_territories, math.ceil(n_units / sample))
        return Dual(instance, centres, strata, max(mean_km, 1e-3), crew)

    prices = np.zeros((n_territories, instance.terrain.unit_loads.shape[1]))
    if n_units <= _FEW:
        return dual(n_units).best_prices(prices, (*_COARSE, *_FINE, *_FINEST), _STEPS_OF_FEW)
    prices = dual(_COARSE_SAMPLE).best_prices(prices, _COARSE, _COARSE_STEPS)
    return dual(_FINE_SAMPLE).best_prices(prices, _FINE, _FINE_STEPS)


def list_centres(instance: Instance, centres: FloatArray, prices: FloatArray | None, count: int) -> IntArray:
    """The `count` cheapest centres (N, count) of each unit that it may have, -1 where there are fewer."""
    none = np.zeros((len(centres), instance.terrain.unit_loads.shape[1]))
    everyone = Dual(instance, centres, whole(instance), 1.0, ALONE)
    everyone.list_candidates(none if prices is None else prices, count)
    found = np.concatenate(everyone.candidates)
    units, closed = instance.problem.forbidden[:, 0], instance.problem.forbidden[:, 1]
    ruled_out = found[units] == closed[:, None]
    for column in range(1, count):
        found[units[ruled_out[:, column]], column] = -1
    return found
