"""One entry to the optimizer: a problem in, a verified plan out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

import numpy as np

from balancing.engine.beginnings import Beginning, from_clean_sheet, from_current
from balancing.engine.books import search_books
from balancing.engine.canonical import canonical_order, reordered
from balancing.engine.certificates import find_certificates
from balancing.engine.components import lay_out, without_geography
from balancing.engine.crew import IsOver, side_by_side
from balancing.engine.cut_edges import fewest_cuts
from balancing.engine.disruption import aligned_territories, moved_fraction
from balancing.engine.instance import Instance
from balancing.engine.judging import Judge
from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import Problem
from balancing.engine.progress import Progress, Report
from balancing.engine.reduction import reduced
from balancing.engine.result import Result
from balancing.engine.schedule import Schedule
from balancing.engine.search import Found, Search, Wishes
from balancing.engine.stop import NoLimit, Stop

_STARTS_END, _SEARCH_END = 0.25, 0.9
_REPORT_EVERY = 5
_HEATED_AGAIN = 2  # searches that go on while a tolerance is missed; more took longer and found no better plans
_MOVE_LEAST = 8.0  # disruption price at which hardly a unit moves that balance does not need


def solve(
    problem: Problem,
    params: SolveParameters | None = None,
    *,
    stop: Stop | None = None,
    rng: int | np.random.Generator = 0,
    callbacks: Sequence[Report] = (),
) -> Result:
    """Divide the units among the territories.

    rng: a seed, or a generator to draw one from; callbacks hear of progress, on the caller's thread. The plan
    does not depend on the order of rows or the number of threads, only on the problem, the parameters, the seed
    and, where it cut the search, on `stop`. Always returns the best plan found; `Result.feasible` and its
    certificates say whether, and why not, it keeps every limit.
    """
    seed = int(rng.integers(2**31)) if isinstance(rng, np.random.Generator) else int(rng)
    return _Solve(problem, params or SolveParameters(), seed, stop or NoLimit(), callbacks).run()


OtherSearch: TypeAlias = Callable[[Instance, SolveParameters, int, Stop, Callable[[float, Found], None]], Found]


class _Solve:
    def __init__(
        self, problem: Problem, parameters: SolveParameters, seed: int, stop: Stop, callbacks: Sequence[Report]
    ) -> None:
        self._parameters, self._seed, self._stop = parameters, seed, _Remembering(stop)
        self._callbacks, self._started_at = callbacks, time.monotonic()
        self._from_current = problem.has_current and (parameters.keeps_current or bool(problem.locked.any()))
        order = canonical_order(problem)
        whole = reordered(problem, order)
        reduction = reduced(whole, contiguous=parameters.contiguous)
        self._problem = reduction.problem
        self._instance = self._laid_out(self._problem)
        edges = self._instance.layout.edges if parameters.contiguous else None
        certificates = find_certificates(self._problem, edges, parameters.max_moved_fraction)
        instance = self._instance if self._problem is whole else self._laid_out(whole)
        self._judge = Judge(instance, reduction, self._instance.layout, parameters, order, certificates, self._stop)
        n_metrics = len(self._instance.terrain.soft_prices)
        self._schedule = Schedule.of(self._problem.n_units, n_metrics, self._instance.narrowest, parameters.effort)
        self._ticks = 0

    def _laid_out(self, problem: Problem) -> Instance:
        if self._parameters.contiguous:
            return Instance.of(problem, lay_out(problem, from_current=self._from_current))
        return Instance.of(problem, without_geography(problem))

    def run(self) -> Result:
        self._report("starts", 0.0)
        if not self._parameters.contiguous:
            best = self._best_by(search_books)
        elif self._parameters.objective == "cut_edges":
            best = self._best_by(fewest_cuts)
        else:
            best = self._best_plan()
        best = self._named_like_today(best)
        self._report("bound", _SEARCH_END, best)
        result = self._judge.result(best)
        self._report("done", 1.0, best)
        return result

    def _best_by(self, other_search: OtherSearch) -> Found:
        def watch(fraction: float, found: Found) -> None:
            self._report("search", _STARTS_END + (_SEARCH_END - _STARTS_END) * fraction, found)

        return other_search(self._instance, self._parameters, self._seed, self._stop, watch)

    def _best_plan(self) -> Found:
        if self._from_current:
            best = self._best_of([from_current(self._instance, self._parameters)], 1)
            return self._anew(best) if best.excess > 0 else best
        beginnings = from_clean_sheet(self._instance, self._parameters, self._seed, self._stop)
        return self._best_of(beginnings, max(self._schedule.searches, len(beginnings)))

    def _anew(self, best: Found) -> Found:
        """A plan from a clean sheet, named like today's, where today's could not be mended within the limits."""
        if self._judge.certificates or self._stop.said_yes:
            return best
        self._from_current = False
        found = self._named_like_today(self._best_plan())
        self._from_current = True
        limit = self._parameters.max_moved_fraction
        is_allowed = limit is None or moved_fraction(self._problem, found.labels) <= limit
        return found if is_allowed and found.excess < best.excess else best

    def _best_of(self, beginnings: list[Beginning], count: int) -> Found:
        """The best of several searches; while none is within the tolerances, the two nearest go on, heated up again."""
        is_lost = bool(self._judge.certificates)
        count = 1 if is_lost else count
        searches = [self._search(beginnings[number % len(beginnings)], number) for number in range(count)]
        rounds = 1 if is_lost else self._parameters.max_rounds
        active = searches
        for number in range(rounds):
            done = [0] * len(active)
            side_by_side(
                [self._round(search, number, done, place) for place, search in enumerate(active)],
                self._parameters.threads,
                partial(self._is_over, searches, number / rounds, 1 / rounds / len(active), done),
            )
            if self._stop.said_yes or min(search.best.excess for search in searches) == 0:
                break
            active = sorted(active, key=lambda search: search.best.excess)[:_HEATED_AGAIN]
        return _leader(searches)

    def _round(self, search: Search, number: int, done: list[int], place: int) -> Callable[[IsOver], None]:
        def run(is_over: IsOver) -> None:
            for _ in search.segments(number):
                done[place] += 1
                if is_over():
                    return

        return run

    def _is_over(self, searches: list[Search], begun: float, part: float, done: list[int]) -> bool:
        self._ticks += 1
        if self._ticks % _REPORT_EVERY == 0:
            fraction = begun + part * sum(done) / self._schedule.segments
            self._report("search", _STARTS_END + (_SEARCH_END - _STARTS_END) * fraction, _leader(searches))
        return self._stop(_leader(searches).cost)

    def _search(self, beginning: Beginning, number: int) -> Search:
        parameters = self._parameters
        limit = parameters.max_moved_fraction
        price = parameters.disruption_price or (0.0 if limit is None else _MOVE_LEAST)
        wishes = Wishes(
            seed=self._seed * 1_000 + number,
            disruption=price if self._from_current else 0.0,
            most_moved=1.0 if limit is None or not self._from_current else float(limit),
            start_heat=0.2 if self._from_current and parameters.keeps_current else 1.0,
        )
        return Search(self._instance, beginning.labels, beginning.prices, self._schedule, wishes)

    def _named_like_today(self, found: Found) -> Found:
        """Territories renamed to keep as much of today's plan as possible, where names are still free."""
        problem = self._problem
        is_bound = problem.has_homes or len(problem.forbidden) > 0 or bool((self._instance.kept >= 0).any())
        if is_bound or self._from_current or not problem.has_current:
            return found
        renamed = aligned_territories(problem, found.labels)
        back = np.argsort(renamed)
        return replace(found, labels=renamed[found.labels], centres=found.centres[back])

    def _report(self, phase: str, fraction: float, found: Found | None = None) -> None:
        if not self._callbacks:
            return
        progress = Progress(phase, min(1.0, fraction), seconds=time.monotonic() - self._started_at)
        if found is not None:
            progress = self._judge.described(progress, found)
        for callback in self._callbacks:
            callback(progress)


class _Remembering:
    """A stop criterion that keeps its first yes."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self.said_yes = False

    def __call__(self, best_cost: float) -> bool:
        self.said_yes = self.said_yes or self._stop(best_cost)
        return self.said_yes


def _leader(searches: list[Search]) -> Found:
    best = searches[0].best
    for search in searches[1:]:
        if search.best.is_better_than(best):
            best = search.best
    return best
