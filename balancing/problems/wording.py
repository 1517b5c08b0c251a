"""The engine's codes in the words of the people who read them."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from balancing.engine.certificates import Certificate
from balancing.engine.moves import Move, Reason
from balancing.engine.reach import nearest_home_km
from balancing.problems.conflict_words import conflict_words, label, percent
from balancing.problems.statement import Statement, relative

_REASONS = {
    Reason.ASSIGNS_UNASSIGNED: "Nobody covers it today",
    Reason.GIVES_UP_OVERLOAD: "{source} has too {much} {metric}",
    Reason.FILLS_SHORTAGE: "{target} has too {little} {metric}",
    Reason.SHORTENS_DISTANCE: "{km:.0f} km nearer to the middle of {target}",
    Reason.EVENS_OUT: "Evens out {metric} between {source} and {target}",
    Reason.MAKES_ROOM: "Makes room for another move",
}


_COUNTED = {"accounts"}
_NOWHERE = "unit_forbidden_everywhere"  # here only a longest distance forbids


def move_reason(move: Move, stated: Statement) -> str:
    territories = stated.territories
    return _REASONS[move.reason].format(
        source=territories[move.source].name if move.source >= 0 else "",
        target=territories[move.target].name,
        metric=label(move.metric),
        much=_much(move.metric),
        little="few" if move.metric in _COUNTED else "little",
        km=abs(move.distance_change_km),
    )


def status_words(*, is_feasible: bool, is_impossible: bool) -> str:
    if is_feasible:
        return "Every territory is within every tolerance."
    if is_impossible:
        return "The tolerances cannot be met; this is the nearest plan found."
    return "Some territories stay outside their tolerance; this is the nearest plan found."


def certificates(found: Iterable[Certificate], stated: Statement) -> list[dict[str, Any]]:
    """Why the tolerances cannot be met, with the smallest one that could be."""
    proved = [_certificate(one, stated) for one in found if one.code != _NOWHERE]
    return proved + _out_of_reach(stated) + _locked(stated) + _named(stated)


def _certificate(found: Certificate, stated: Statement) -> dict[str, Any]:
    if found.conflict is not None:
        return _told(found.code, conflict_words(found.conflict, stated), found.metric, found.smallest_tolerance)
    unit = stated.units.names[found.unit] if found.unit is not None else ""
    metric, least = label(found.metric), found.smallest_tolerance
    details = {
        "unit_too_big": f"{unit} alone has more {metric} than the largest target allows: {_least(least)}. "
        "A finer unit layer would divide it.",
        "part_not_divisible": f"The part of the map around {unit} is cut off from the rest, and its {metric} does not "
        f"divide into whole territories: {_least(least)}.",
    }
    return _told(found.code, details.get(found.code, found.message), found.metric, least)


def _out_of_reach(stated: Statement) -> list[dict[str, Any]]:
    """Units that no home is near enough to."""
    limit_km, problem = stated.max_distance_km, stated.problem
    if limit_km is None:
        return []
    nearest_km = nearest_home_km(problem.points, problem.homes)
    far = np.flatnonzero(nearest_km > limit_km)
    if len(far) == 0:
        return []
    farthest = stated.units.names[int(np.argmax(nearest_km))]
    others = f" and {len(far) - 1} more lie" if len(far) > 1 else " lies"
    detail = (
        f"{farthest}{others} farther than {limit_km:,.0f} km from every home; "
        f"a limit of {np.ceil(nearest_km.max()):,.0f} km would reach all."
    )
    return [_told(_NOWHERE, detail, None, None)]


def _locked(stated: Statement) -> list[dict[str, Any]]:
    """Locked territories outside a tolerance: nothing can bring them in."""
    told = []
    for place, name in enumerate(stated.locked_names):
        for m in stated.balanced:
            deviation = float(stated.locked_deviations[place, m])
            if abs(deviation) > stated.tolerances[m] + 1e-9:
                side = "above" if deviation > 0 else "below"
                detail = (
                    f"{name} is locked, and {100 * abs(deviation):.1f} % {side} its target on "
                    f"{label(stated.columns[m])}: {_least(abs(deviation))}."
                )
                told.append(_told("locked_out_of_band", detail, stated.columns[m], abs(deviation)))
    return told


def _named(stated: Statement) -> list[dict[str, Any]]:
    """Territories that their named accounts alone put beyond a tolerance."""
    told = []
    beyond = relative(stated.stake.fixed, stated.stake.targets)
    for k, territory in enumerate(stated.territories):
        for m in stated.balanced:
            least = float(beyond[k, m])
            if least > stated.tolerances[m] + 1e-9:
                detail = (
                    f"The named accounts of {territory.name} alone have too {_much(stated.columns[m])} "
                    f"{label(stated.columns[m])}: {_least(least)}."
                )
                told.append(_told("named_accounts_too_much", detail, stated.columns[m], least))
    return told


def _much(metric: str | None) -> str:
    return "many" if metric in _COUNTED else "much"


def _told(code: str, detail: str, metric: str | None, least: float | None) -> dict[str, Any]:
    return {"code": code, "detail": detail, "metric": metric, "smallest_tolerance": least}


def _least(tolerance: float | None) -> str:
    return f"the smallest possible tolerance is {percent(tolerance or 0.0)}"
