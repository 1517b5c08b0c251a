"""The shape of a finding, whatever its kind."""

from dataclasses import dataclass
from typing import Any

import shapely
from django.db import models
from shapely.geometry.base import BaseGeometry


class FindingKind(models.TextChoices):
    OVERLOADED = "overloaded", "Overloaded"
    IDLE = "idle", "Idle"
    OVERLAP = "overlap", "Overlap"
    WHITE_SPACE = "white_space", "White space"
    VACANT = "vacant", "Vacant"
    SPLIT = "split", "Split"
    UNPLOTTED = "unplotted", "Not plotted"
    OUT_OF_BAND = "out_of_band", "Out of band"
    TRAVEL_BURDEN = "travel_burden", "Much travel"
    CAPACITY = "capacity", "Capacity"
    SINGLE_ACCOUNT = "single_account", "One large account"
    COARSE_UNIT = "coarse_unit", "Unit too large"
    UNDER_COVERED = "under_covered", "Too few visits"
    EXCEPTIONS = "exceptions", "Many named accounts"


class Severity(models.TextChoices):
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class ActionKind(models.TextChoices):
    REBALANCE = "rebalance", "Rebalance"
    RESOLVE_OVERLAP = "resolve_overlap", "Resolve overlap"
    ASSIGN = "assign", "Assign"
    ASSIGN_REP = "assign_rep", "Give to a rep"
    EDIT = "edit", "Edit"
    FIX_ACCOUNTS = "fix_accounts", "Correct addresses"


# A finding that touches at least so much of the alignment's money is of high, or of medium, severity.
HIGH_FROM, MEDIUM_FROM = 0.03, 0.005


@dataclass(frozen=True, kw_only=True)
class Finding:
    """money_minor is what findings are ranked by: the revenue touched, or potential where there is no coverage.

    action: None where there is nothing to open. hours_h: hours a year at stake, None where a finding is not about
    hours. subject: what it is about, where that is not its kind and its territories.
    """

    id: str
    kind: FindingKind
    title: str
    detail: str
    money_minor: int
    action: tuple[ActionKind, str] | None = None
    territory_ids: tuple[int, ...] = ()
    n_accounts: int = 0
    revenue_minor: int = 0
    potential_minor: int = 0
    hours_h: float | None = None
    subject: str = ""
    area_km2: float | None = None
    geometry: BaseGeometry | None = None

    def as_dict(self, total_minor: float) -> dict[str, Any]:
        shape = self.geometry if self.geometry is not None and not self.geometry.is_empty else None
        return {
            "id": self.id,
            "kind": self.kind,
            "severity": self.severity(total_minor),
            "title": self.title,
            "detail": self.detail,
            "territory_ids": list(self.territory_ids),
            "n_accounts": self.n_accounts,
            "revenue_minor": self.revenue_minor,
            "potential_minor": self.potential_minor,
            "money_minor": self.money_minor,
            "hours_h": self.hours_h,
            "area_km2": self.area_km2,
            "geometry": shape and shapely.geometry.mapping(shape),
            "bbox": shape and list(shape.bounds),
            "action": self.action and {"kind": self.action[0], "label": self.action[1]},
        }

    def severity(self, total_minor: float) -> Severity:
        part = self.money_minor / total_minor if total_minor > 0 else 0.0
        if part >= HIGH_FROM:
            return Severity.HIGH
        return Severity.MEDIUM if part >= MEDIUM_FROM else Severity.LOW
