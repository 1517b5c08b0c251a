"""Metrics on which territories lie outside their band although their load is right: opportunity beside work."""

import numpy as np
from numpy.typing import NDArray

from accounts.metrics import METRICS, Metric
from balancing.findings.finding import ActionKind, Finding, FindingKind
from balancing.findings.load import load_metric, load_verdicts
from balancing.findings.look import Look
from balancing.formulas.spread import in_band
from balancing.scorecard.balance import COLUMN


def find_out_of_band(look: Look) -> list[Finding]:
    """One finding for each metric. Who is overloaded, or has room, has too much, or too little, of the rest by that."""
    told = {load_metric(look), "workload", "travel"}
    verdicts = np.array(load_verdicts(look))
    found = (_find(look, metric, verdicts) for metric in METRICS if metric.key not in told)
    return [finding for finding in found if finding is not None]


def _find(look: Look, metric: Metric, verdicts: NDArray[np.int64]) -> Finding | None:
    """Money: the revenue of what lies beyond the targets of the territories above their band."""
    column = COLUMN[metric.key]
    deviations = look.balance.deviations[:, column]
    tolerance = float(look.balance.tolerances[column])
    outside = np.flatnonzero(~in_band(deviations, tolerance) & (np.sign(deviations) != verdicts))
    if not len(outside):
        return None
    values, targets = look.balance.values[:, column], look.balance.targets[:, column]
    above = outside[deviations[outside] > 0]
    parts = 1 - targets[above] / values[above]
    worst = int(outside[np.argmax(np.abs(deviations[outside]))])
    side = "above" if deviations[worst] > 0 else "below"
    return Finding(
        id=f"out_of_band-{metric.key}",
        subject=f"out_of_band-{metric.key}",
        kind=FindingKind.OUT_OF_BAND,
        title=f"{metric.label} out of band in {len(outside)} of {len(values)} territories",
        detail=(
            f"Their load does not explain it. Band ±{100 * tolerance:.0f} %; furthest off: "
            f"{look.territories[worst].name}, {100 * abs(deviations[worst]):.0f} % {side} target."
        ),
        action=(ActionKind.REBALANCE, "Rebalance"),
        money_minor=_part_of(look, above, parts, "revenue"),
        territory_ids=tuple(look.territories[k].pk for k in outside.tolist()),
        n_accounts=_part_of(look, above, parts, "accounts"),
        revenue_minor=_part_of(look, above, parts, "revenue"),
        potential_minor=_part_of(look, above, parts, "potential"),
    )


def _part_of(look: Look, rows: NDArray[np.int64], parts: NDArray[np.float64], key: str) -> int:
    return round(float((look.balance.values[rows, COLUMN[key]] * parts).sum()))
