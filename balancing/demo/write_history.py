"""Last year's measurements: how the balance of January wore off, month by month, to what it is today."""

import datetime
from typing import Any

import numpy as np

from balancing.models import Snapshot
from balancing.services.snapshots import measure_alignment
from territory.models import Alignment
from workspace.models import Member

N_MONTHS = 12
# Of today's imbalance, what was there a year ago already.
LEFT_AT_START = 0.35
# Drift is slow at first.
WEAR = 1.4
NOISE = 0.03
DECIMALS = 9
SPREADS = ("cv", "worst")


def write_history(rng: np.random.Generator, alignment: Alignment, today: datetime.date, *, actor: Member) -> None:
    """Measure today's balance, then set the first of each month before it on the way there."""
    measured = measure_alignment(alignment, actor=actor, measured_on=today)
    measured.balance_index = round(measured.balance_index, DECIMALS)
    measured.metrics = {key: _rounded(spread) for key, spread in measured.metrics.items()}
    measured.save(update_fields=["balance_index", "metrics"])
    Snapshot.objects.bulk_create(
        _at(measured, month, _first_of_month(today, N_MONTHS - month), rng)
        for month in range(N_MONTHS)
        if _first_of_month(today, N_MONTHS - month) < today
    )


def _at(measured: Snapshot, month: int, day: datetime.date, rng: np.random.Generator) -> Snapshot:
    worn = LEFT_AT_START + (1 - LEFT_AT_START) * (month / N_MONTHS) ** WEAR
    metrics = {key: _scaled(spread, worn * rng.normal(1, NOISE)) for key, spread in measured.metrics.items()}
    known = [spread["balance_index"] for spread in metrics.values() if spread["balance_index"] is not None]
    return Snapshot(
        workspace_id=measured.workspace_id,
        team_id=measured.team_id,
        alignment_id=measured.alignment_id,
        alignment_name=measured.alignment_name,
        measured_on=day,
        balance_index=float(np.mean(known)) if known else 0.0,
        metrics=metrics,
    )


def _rounded(spread: dict[str, Any]) -> dict[str, Any]:
    """Sums of doubles differ in their last bits with the order of the rows, which the database is free to choose."""
    return {key: round(value, DECIMALS) if isinstance(value, float) else value for key, value in spread.items()}


def _scaled(spread: dict[str, Any], factor: float) -> dict[str, Any]:
    """The same spread with less, or more, of its imbalance."""
    scaled = {key: value * factor if key in SPREADS and value is not None else value for key, value in spread.items()}
    index = spread["balance_index"]
    return scaled | {"balance_index": None if index is None else float(np.clip(100 - (100 - index) * factor, 0, 100))}


def _first_of_month(today: datetime.date, months_ago: int) -> datetime.date:
    months = today.year * 12 + today.month - 1 - months_ago
    return datetime.date(months // 12, months % 12 + 1, 1)
