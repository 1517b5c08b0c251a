"""One entry to the optimizer: a problem in, a verified plan out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from balancing.engine.arrays import FloatArray, IntArray, LongArray
from balancing.engine.beginnings import Beginning, from_clean_sheet, from_current
from balancing.engine.books import search_books
from balancing.engine.bound import LowerBound, lower_bound
from balancing.engine.canonical import canonical_order, reordered
from balancing.engine.certificates import Certificate, find_certificates
from balancing.engine.components import lay_out, without_geography
from balancing.engine.disruption import aligned_territories, moved_fraction
from balancing.engine.geometry import weighted_centroids
from balancing.engine.graph import count_pieces
from balancing.engine.instance import Instance
from balancing.engine.moves import ordered_moves
from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import Problem
from balancing.engine.progress import Progress, Report, ignore
from balancing.engine.result import Result, Status
from balancing.engine.schedule import Schedule
from balancing.engine.search import Found, Wishes, search
from balancing.engine.stop import NoLimit, Stop
from balancing.engine.version import ENGINE_VERSION

_STARTS_END, _SEARCH_END = 0.25, 0.9
_REPORT_EVERY = 5
_MOVE_LEAST = 8.0  # disruption price at which hardly a unit moves that balance does not need


def solve(
    problem: Problem,
    parameters: SolveParameters | None = None,
    *,
    stop: Stop | None = None,
    progress: Report = ignore,
) -> Result:
    """Divide the units among the territories.

    The plan does not depend on the order of rows, only on the problem, the parameters and, where it cut
    the search, on `stop`. Always returns the best plan found; `Result.feasible` and its certificates say
    whether, and why not, it keeps every limit.
    """
    return _Solve(problem, parameters or SolveParameters(), stop or NoLimit(), progress).run()


class _Solve:
    def __init__(self, problem: Problem, parameters: SolveParameters, stop: Stop, progress: Report) -> None:
        self._parameters, self._stop, self._progress = parameters, _Remembering(stop), progress
        self._order = canonical_order(problem)
        self._problem = reordered(problem, self._order)
        self._from_current = problem.has_current and (parameters.keeps_current or bool(problem.locked.any()))
        if parameters.contiguous:
            layout = lay_out(self._problem, from_current=self._from_current)
            self._certificates = find_certificates(self._problem, layout.edges)
        else:
            layout = without_geography(self._problem)
            self._certificates = find_certificates(self._problem, None)
        self._instance = Instance.of(self._problem, layout)
        tolerances = [float(t) for t in self._instance.terrain.tolerances]
        self._schedule = Schedule.of(self._problem.n_units, tolerances, self._parameters.effort)
        self._ticks = 0

    def run(self) -> Result:
        self._progress(Progress("starts", 0.0))
        best = self._best_plan() if self._parameters.contiguous else self._best_books()
        best = self._named_like_today(best)
        self._progress(Progress("bound", _SEARCH_END, *self._figures(best)))
        result = self._result(best)
        self._progress(Progress("done", 1.0, *self._figures(best)))
        return result

    def _best_books(self) -> Found:
        def watch(fraction: float, found: Found) -> None:
            overall = _STARTS_END + (_SEARCH_END - _STARTS_END) * fraction
            self._progress(Progress("search", overall, *self._figures(found)))

        return search_books(self._instance, self._parameters, self._stop, watch)

    def _best_plan(self) -> Found:
        beginnings = self._beginnings()
        searches = 1 if self._from_current or self._certificates else self._schedule.searches
        best: Found | None = None
        for number in range(max(searches, len(beginnings))):
            found = self._search(beginnings[number % len(beginnings)], number, searches, best)
            if found.is_better_than(best):
                best = found
            is_enough = best.excess == 0 if best else False
            if self._stop.said_yes or self._certificates or (is_enough and number + 1 >= searches):
                break
        assert best is not None
        return best

    def _beginnings(self) -> list[Beginning]:
        if self._from_current:
            return [from_current(self._instance, self._parameters)]
        return from_clean_sheet(self._instance, self._parameters, self._stop)

    def _search(self, beginning: Beginning, number: int, count: int, best: Found | None) -> Found:
        """One of so many searches; while nothing in balance was found it may heat up again."""
        parameters = self._parameters
        limit = parameters.max_moved_fraction
        price = parameters.disruption_price or (0.0 if limit is None else _MOVE_LEAST)
        is_done = bool(self._certificates) or (best is not None and best.excess == 0)
        wishes = Wishes(
            seed=parameters.seed * 1_000 + number,
            max_rounds=1 if is_done else parameters.max_rounds,
            disruption=price if self._from_current else 0.0,
            most_moved=1.0 if limit is None else float(limit),
            start_heat=0.2 if self._from_current and parameters.keeps_current else 1.0,
        )

        def watch(fraction: float, found: Found) -> None:
            self._ticks += 1
            if self._ticks % _REPORT_EVERY == 0:
                done = min(1.0, (number + fraction) / count)
                overall = _STARTS_END + (_SEARCH_END - _STARTS_END) * done
                leader = best if best is not None and not found.is_better_than(best) else found
                self._progress(Progress("search", overall, *self._figures(leader)))

        schedule = self._schedule
        return search(self._instance, beginning.labels, beginning.prices, schedule, wishes, self._stop, watch)

    def _named_like_today(self, found: Found) -> Found:
        """Territories renamed to keep as much of today's plan as possible, where names are still free."""
        problem = self._problem
        free = problem.has_current and not self._from_current and not problem.has_homes
        if not free or len(problem.forbidden):
            return found
        renamed = aligned_territories(problem, found.labels)
        back = np.argsort(renamed)
        return replace(found, labels=renamed[found.labels], centres=found.centres[back])

    def _figures(self, found: Found) -> tuple[tuple[float, ...], float]:
        deviations = _deviations(self._problem, found.labels)[1]
        worst = tuple(float(value) for value in np.abs(deviations).max(axis=0))
        return worst, self._instance.mean_km(found.labels, found.centres)

    def _result(self, found: Found) -> Result:
        problem, labels = self._problem, found.labels
        centres = self._true_centres(labels)
        mean_km = self._instance.mean_km(labels, centres)
        bound = self._bound(centres, mean_km)
        loads, deviations = _deviations(problem, labels)
        n_pieces = count_pieces(labels, problem.edges)
        layout = self._instance.layout
        extra = max(0, n_pieces - problem.n_territories - layout.unavoidable_pieces)
        moved = moved_fraction(problem, labels)
        feasible = bool(self._keeps_limits(labels, deviations, moved) and extra == 0)
        return Result(
            labels=_to_rows(labels, self._order),
            loads=loads,
            deviations=deviations,
            centres=centres,
            mean_km=mean_km,
            bound_km=bound.km if bound else None,
            gap=mean_km / bound.km - 1 if bound and feasible and bound.km > 0 else None,
            bound_proves=bound.proves if bound else "",
            n_pieces=n_pieces,
            extra_pieces=extra,
            feasible=feasible,
            status=_status(feasible, self._certificates),
            was_stopped=self._stop.said_yes,
            moved_fraction=moved,
            moves=tuple(
                replace(move, unit=int(self._order[move.unit]))
                for move in ordered_moves(self._instance, labels, centres)
            ),
            certificates=tuple(self._in_rows(certificate) for certificate in self._certificates),
            seed=self._parameters.seed,
            engine_version=ENGINE_VERSION,
        )

    def _in_rows(self, certificate: Certificate) -> Certificate:
        if certificate.unit is None:
            return certificate
        return replace(certificate, unit=int(self._order[certificate.unit]))

    def _true_centres(self, labels: IntArray) -> FloatArray:
        problem = self._problem
        if problem.has_homes:
            return problem.homes.copy()
        points = self._instance.terrain.points
        return weighted_centroids(points, self._instance.true_weights, labels, problem.n_territories)

    def _bound(self, centres: FloatArray, mean_km: float) -> LowerBound | None:
        if not self._parameters.with_bound or self._stop.said_yes:
            return None
        return lower_bound(self._instance, centres, mean_km)

    def _keeps_limits(self, labels: IntArray, deviations: FloatArray, moved: float) -> bool:
        problem = self._problem
        balanced = list(problem.balanced_metrics)
        within = (np.abs(deviations[:, balanced]) <= problem.tolerances[balanced] + 1e-9).all()
        locks = (labels[problem.locked] == problem.current[problem.locked]).all()
        forbidden = (labels[problem.forbidden[:, 0]] == problem.forbidden[:, 1]).any()
        limit = self._parameters.max_moved_fraction
        return bool(within and locks and not forbidden and (limit is None or moved <= limit + 1e-9))


class _Remembering:
    """A stop criterion that keeps its first yes."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self.said_yes = False

    def __call__(self, best_cost: float) -> bool:
        self.said_yes = self.said_yes or self._stop(best_cost)
        return self.said_yes


def _deviations(problem: Problem, labels: IntArray) -> tuple[FloatArray, FloatArray]:
    loads = np.column_stack(
        [
            np.bincount(labels, problem.weights[:, m], minlength=problem.n_territories).astype(np.float64)
            for m in range(problem.n_metrics)
        ]
    )
    targets = problem.shares[:, None] * problem.totals
    deviations = np.where(targets > 0, loads / np.where(targets > 0, targets, 1.0) - 1, 0.0)
    return loads, deviations


def _status(feasible: bool, certificates: tuple[Certificate, ...]) -> Status:
    if feasible:
        return Status.WITHIN_TOLERANCE
    return Status.PROVED_IMPOSSIBLE if certificates else Status.OUTSIDE_TOLERANCE


def _to_rows(labels: IntArray, order: LongArray) -> IntArray:
    given = np.empty_like(labels)
    given[order] = labels
    given.setflags(write=False)
    return given
