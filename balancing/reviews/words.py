"""Drift, alarms and mends in sentences."""

from typing import Any

from accounts.metrics import METRIC_BY_KEY
from balancing.problems.amounts import label, named
from workspace.wording import plural


def signed(fraction: float | None) -> str:
    """`+12 %`; with a decimal below ten per cent."""
    if fraction is None:
        return "no target"
    percent = 100 * fraction
    return f"{percent:+.1f} %".replace("-", "−") if abs(percent) < 10 else f"{percent:+.0f} %".replace("-", "−")


def metric_sentence(drift: dict[str, Any]) -> str:
    """`Workload: index 95.7 → 93.1; Raleigh NC left the band (+12 %).`"""
    before, after = _index(drift["index_before"]), _index(drift["index_after"])
    parts = [f"index {after}, as before" if before == after else f"index {before} → {after}"]
    if drift["left"]:
        parts.append(f"{_those(drift['left'])} left the band")
    if drift["returned"]:
        parts.append(f"{_those(drift['returned'])} came back into it")
    return f"{METRIC_BY_KEY[drift['key']].label}: {'; '.join(parts)}."


def alarm_sentence(alarm: dict[str, Any]) -> str:
    verb = "left" if alarm["before"] is not None else "is new and lies outside"
    was = f", {signed(alarm['before'])} before" if alarm["before"] is not None else ""
    return (
        f"{alarm['name']} {verb} the band of {label(alarm['metric'])}: "
        f"{signed(alarm['after'])}{was} (band ±{100 * alarm['bound']:g} %)."
    )


def index_sentence(alarm: dict[str, Any]) -> str:
    before, after = _index(alarm["before"]), _index(alarm["after"])
    return f"The balance index fell from {before} to {after}, below {alarm['bound']:g}."


def moves_sentence(moves: list[dict[str, Any]], names: list[str]) -> str:
    """Who gives what to whom, and whom that brings back."""
    told = [
        f"{plural(move['n_units'], 'unit')} with {plural(move['n_accounts'], 'account')} "
        f"{'from ' + move['from'] if move['from'] else 'of nobody'} to {move['to']}"
        for move in moves
    ]
    back = "brings" if sum(move["n_units"] for move in moves) == 1 else "bring"
    return f"{'; '.join(told)} {back} {named(names)} back into the band."


def room_sentence(room: list[dict[str, Any]]) -> str:
    if not room:
        return "No other territory has room."
    told = [f"{one['name']} ({label(one['metric'])} {signed(one['deviation'])})" for one in room]
    return f"Room to give or take: {', '.join(told)}."


def _those(territories: list[dict[str, Any]]) -> str:
    return named([f"{one['name']} ({signed(one['after'])})" for one in territories])


def _index(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.1f}"
