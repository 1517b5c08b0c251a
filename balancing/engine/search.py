"""Annealing with dual prices: segments of kernel steps, centres and prices renewed between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from balancing.engine.annealing import State, Terms, anneal, fill_state
from balancing.engine.arrays import FloatArray, IntArray
from balancing.engine.instance import Instance
from balancing.engine.schedule import Schedule

_SWAP_CHANCE = 0.4
_FINAL_HEAT = 0.01
_FIRST_PENALTY, _LAST_PENALTY = 0.6, 6.0
_REACH_LIMIT_FROM = 1_000
_REACH = 100
_FORBIDDEN_PRICE = 1e3
_TRAVEL_RECENTRED = 10  # segments; finding the site of least travel takes a look at the whole table
_YIELDING, _YIELDING_LATE, _LATE = 1.5, 4.0, 4  # divide the price of change after each round that misses a tolerance


@dataclass(frozen=True)
class Found:
    """A plan a search came by.

    prices  (K, M) in km, at which the search found it; any prices prove a bound
    excess  load beyond the tolerances, as shares; 0 = all tolerances met
    """

    labels: IntArray
    centres: FloatArray
    prices: FloatArray
    cost: float
    excess: float

    def is_better_than(self, other: Found | None) -> bool:
        if other is None:
            return True
        return (self.excess, self.cost) < (other.excess, other.cost)


@dataclass(frozen=True)
class Wishes:
    """What a search is asked for besides the problem: seed, and the price and limit of change."""

    seed: int
    disruption: float = 0.0
    most_moved: float = 1.0
    start_heat: float = 1.0


class Search:
    """Annealing from a connected plan, a round at a time; `best` is what it has come by so far.

    prices (K, M) in km start the duals.
    """

    def __init__(
        self, instance: Instance, labels: IntArray, prices: FloatArray, schedule: Schedule, wishes: Wishes
    ) -> None:
        self._instance, self._schedule, self._wishes = instance, schedule, wishes
        self._state = empty_state(instance, labels, wishes.seed)
        self._centres = instance.centres(self._state.labels)
        self._terrain = terrain = instance.terrain
        self._weigh()
        hard = np.where(terrain.soft_prices < 0, prices, 0)
        self._above, self._below = np.maximum(hard, 0), np.maximum(-hard, 0)
        mean_km = instance.pulled_km(self._state.labels, self._centres)
        self._scale_km = max(mean_km, 1e-3)
        self._first_disruption = self._disruption = wishes.disruption * self._scale_km
        weights = terrain.travel_weights
        positive = instance.true_weights[instance.true_weights > 0]
        self._cold = _FINAL_HEAT * self._scale_km * float(np.median(positive))
        self._hottest = schedule.heat * wishes.start_heat * self._scale_km * float(weights @ weights)
        self._steps = schedule.steps(instance.problem.n_units, int(self._state.counters[0]))
        self._recentre_every = _TRAVEL_RECENTRED if instance.problem.has_travel else 1
        self._reach = len(labels) + 1 if len(labels) <= _REACH_LIMIT_FROM else _REACH
        self.best = self._snapshot()

    def segments(self, number: int) -> Iterator[None]:
        """One round of annealing, the number-th; halts after each segment."""
        self._heat_up(number)
        for segment in range(self._schedule.segments):
            self._anneal_segment(segment)
            yield

    def _heat_up(self, number: int) -> None:
        self._number = number
        self._disruption = self._first_disruption / (_YIELDING**number * _YIELDING_LATE ** max(0, number - _LATE))
        self._hot = max(self._hottest * (1.0 if number == 0 else 0.5), 1.5 * self._cold)
        self._weigh()

    def _anneal_segment(self, segment: int) -> None:
        schedule = self._schedule
        progress = segment / max(1, schedule.segments - 1)
        hot = self._hot * (self._cold / self._hot) ** progress
        cold = hot * (self._cold / self._hot) ** (1 / schedule.segments)
        penalty = 2.0**self._number * _FIRST_PENALTY * (_LAST_PENALTY / _FIRST_PENALTY) ** progress
        terms = Terms(
            centres=self._centres,
            sites=self._instance.sites(self._centres),
            prices=self._above - self._below,
            penalty=penalty * self._scale_km,
            disruption=self._disruption,
            most_moved=self._wishes.most_moved,
            forbidden=_FORBIDDEN_PRICE * self._scale_km,
            swap_chance=_SWAP_CHANCE,
            reach=self._reach,
        )
        anneal(self._terrain, self._state, terms, hot, cold, self._steps)
        if segment % self._recentre_every == 0:
            self._centres = self._instance.centres(self._state.labels)
        if self._instance.trip_column >= 0:
            self._weigh()
        self._renew_prices()
        found = self._snapshot()
        if found.is_better_than(self.best):
            self.best = found

    def _weigh(self) -> None:
        """Loads from the labels; those that depend on ways keep, while a segment lasts, what they are at its start."""
        self._terrain = self._terrain._replace(unit_loads=self._instance.unit_loads(self._state.labels, self._centres))
        fill_state(self._terrain, self._state)

    def _renew_prices(self) -> None:
        """Raise the price of what is too full, lower that of what is too empty, let the rest fade."""
        terrain = self._instance.terrain
        band, aims = self._schedule.inner_band, terrain.aims
        rate = self._schedule.price_rate * 60 / self._schedule.segments * self._scale_km
        rates = np.where(terrain.soft_prices < 0, rate, 0) / terrain.shares[:, None]
        over = self._state.loads - (aims + band * (terrain.high - aims))
        under = (aims - band * (aims - terrain.low)) - self._state.loads
        self._above = np.maximum(0, self._above + rates * over)
        self._below = np.maximum(0, self._below + rates * under)

    def _snapshot(self) -> Found:
        labels = self._state.labels
        cost = self._instance.pulled_km(labels, self._centres)
        cost += self._disruption * float(self._state.moved[0])
        cost += self._instance.soft_km(labels, self._state.loads)
        return Found(
            labels=labels.copy(),
            centres=self._centres,
            prices=self._above - self._below,
            cost=cost,
            excess=self._instance.excess(self._state.loads),
        )


def empty_state(instance: Instance, labels: IntArray, seed: int) -> State:
    """A kernel state filled from labels."""
    n_units, n_territories = instance.problem.n_units, instance.problem.n_territories
    state = State(
        labels=labels.astype(np.int32),
        loads=np.zeros((n_territories, instance.terrain.unit_loads.shape[1])),
        sizes=np.zeros(n_territories, dtype=np.int64),
        foreign=np.zeros(n_units, dtype=np.int32),
        boundary=np.zeros(n_units + 1, dtype=np.int32),
        position=np.full(n_units, -1, dtype=np.int32),
        stamps=np.zeros(n_units, dtype=np.int64),
        queue=np.zeros(n_units + 1, dtype=np.int32),
        counters=np.zeros(3, dtype=np.int64),
        moved=np.zeros(1),
        random=np.array([seed], dtype=np.uint64),
    )
    fill_state(instance.terrain, state)
    return state
