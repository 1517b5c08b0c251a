"""Books of accounts: territories that need not hang together, balanced closely; for teams that sell by phone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from balancing.engine.arrays import FloatArray, IntArray
from balancing.engine.beginnings import region_diagrams
from balancing.engine.bound import good_prices, list_centres
from balancing.engine.exchange import Bands, Books, Heat, exchange
from balancing.engine.instance import Instance
from balancing.engine.parameters import SolveParameters
from balancing.engine.search import Found
from balancing.engine.stop import Stop

_ROUNDS = 2  # the second around the centres that the first ends with
_SPANS = 40
_OPEN = 6  # territories open to each account
_STEPS_PER_ACCOUNT = ((2_000, 1_500), (20_000, 750), (np.inf, 200))
# In mean distances, of one account, one territory and one load.
_ANNEALING = Heat(temperature=(0.2, 0.003), penalty_km=(0.3, 60), price_rate_km=(2, 0.3))
_MENDING = Heat(temperature=(0.02, 0.003), penalty_km=(30, 600), price_rate_km=(0.3, 0.3))
_MENDING_STEPS = 0.25  # of those of a round


def search_books(
    instance: Instance, parameters: SolveParameters, seed: int, stop: Stop, watch: Callable[[float, Found], None]
) -> Found:
    """The best books found: within tolerance and short, else the nearest to it."""
    (diagram, *_) = region_diagrams(instance, parameters, seed, stop, 0)
    n_units = instance.problem.n_units
    n_steps = parameters.effort * n_units * next(steps for limit, steps in _STEPS_PER_ACCOUNT if n_units <= limit)

    def round_of(number: int, fraction: float, found: Found) -> None:
        watch(min(1.0, (number + fraction) / _ROUNDS), found)

    best: Found | None = None
    centres = diagram.centres
    for number in range(_ROUNDS + parameters.max_rounds):
        if best is not None and (stop(best.cost) or (number >= _ROUNDS and best.excess == 0)):
            break
        told = partial(round_of, number)
        if best is None or number < _ROUNDS:
            found = _annealed(instance, centres, seed * 1_000 + number, int(n_steps), stop, told)
        else:
            found = _mended(instance, best, seed * 1_000 + number, int(_MENDING_STEPS * n_steps), stop, told)
        if found.is_better_than(best):
            best = found
        centres = instance.centres(found.labels)
    assert best is not None
    return best


def _annealed(
    instance: Instance, centres: FloatArray, seed: int, n_steps: int, stop: Stop, watch: Callable[[float, Found], None]
) -> Found:
    """Books around these centres, from the cheapest territory of each account."""
    prices = good_prices(instance, centres, _scale_km(instance, centres))
    candidates = _open_to(instance, centres, prices)
    books = _fill(instance, candidates[:, 0], prices, seed=seed)
    return _exchanged(instance, books, centres, candidates, _ANNEALING, n_steps, stop, watch)


def _mended(
    instance: Instance, found: Found, seed: int, n_steps: int, stop: Stop, watch: Callable[[float, Found], None]
) -> Found:
    """The same books brought within tolerance, where little is missing."""
    candidates = _open_to(instance, found.centres, found.prices)
    books = _fill(instance, found.labels, found.prices, seed=seed)
    return _exchanged(instance, books, found.centres, candidates, _MENDING, n_steps, stop, watch)


def _exchanged(
    instance: Instance,
    books: Books,
    centres: FloatArray,
    candidates: IntArray,
    heat: Heat,
    n_steps: int,
    stop: Stop,
    watch: Callable[[float, Found], None],
) -> Found:
    terrain, scale_km = instance.terrain, _scale_km(instance, centres)
    bands = Bands.between(terrain.low, terrain.high, terrain.shares)
    in_km = Heat(
        temperature=_times(heat.temperature, scale_km / instance.problem.n_units),
        penalty_km=_times(heat.penalty_km, scale_km / instance.problem.n_territories),
        price_rate_km=_times(heat.price_rate_km, scale_km),
    )
    for span in range(_SPANS):
        exchange(
            books,
            bands,
            terrain.points,
            instance.true_weights,
            terrain.unit_loads,
            terrain.locked,
            centres,
            candidates,
            in_km,
            (span / _SPANS, (span + 1) / _SPANS),
            max(1, n_steps // _SPANS),
        )
        found = _found(instance, books, centres)
        watch((span + 1) / _SPANS, found)
        if stop(found.cost):
            break
    return found


def _times(span: tuple[float, float], factor: float) -> tuple[float, float]:
    return span[0] * factor, span[1] * factor


def _scale_km(instance: Instance, centres: FloatArray) -> float:
    return max(instance.mean_km(list_centres(instance, centres, None, 1)[:, 0], centres), 1e-3)


def _open_to(instance: Instance, centres: FloatArray, prices: FloatArray) -> IntArray:
    return list_centres(instance, centres, prices, min(_OPEN, instance.problem.n_territories))


def _fill(instance: Instance, labels: IntArray, prices: FloatArray, *, seed: int) -> Books:
    labels = np.where(instance.kept >= 0, instance.kept, labels).astype(np.int32)
    return Books(
        labels=labels,
        loads=_loads(instance, labels),
        above=np.maximum(prices, 0),
        below=np.maximum(-prices, 0),
        best_labels=labels.copy(),
        best_cost=np.array([np.inf]),
        random=np.array([seed], dtype=np.uint64),
    )


def _found(instance: Instance, books: Books, centres: FloatArray) -> Found:
    labels = (books.best_labels if np.isfinite(books.best_cost[0]) else books.labels).copy()
    return Found(
        labels=labels,
        centres=centres,
        prices=books.above - books.below,
        cost=instance.mean_km(labels, centres),
        excess=instance.excess(_loads(instance, labels)),
    )


def _loads(instance: Instance, labels: IntArray) -> FloatArray:
    unit_loads, n_territories = instance.terrain.unit_loads, instance.problem.n_territories
    loads = np.zeros((n_territories, unit_loads.shape[1]))
    for m in range(unit_loads.shape[1]):
        loads[:, m] = np.bincount(labels, unit_loads[:, m], minlength=n_territories)
    return loads
