from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Progress:
    """Where a run stands: phase, done fraction 0..1, best plan so far (empty while there is none)."""

    phase: str
    fraction: float
    worst_deviations: tuple[float, ...] = ()
    mean_km: float | None = None


Report: TypeAlias = Callable[[Progress], None]


def ignore(progress: Progress) -> None:
    """Reports to nobody."""
