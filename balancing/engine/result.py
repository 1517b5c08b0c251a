from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from balancing.engine.arrays import FloatArray, IntArray
from balancing.engine.certificates import Certificate
from balancing.engine.moves import Move


class Status(StrEnum):
    """How a run ended."""

    WITHIN_TOLERANCE = "within_tolerance"
    OUTSIDE_TOLERANCE = "outside_tolerance"
    PROVED_IMPOSSIBLE = "proved_impossible"


@dataclass(frozen=True, eq=False)
class Result:
    """A plan, what it is worth, and how good it could be at best.

    labels         (N,) territory of each unit, in the order of the problem's rows
    loads          (K, M) in the metrics' own units
    deviations     (K, M) load / target - 1; 0 for a metric that is zero everywhere
    mean_km        mean great-circle distance to the centre, weighted by the primary metric; where the problem gives
                   `travel`, mean travel in its unit, as are soft_km and bound_km then
    bound_km       lower bound on mean_km + soft_km, or None; bound_proves says of which plans
    soft_km        km of mean distance that soft tolerances missed and soft barriers crossed are worth
    gap            (mean_km + soft_km) / bound_km - 1, only where the plan meets its tolerances
    cut_edges      adjacencies between different territories: how long the borders are
    n_pieces       connected pieces over all territories
    extra_pieces   pieces beyond one per territory that could have been avoided
    moved_fraction share of the primary metric in units that leave their current territory
    was_stopped    whether the stop criterion cut the search
    moves          ordered changes from the current plan; empty where there is none, or too much changes for a list
    """

    labels: IntArray
    loads: FloatArray
    deviations: FloatArray
    centres: FloatArray
    mean_km: float
    soft_km: float
    bound_km: float | None
    gap: float | None
    bound_proves: str
    cut_edges: int
    n_pieces: int
    extra_pieces: int
    feasible: bool
    status: Status
    was_stopped: bool
    moved_fraction: float
    moves: tuple[Move, ...]
    certificates: tuple[Certificate, ...]
    engine_version: str
