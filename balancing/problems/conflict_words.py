"""Limits that contradict each other, and what would mend it, in the words of the people who set them."""

import math

from accounts.metrics import METRIC_BY_KEY
from balancing.engine.conflicts import Conflict, Remedy
from balancing.problems.statement import Statement

_NAMED = 3


def label(metric: str | None) -> str:
    return METRIC_BY_KEY[metric].label.lower() if metric else ""


def percent(fraction: float) -> str:
    """Rounded up to a tenth: as a limit, the figure that is named does."""
    return f"{math.ceil(1000 * fraction) / 10:.1f} %"


def conflict_words(conflict: Conflict, stated: Statement) -> str:
    limits = "; ".join(_limit(name, stated) for name in conflict.limits)
    ways = [_way(remedy, stated) for remedy in conflict.remedies if remedy.least is not None]
    mended = f" With the others kept it takes {', or '.join(ways)}." if ways else ""
    return f"These cannot be kept together: {limits}.{mended}"


def _limit(name: str, stated: Statement) -> str:
    """One of the engine's limits; its tolerances may be on other targets than those people see."""
    metric, is_tolerance, _ = name.partition(" within ")
    if is_tolerance:
        tolerance = stated.tolerances[stated.columns.index(metric)]
        return f"{label(metric)} within {100 * tolerance:g} %"
    if name == "forbidden pairs" and stated.max_distance_km is not None:
        return f"no unit farther from home than {stated.max_distance_km:,.0f} km"
    return name


def _way(remedy: Remedy, stated: Statement) -> str:
    least = percent(remedy.least or 0.0)
    if remedy.metric is None:
        return f"{least} of accounts that may move"
    names = [stated.territories[k].name for k in remedy.territories[:_NAMED]]
    more = len(remedy.territories) - len(names)
    where = f" ({', '.join(names)}{f' and {more} more' if more > 0 else ''})" if names else ""
    return f"a tolerance of {least} on {label(remedy.metric)}{where}"
