"""The plans between today's and a clean sheet: what each moves, how well it balances, and how to have it again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from balancing.engine.alternatives import Alternative, alternatives
from balancing.engine.crew import IsOver, side_by_side
from balancing.engine.parameters import SolveParameters
from balancing.engine.result import Result
from balancing.engine.verify import Verdict
from balancing.problems.aims import RunSettings
from balancing.problems.statement import ROUNDING, FloatArray, Statement
from balancing.runner.outcome import meets_everything
from balancing.runner.solving import solve_stated, strictnesses
from balancing.runner.verification import check_result
from balancing.runner.watching import Watch
from workspace.jobs import JobRun

# For all plans of the curve together, after which each is what its search has found so far.
CURVE_S = 90.0
# For all further tries at narrower tolerances together, which only named accounts and locked territories ask for.
RETRIES_S = 60.0
THREADS = 2


@dataclass(frozen=True, eq=False)
class Point:
    """A plan of the curve.

    settings     lead to the same plan again, unless it was stopped
    worst        largest true deviation by metric, locked territories included
    was_stopped  the time was up before its search or its further tries had ended
    """

    settings: RunSettings
    result: Result
    verdict: Verdict
    worst: dict[str, float]
    is_feasible: bool
    was_stopped: bool

    @property
    def imbalance(self) -> float:
        """Worst deviation in tolerances; up to 1 is in band."""
        tolerances = self.settings.tolerances
        return max((deviation / tolerances[key] for key, deviation in self.worst.items()), default=0.0)

    def beats(self, other: "Point") -> bool:
        """Whether it is nowhere worse in limits kept, balance, moves and distance, and somewhere better."""
        mine, theirs = self._figures(), other._figures()
        return bool((mine <= theirs + ROUNDING).all() and (mine < theirs - ROUNDING).any())

    def _figures(self) -> FloatArray:
        km = self.result.mean_km + self.result.soft_km
        missed = float(not self.is_feasible)
        return np.array([missed, max(1.0, self.imbalance), self.verdict.moved_fraction, km])


def draw_curve(job_run: JobRun, stated: Statement, settings: RunSettings) -> list[Point]:
    """The plans by what moves; needs a plan today."""
    problem = stated.under(strictness=strictnesses(stated)[0])
    watch = Watch(job_run, stated, seconds=CURVE_S)
    parameters = SolveParameters(threads=THREADS)
    found = alternatives(problem, parameters, stop=watch, rng=settings.seed, callbacks=(watch.report,))
    # Those that may move most first: where the time is up, plans that keep the limits are worth more than others.
    ordered = sorted(found, key=lambda one: _most_moved(one.parameters), reverse=True)
    retries = Watch(job_run, stated, seconds=RETRIES_S)
    tasks = [_finished(stated, settings, one) for one in ordered]
    points = side_by_side(tasks, THREADS, lambda: retries(np.inf))
    # Further tries change plans, so that one may now beat another.
    points = [one for one in points if not any(other.beats(one) for other in points)]
    return sorted(points, key=lambda point: (point.verdict.moved_fraction, point.result.mean_km))


def proposed(points: list[Point]) -> Point:
    """The plan within all limits that moves least, else the one nearest to balance."""
    within = [point for point in points if point.is_feasible]
    return within[0] if within else min(points, key=lambda point: point.imbalance)


def points_as_json(points: list[Point], stated: Statement, proposal: Point) -> list[dict[str, Any]]:
    return [
        {
            "moved_fraction": point.verdict.moved_fraction,
            "n_moves": int(np.count_nonzero(stated.problem.current != point.result.labels)),
            "mean_km": point.result.mean_km,
            "worst": point.worst,
            "is_feasible": point.is_feasible,
            "is_proposal": point is proposal,
            "was_stopped": point.was_stopped,
            "max_moved_fraction": point.settings.max_moved_fraction,
            "disruption_price": point.settings.disruption_price,
            "from": point.settings.start,
        }
        for point in points
    ]


def _finished(stated: Statement, settings: RunSettings, one: Alternative) -> Callable[[IsOver], Point]:
    """The further tries that a run of its own would make; a try cut short counts for nothing."""
    asked = _settings_of(one.parameters, settings)

    def run(is_over: IsOver) -> Point:
        result = solve_stated(stated, asked, lambda cost: is_over(), first=one.result)
        kept = one.result if result.was_stopped else result
        return _point(stated, asked, kept, was_stopped=result.was_stopped)

    return run


def _most_moved(parameters: SolveParameters) -> float:
    return 1.0 if parameters.max_moved_fraction is None else parameters.max_moved_fraction


def _settings_of(parameters: SolveParameters, settings: RunSettings) -> RunSettings:
    keeps = parameters.keeps_current
    return replace(
        settings,
        max_moved_fraction=parameters.max_moved_fraction,
        disruption_price=parameters.disruption_price if keeps else None,
        start="current" if keeps else "scratch",
        with_curve=False,
    )


def _point(stated: Statement, settings: RunSettings, result: Result, *, was_stopped: bool) -> Point:
    verdict = check_result(stated, result)
    deviations = np.vstack((stated.deviations(stated.loads(result.labels)), stated.locked_deviations))
    worst = np.abs(deviations).max(axis=0)
    return Point(
        settings=settings,
        result=result,
        verdict=verdict,
        worst={stated.columns[m]: float(worst[m]) for m in stated.balanced},
        is_feasible=meets_everything(stated, settings, result, verdict),
        was_stopped=was_stopped,
    )
