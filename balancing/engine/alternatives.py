"""The curve of balance against disruption and travel: several plans, none of which another beats in everything."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from balancing.engine.crew import IsOver, side_by_side
from balancing.engine.exceptions import ProblemError
from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import Problem
from balancing.engine.progress import Progress, Report
from balancing.engine.result import Result
from balancing.engine.solve import solve
from balancing.engine.stop import NoLimit, Stop

_PARTS = (0.2, 0.4, 0.6, 0.8)  # of what balance needs to move
_PRICES = (1.0, 0.3, 0.1)
_PLANS = len(_PARTS) + len(_PRICES) + 3  # and all that balance needs, nothing, a clean sheet
_MOST = 8
_SAME = 1e-4


@dataclass(frozen=True, eq=False)
class Alternative:
    """A plan on the curve and the parameters that lead to it again.

    imbalance  worst distance from the middle of a band as a part of its half width, over the metrics that must be
               kept; up to 1 is in band
    """

    parameters: SolveParameters
    result: Result
    imbalance: float

    def beats(self, other: Alternative) -> bool:
        """Whether it is as good in balance, moves and distance, and better in one; in band, balance is good enough."""
        mine, theirs = self._figures(), other._figures()
        return bool((mine <= theirs + _SAME).all() and (mine < theirs - _SAME).any())

    def _figures(self) -> np.ndarray:
        km = self.result.mean_km + self.result.soft_km
        return np.array([max(1.0, self.imbalance), self.result.moved_fraction, np.log(max(km, _SAME))])


def alternatives(
    problem: Problem,
    params: SolveParameters | None = None,
    *,
    stop: Stop | None = None,
    rng: int = 0,
    callbacks: Sequence[Report] = (),
) -> tuple[Alternative, ...]:
    """Up to eight plans from today's to a clean sheet, by what moves; ProblemError without a plan today.

    The first solve finds what must move for balance; the others allow parts of that, or more for shorter ways. They
    are made side by side on `params.threads`, with the same outcome on any number.
    """
    if not problem.has_current:
        raise ProblemError("there is no current plan to find alternatives to")
    given = replace(params or SolveParameters(), threads=1, disruption_price=0.0, max_moved_fraction=None)
    threads = params.threads if params else 1
    over, started_at = stop or NoLimit(), time.monotonic()
    first = [_shortened(callback, 1 / _PLANS) for callback in callbacks]
    needed = solve(problem, replace(given, max_moved_fraction=1.0), stop=over, rng=rng, callbacks=first)
    wanted = [replace(given, max_moved_fraction=part * needed.moved_fraction) for part in (0.0, *_PARTS)]
    wanted += [replace(given, disruption_price=price) for price in _PRICES] + [given]

    found = [_alternative(problem, replace(given, max_moved_fraction=1.0), needed)]

    def solved(parameters: SolveParameters) -> Callable[[IsOver], None]:
        def run(is_over: IsOver) -> None:
            result = solve(problem, parameters, stop=lambda cost: is_over(), rng=rng)
            found.append(_alternative(problem, parameters, result))

        return run

    def is_over() -> bool:
        for callback in callbacks:
            callback(Progress("alternatives", len(found) / _PLANS, time.monotonic() - started_at))
        return over(np.inf)

    side_by_side([solved(one) for one in wanted], threads, is_over)
    curve = [one for one in found if not any(other.beats(one) for other in found)]
    return tuple(_thinned(sorted(curve, key=lambda one: (one.result.moved_fraction, one.result.mean_km))))


def _shortened(callback: Report, part: float) -> Report:
    """Tells of a solve that is this part of the whole."""

    def report(progress: Progress) -> None:
        callback(replace(progress, fraction=part * progress.fraction))

    return report


def _alternative(problem: Problem, parameters: SolveParameters, result: Result) -> Alternative:
    low, high = problem.bands()
    columns = list(problem.balanced_metrics)
    loads = result.loads[:, columns] / result.loads[:, columns].sum(axis=0)
    # What has no end upwards is as far out as it misses its least by.
    half = np.where(np.isfinite(high), (high - low) / 2, low)
    middle = np.where(np.isfinite(high), (high + low) / 2, np.maximum(loads, 2 * low))
    is_hard = np.isinf(problem.tolerance_prices[columns])
    out = (np.abs(loads - middle) / np.maximum(half, _SAME * problem.shares[:, None]))[:, is_hard]
    return Alternative(parameters, result, float(out.max(initial=0.0)))


def _thinned(curve: list[Alternative]) -> list[Alternative]:
    """Without plans that move the same, and at most eight: those nearest to a neighbour go first."""
    chosen: list[Alternative] = []
    for one in curve:
        if not chosen or one.result.moved_fraction > chosen[-1].result.moved_fraction + _SAME:
            chosen.append(one)
    while len(chosen) > _MOST:
        moved = np.array([one.result.moved_fraction for one in chosen])
        chosen.pop(1 + int(np.argmin(np.diff(moved)[:-1])))
    return chosen
