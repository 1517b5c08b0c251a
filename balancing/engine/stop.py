"""When to stop searching. The engine asks after every segment; a stopped run says so in its result."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from balancing.engine.exceptions import ParameterError


class Stop(Protocol):
    def __call__(self, best_cost: float) -> bool:
        """Whether to stop, given the best cost so far (inf while there is none)."""


class NoLimit:
    """Runs the whole schedule: the only choice that repeats exactly on any machine."""

    def __call__(self, best_cost: float) -> bool:
        return False


class MaxRuntime:
    """Stops after so many seconds, counted from the first question."""

    def __init__(self, seconds: float) -> None:
        if not seconds >= 0:
            raise ParameterError(f"seconds is {seconds}, expected >= 0")
        self._seconds = seconds
        self._started_at: float | None = None

    def __call__(self, best_cost: float) -> bool:
        now = time.monotonic()
        if self._started_at is None:
            self._started_at = now
        return now - self._started_at >= self._seconds


class WhenCancelled:
    """Stops as soon as the callable says that the run was cancelled."""

    def __init__(self, is_cancelled: Callable[[], bool]) -> None:
        self._is_cancelled = is_cancelled

    def __call__(self, best_cost: float) -> bool:
        return self._is_cancelled()


class AnyOf:
    """Stops when any of its criteria does. All are asked, so clocks start together."""

    def __init__(self, *criteria: Stop) -> None:
        self._criteria = criteria

    def __call__(self, best_cost: float) -> bool:
        answers = [criterion(best_cost) for criterion in self._criteria]
        return any(answers)
