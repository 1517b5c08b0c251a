"""The engine's codes in the words of the people who read them."""

from typing import Any

import numpy as np

from accounts.metrics import METRIC_BY_KEY
from balancing.engine.certificates import Certificate
from balancing.engine.moves import Move, Reason
from balancing.engine.result import Result, Status
from balancing.problems.statement import Statement

_REASONS = {
    Reason.ASSIGNS_UNASSIGNED: "Nobody covers it today",
    Reason.GIVES_UP_OVERLOAD: "{source} has too much {metric}",
    Reason.FILLS_SHORTAGE: "{target} has too little {metric}",
    Reason.SHORTENS_DISTANCE: "{km:.0f} km nearer to the middle of {target}",
    Reason.EVENS_OUT: "Evens out {metric} between {source} and {target}",
    Reason.MAKES_ROOM: "Makes room for another move",
}


def label(metric: str | None) -> str:
    return METRIC_BY_KEY[metric].label.lower() if metric else ""


def move_reason(move: Move, stated: Statement) -> str:
    territories = stated.territories
    return _REASONS[move.reason].format(
        source=territories[move.source].name if move.source >= 0 else "",
        target=territories[move.target].name,
        metric=label(move.metric),
        km=abs(move.distance_change_km),
    )


def status_words(result: Result, is_feasible: bool) -> str:
    if is_feasible:
        return "Every territory is within every tolerance."
    if result.status == Status.PROVED_IMPOSSIBLE:
        return "The tolerances cannot be met; this is the nearest plan found."
    return "Some territories stay outside their tolerance; this is the nearest plan found."


def certificates(result: Result, stated: Statement) -> list[dict[str, Any]]:
    """Why the tolerances cannot be met, with the smallest one that could be."""
    told = [_certificate(found, stated) for found in result.certificates]
    return told + _named_too_much(stated)


def _certificate(found: Certificate, stated: Statement) -> dict[str, Any]:
    territory = stated.territories[found.territory].name if found.territory is not None else ""
    unit = stated.units.names[found.unit] if found.unit is not None else ""
    least = f"{100 * (found.smallest_tolerance or 0):.1f} %"
    metric = label(found.metric)
    details = {
        "unit_too_big": f"{unit} alone has more {metric} than the largest target allows: the smallest possible "
        f"tolerance is {least}. A finer unit layer would divide it.",
        "locked_too_much": f"The locked units of {territory} alone have too much {metric}: the smallest possible "
        f"tolerance is {least}.",
        "part_not_divisible": f"The part of the map around {unit} is cut off from the rest, and its {metric} does not "
        f"divide into whole territories: the smallest possible tolerance is {least}.",
        "unit_forbidden_everywhere": f"{unit} may go to no territory: every one is locked against it.",
    }
    return {
        "code": found.code,
        "detail": details.get(found.code, found.message),
        "smallest_tolerance": found.smallest_tolerance,
    }


def _named_too_much(stated: Statement) -> list[dict[str, Any]]:
    """Territories that their named accounts alone put beyond a tolerance."""
    told = []
    targets = stated.shares[:, None] * stated.totals
    for k, m in np.argwhere(stated.named > targets * (1 + stated.problem.tolerances) + 1e-9).tolist():
        if targets[k, m] <= 0:
            continue
        least = float(stated.named[k, m] / targets[k, m] - 1)
        told.append(
            {
                "code": "named_accounts_too_much",
                "detail": f"The named accounts of {stated.territories[k].name} alone have too much "
                f"{label(stated.columns[m])}: the smallest possible tolerance is {100 * least:.1f} %.",
                "smallest_tolerance": least,
            }
        )
    return told
