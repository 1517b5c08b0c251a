"""Books of accounts: territories that need not hang together, balanced closely; for teams that sell by phone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from balancing.engine.arrays import FloatArray, IntArray
from balancing.engine.beginnings import region_diagrams
from balancing.engine.bound import good_prices, list_centres
from balancing.engine.exchange import Books, Heat, exchange
from balancing.engine.instance import Instance
from balancing.engine.parameters import SolveParameters
from balancing.engine.search import Found
from balancing.engine.stop import Stop

_ROUNDS = 2  # the second around the centres that the first ends with
_SPANS = 40
_OPEN = 6  # territories open to each account
_STEPS_PER_ACCOUNT = ((2_000, 1_500), (20_000, 750), (np.inf, 200))


def search_books(
    instance: Instance, parameters: SolveParameters, seed: int, stop: Stop, watch: Callable[[float, Found], None]
) -> Found:
    """The best books found: within tolerance and short, else the nearest to it."""
    (diagram, *_) = region_diagrams(instance, parameters, seed, stop, 0)
    centres, best = diagram.centres, None
    for number in range(_ROUNDS):
        found = _round(instance, parameters, centres, seed * 1_000 + number, number, stop, watch)
        if found.is_better_than(best):
            best = found
        if stop(best.cost if best else np.inf):
            break
        centres = instance.centres(found.labels)
    assert best is not None
    return best


def _round(
    instance: Instance,
    parameters: SolveParameters,
    centres: FloatArray,
    seed: int,
    number: int,
    stop: Stop,
    watch: Callable[[float, Found], None],
) -> Found:
    terrain, n_units, n_territories = instance.terrain, instance.problem.n_units, instance.problem.n_territories
    scale_km = max(instance.mean_km(list_centres(instance, centres, None, 1)[:, 0], centres), 1e-3)
    prices = good_prices(instance, centres, scale_km)
    candidates = list_centres(instance, centres, prices, min(_OPEN, n_territories))
    books = _fill(instance, candidates, prices, seed=seed)
    heat = Heat(
        temperature=(0.2 * scale_km / n_units, 0.003 * scale_km / n_units),
        penalty_km=(0.3 * scale_km / n_territories, 20 * scale_km / n_territories),
        price_rate_km=(2 * scale_km, 0.3 * scale_km),
    )
    per_account = next(steps for limit, steps in _STEPS_PER_ACCOUNT if n_units <= limit)
    n_steps = int(max(1, parameters.effort * per_account * n_units / _SPANS))
    for span in range(_SPANS):
        exchange(
            books,
            terrain.points,
            instance.true_weights,
            terrain.unit_loads,
            terrain.shares,
            instance.problem.tolerances[list(instance.problem.balanced_metrics)],
            terrain.locked,
            centres,
            candidates,
            heat,
            (span / _SPANS, (span + 1) / _SPANS),
            n_steps,
        )
        found = _found(instance, books, centres)
        watch((number + (span + 1) / _SPANS) / _ROUNDS, found)
        if stop(found.cost):
            break
    return found


def _fill(instance: Instance, candidates: IntArray, prices: FloatArray, *, seed: int) -> Books:
    labels = np.where(instance.kept >= 0, instance.kept, candidates[:, 0]).astype(np.int32)
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
