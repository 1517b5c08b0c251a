"""The engine's codes in the words of the people who read them."""

from balancing.engine.moves import Move, Reason
from balancing.problems.amounts import label, much
from balancing.problems.statement import Statement

_REASONS = {
    Reason.ASSIGNS_UNASSIGNED: "Nobody covers it today",
    Reason.GIVES_UP_OVERLOAD: "{source} has too {much} {metric}",
    Reason.FILLS_SHORTAGE: "{target} has too {little} {metric}",
    Reason.SHORTENS_DISTANCE: "{km:.0f} km nearer to the middle of {target}",
    Reason.EVENS_OUT: "Evens out {metric} between {source} and {target}",
    Reason.MAKES_ROOM: "Makes room for another move",
}


def move_reason(move: Move, stated: Statement) -> str:
    territories = stated.territories
    return _REASONS[move.reason].format(
        source=territories[move.source].name if move.source >= 0 else "",
        target=territories[move.target].name,
        metric=label(move.metric),
        much=much(move.metric),
        little="few" if much(move.metric) == "many" else "little",
        km=abs(move.distance_change_km),
    )


def status_words(*, is_feasible: bool, is_impossible: bool, has_missed: bool) -> str:
    if is_feasible and has_missed:
        return "Every limit that must be kept is kept; what may be missed is missed in places."
    if is_feasible:
        return "Every territory is within every tolerance."
    if is_impossible:
        return "The limits cannot all be met; this is the nearest plan found."
    return "Some territories stay outside a limit; this is the nearest plan found."
