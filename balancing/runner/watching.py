"""What a run tells while it works, and when it has to stop."""

import time

from balancing.engine.progress import Progress
from balancing.problems.statement import Statement
from balancing.problems.wording import label
from workspace.jobs import JobRun

# The solve's part of the whole job.
_FIRST, _LAST = 0.05, 0.95
_WORDS = {
    "starts": "Looking for centres",
    "search": "Balancing",
    "bound": "Proving how good it could be",
    "done": "Checking the plan",
}


class Watch:
    """The engine's stop criterion and its listener: cancelled runs leave at once, long ones with their best plan."""

    def __init__(self, job_run: JobRun, stated: Statement, *, seconds: float) -> None:
        self._job_run, self._stated, self._until = job_run, stated, time.monotonic() + seconds

    def __call__(self, best_cost: float) -> bool:
        self._job_run.check()
        return time.monotonic() >= self._until

    def report(self, progress: Progress) -> None:
        worst = dict(zip(self._stated.columns, progress.worst_deviations, strict=False))
        aimed = {key: value for key, value in worst.items() if self._is_aimed(key)}
        message = _WORDS.get(progress.phase, progress.phase)
        if aimed:
            told = ", ".join(f"{label(key)} {100 * value:.1f} %" for key, value in aimed.items())
            message = f"{message}: worst {told}"
        self._job_run.progress(
            _FIRST + (_LAST - _FIRST) * progress.fraction,
            message,
            phase=progress.phase,
            worst=aimed,
            mean_km=progress.mean_km,
        )

    def _is_aimed(self, key: str) -> bool:
        return self._stated.columns.index(key) in self._stated.balanced
