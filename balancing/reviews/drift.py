"""From one review to the next: what moved, and what has to be told.

Both are measured by the bands of the later one. What was outside before raises no alarm, and what came back none.
"""

from typing import Any

import numpy as np

from accounts.metrics import METRICS
from balancing.formulas.spread import ROUNDING, in_band
from balancing.models import Review
from balancing.reviews.figures import identity
from balancing.reviews.words import alarm_sentence, index_sentence, metric_sentence


def drift_between(before: Review, after: Review) -> dict[str, Any]:
    return {
        "review_id": before.pk,
        "since": before.measured_on.isoformat(),
        "balance_index_before": before.balance_index,
        "balance_index_after": after.balance_index,
        "metrics": [_metric_drift(before, after, metric.key) for metric in METRICS],
    }


def alarms_of(before: Review, after: Review, drift: dict[str, Any], index_min: float | None) -> list[dict[str, Any]]:
    """Territories that left the band of a watched metric, the furthest off first, and an index that fell too low."""
    found = [
        _alarm("territory", metric["key"], one, after.metrics[metric["key"]]["tolerance"])
        for metric in drift["metrics"]
        if after.metrics[metric["key"]]["is_watched"]
        for one in metric["left"]
    ]
    found.sort(key=lambda alarm: -abs(alarm["after"]))
    if index_min is not None and _is_low(after, index_min) and not _is_low(before, index_min):
        indexes = {"territory_id": None, "name": "", "before": before.balance_index, "after": after.balance_index}
        found.append(_alarm("index", None, indexes, index_min))
    return found


def _alarm(kind: str, metric: str | None, one: dict[str, Any], bound: float) -> dict[str, Any]:
    alarm = {"kind": kind, "metric": metric, "bound": bound} | one
    words = alarm_sentence(alarm) if kind == "territory" else index_sentence(alarm)
    return alarm | {"sentence": words}


def _metric_drift(before: Review, after: Review, key: str) -> dict[str, Any]:
    tolerance = after.metrics[key]["tolerance"]
    known = {identity(territory): territory["deviations"][key] for territory in before.territories}
    left, returned = [], []
    for territory in after.territories:
        was, now = known.get(identity(territory)), territory["deviations"][key]
        one = {"territory_id": territory["territory_id"], "name": territory["name"], "before": was, "after": now}
        if _is_out(now, tolerance) and not _is_out(was, tolerance):
            left.append(one)
        elif _is_out(was, tolerance) and not _is_out(now, tolerance):
            returned.append(one)
    found = {
        "key": key,
        "index_before": before.metrics[key]["balance_index"],
        "index_after": after.metrics[key]["balance_index"],
        "left": sorted(left, key=lambda one: -abs(one["after"])),
        "returned": returned,
    }
    return found | {"sentence": metric_sentence(found)}


def _is_out(deviation: float | None, tolerance: float) -> bool:
    return deviation is not None and not bool(in_band(np.float64(deviation), tolerance))


def _is_low(review: Review, index_min: float) -> bool:
    return review.balance_index is not None and review.balance_index < index_min - ROUNDING
