"""What a run is asked for, as it is stored with it."""

from dataclasses import asdict, dataclass
from typing import Any

from accounts.metrics import METRICS

# Travel follows from distance, which every run keeps short; the others add up over units.
BALANCED_KEYS = tuple(metric.key for metric in METRICS if metric.key != "travel")


@dataclass(frozen=True)
class Aim:
    """How evenly a metric is to be divided.

    miss_price_km  km of mean distance that 1 % of the metric out of tolerance is worth; None = it must be kept
    """

    key: str
    tolerance: float
    is_primary: bool = False
    miss_price_km: float | None = None


@dataclass(frozen=True)
class Limit:
    """Least and most of a metric in a territory, or in every one that has no limit of its own (None).

    In the metric's own unit, money in minor units.
    """

    key: str
    territory_id: int | None = None
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class RunSettings:
    """What a run is to reach and to spare.

    start             "current" keeps near today's territories, "scratch" draws them anew
    disruption_price  how dear it is to change hands, in multiples of today's mean distance; None = the runner's own
    with_curve        also make the plans between today's and a clean sheet
    headroom          part of every most that is kept free
    objective         what to keep short beside balance: "distance" or, from scratch only, "borders"
    connected         False: books of accounts, whose units may lie anywhere; from scratch only
    keep_together     what units share that stay in one territory (problems.groups); None = nothing
    """

    aims: tuple[Aim, ...]
    seed: int = 0
    max_moved_fraction: float | None = None
    keep_overrides: bool = True
    use_homes: bool = False
    max_distance_km: float | None = None
    start: str = "current"
    disruption_price: float | None = None
    with_curve: bool = False
    limits: tuple[Limit, ...] = ()
    headroom: float = 0.0
    objective: str = "distance"
    connected: bool = True
    keep_together: str | None = None

    @property
    def tolerances(self) -> dict[str, float]:
        return {aim.key: aim.tolerance for aim in self.aims}

    def as_json(self) -> dict[str, Any]:
        return {
            "metrics": [asdict(aim) for aim in self.aims],
            "max_moved_fraction": self.max_moved_fraction,
            "keep_overrides": self.keep_overrides,
            "use_homes": self.use_homes,
            "max_distance_km": self.max_distance_km,
            "seed": self.seed,
            "from": self.start,
            "disruption_price": self.disruption_price,
            "with_curve": self.with_curve,
            "limits": [asdict(limit) for limit in self.limits],
            "headroom": self.headroom,
            "objective": self.objective,
            "connected": self.connected,
            "keep_together": self.keep_together,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "RunSettings":
        return cls(
            aims=tuple(Aim(**aim) for aim in stored["metrics"]),
            seed=stored["seed"],
            max_moved_fraction=stored["max_moved_fraction"],
            keep_overrides=stored["keep_overrides"],
            use_homes=stored["use_homes"],
            max_distance_km=stored.get("max_distance_km"),
            start=stored["from"],
            disruption_price=stored.get("disruption_price"),
            with_curve=stored.get("with_curve", False),
            limits=tuple(Limit(**limit) for limit in stored.get("limits", [])),
            headroom=stored.get("headroom", 0.0),
            objective=stored.get("objective", "distance"),
            connected=stored.get("connected", True),
            keep_together=stored.get("keep_together"),
        )
