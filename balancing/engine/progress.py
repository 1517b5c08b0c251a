from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from balancing.engine.arrays import IntArray


@dataclass(frozen=True, eq=False)
class Progress:
    """Where a run stands; what is said of a plan is empty or None while there is none.

    fraction  done part of the run, 0..1
    seconds   since the run began
    labels    (N,) of the best plan so far, in the order of the problem's rows
    gap       of the best plan to the bound at its centres, where both are known
    """

    phase: str
    fraction: float
    seconds: float = 0.0
    worst_deviations: tuple[float, ...] = ()
    mean_km: float | None = None
    labels: IntArray | None = None
    gap: float | None = None


Report: TypeAlias = Callable[[Progress], None]
