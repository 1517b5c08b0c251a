"""What a run tells while it works, and when it has to stop."""

import time

import numpy as np

from balancing.engine.arrays import IntArray
from balancing.engine.progress import Progress
from balancing.problems.amounts import label
from balancing.problems.statement import Statement
from balancing.runner.best_plan import SHOWN_UNITS_MAX, BestPlan, publish_best
from workspace.jobs import JobRun

# The solve's part of the whole job.
_FIRST, _LAST = 0.05, 0.95
_PUBLISH_EVERY_S = 1.0
_WORDS = {
    "starts": "Looking for centres",
    "search": "Balancing",
    "alternatives": "Comparing plans",
    "bound": "Proving how good it could be",
    "done": "Checking the plan",
}


class Watch:
    """The engine's stop criterion and its listener: cancelled runs leave at once, long ones with their best plan."""

    def __init__(self, job_run: JobRun, stated: Statement, *, seconds: float) -> None:
        self._job_run, self._stated = job_run, stated
        self._began = time.monotonic()
        self._until, self._next = self._began + seconds, self._began
        self._plan: IntArray | None = None
        self._n_published = 0
        self._worst: dict[str, float] = {}

    def __call__(self, best_cost: float) -> bool:
        self._job_run.check()
        return time.monotonic() >= self._until

    def report(self, progress: Progress) -> None:
        now = time.monotonic()
        gap, seconds = progress.gap, now - self._began
        if progress.labels is not None and now >= self._next:
            self._next = now + _PUBLISH_EVERY_S
            self._look_at(progress.labels, mean_km=progress.mean_km, gap=gap, seconds=seconds)
        message = _WORDS.get(progress.phase, progress.phase)
        if self._worst:
            metric, deviation = max(self._worst.items(), key=lambda entry: entry[1])
            message = f"{message}: worst deviation {100 * deviation:.1f} % ({label(metric)})"
        self._job_run.progress(
            _FIRST + (_LAST - _FIRST) * progress.fraction,
            message,
            phase=progress.phase,
            worst=self._worst,
            mean_km=progress.mean_km,
            gap=gap,
            seconds=seconds,
            plan=self._n_published,
        )

    def _look_at(self, labels: IntArray, *, mean_km: float | None, gap: float | None, seconds: float) -> None:
        """Measure the plan by what was asked for, and show it to those who watch, unless they see it already."""
        stated = self._stated
        worst = np.abs(stated.deviations(stated.loads(labels))).max(axis=0)
        self._worst = {stated.columns[m]: float(worst[m]) for m in stated.balanced}
        is_known = self._plan is not None and np.array_equal(labels, self._plan)
        if is_known or len(labels) > SHOWN_UNITS_MAX:
            return
        owners = np.array([territory.pk for territory in stated.territories], dtype=np.int64)
        plan = BestPlan(
            number=self._n_published + 1,
            unit_ids=stated.units.ids.tolist(),
            territory_ids=owners[labels].tolist(),
            worst=self._worst,
            mean_km=mean_km,
            gap=gap,
            seconds=seconds,
        )
        if publish_best(self._job_run.job, plan):
            self._plan, self._n_published = labels, plan.number
