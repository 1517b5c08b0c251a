"""The plans between today's and a clean sheet: what each moves, how well it balances, and how to have it again."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from balancing.engine.alternatives import Alternative, alternatives
from balancing.engine.parameters import SolveParameters
from balancing.engine.result import Result
from balancing.engine.verify import Verdict
from balancing.problems.aims import RunSettings
from balancing.problems.statement import Statement
from balancing.runner.outcome import meets_everything
from balancing.runner.verification import check_result
from balancing.runner.watching import Watch
from workspace.jobs import JobRun

# For all plans of the curve together, after which each is what its search has found so far.
CURVE_S = 90.0
THREADS = 2


@dataclass(frozen=True, eq=False)
class Point:
    """A plan of the curve.

    settings     lead to the same plan again, unless it was stopped
    worst        largest true deviation by metric, locked territories included
    imbalance    worst distance from the middle of what a territory may hold, as a part of the way to its end; up to
                 1 is in band
    """

    settings: RunSettings
    result: Result
    verdict: Verdict
    worst: dict[str, float]
    is_feasible: bool
    imbalance: float


def draw_curve(job_run: JobRun, stated: Statement) -> list[Point]:
    """The plans by what moves; needs a plan today."""
    watch = Watch(job_run, stated, seconds=CURVE_S)
    parameters = SolveParameters(threads=THREADS)
    found = alternatives(stated.problem, parameters, stop=watch, rng=stated.settings.seed, callbacks=(watch.report,))
    points = []
    for one in found:
        job_run.check()
        points.append(_point(stated, one))
    return points


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
            "was_stopped": point.result.was_stopped,
            "max_moved_fraction": point.settings.max_moved_fraction,
            "disruption_price": point.settings.disruption_price,
            "from": point.settings.start,
        }
        for point in points
    ]


def _settings_of(parameters: SolveParameters, settings: RunSettings) -> RunSettings:
    keeps = parameters.keeps_current
    return replace(
        settings,
        max_moved_fraction=parameters.max_moved_fraction,
        disruption_price=parameters.disruption_price if keeps else None,
        start="current" if keeps else "scratch",
        with_curve=False,
    )


def _point(stated: Statement, one: Alternative) -> Point:
    result, settings = one.result, _settings_of(one.parameters, stated.settings)
    verdict = check_result(stated, result)
    deviations = np.vstack((stated.deviations(stated.loads(result.labels)), stated.locked.deviations))
    worst = np.abs(deviations).max(axis=0)
    return Point(
        settings=settings,
        result=result,
        verdict=verdict,
        worst={stated.columns[m]: float(worst[m]) for m in stated.balanced},
        is_feasible=meets_everything(stated, settings, result, verdict),
        imbalance=one.imbalance,
    )
