"""Limits that contradict each other, and what would mend it, in the words of the people who set them."""

from balancing.engine.conflicts import Conflict, Remedy
from balancing.problems.amounts import label, named, percent
from balancing.problems.statement import Statement

_LEAST, _MOST = "the least ", "the most "


def conflict_words(conflict: Conflict, stated: Statement, in_play: float) -> str:
    """`in_play` is the part of all accounts that could move at all."""
    limits = "; ".join(_limit(name, stated) for name in conflict.limits)
    ways = [_way(remedy, stated, in_play) for remedy in conflict.remedies if remedy.least is not None]
    mended = f" With the others kept it takes {', or '.join(ways)}." if ways else " One of them has to give way."
    return f"These cannot be kept together: {limits}.{mended}"


def _limit(name: str, stated: Statement) -> str:
    """One of the engine's limits."""
    settings = stated.settings
    if name == "forbidden pairs":
        far = settings.max_distance_km
        reach = [f"no unit farther from home than {far:,.0f} km"] if far is not None else []
        locked = ["nothing more for locked territories"] if stated.locked.names else []
        return " and ".join(reach + locked)
    if name == "locked units":
        return "named accounts and locked territories as they are" if stated.locked.names else "named accounts kept"
    if name.endswith(" moved"):
        return f"at most {100 * (settings.max_moved_fraction or 0.0):g} % moved"
    for start, words in ((_LEAST, "the least"), (_MOST, "the most")):
        if name.startswith(start):
            return f"{words} {label(name.removeprefix(start))} that is set"
    metric, _, _ = name.partition(" within ")
    return f"{label(metric)} within {100 * settings.tolerances[metric]:g} %"


def _way(remedy: Remedy, stated: Statement, in_play: float) -> str:
    if remedy.metric is None:
        return f"{percent((remedy.least or 0.0) / in_play)} of accounts that may move"
    names = [stated.territories[k].name for k in remedy.territories if k < len(stated.territories)]
    where = f" ({named(names)})" if names else ""
    return f"a tolerance of {percent(remedy.least or 0.0)} on {label(remedy.metric)}{where}"
