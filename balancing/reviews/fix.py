"""The smallest mend of an alarm: few moves of units that bring the territories back, or else who has room."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancing.engine.exceptions import EngineError
from balancing.engine.moves import Move
from balancing.engine.parameters import SolveParameters
from balancing.engine.solve import solve
from balancing.engine.stop import MaxRuntime
from balancing.models import Review
from balancing.problems.aims import BALANCED_KEYS, Aim, RunSettings
from balancing.problems.rows import UnitRows
from balancing.problems.statement import Statement, state_problem
from balancing.reviews.words import moves_sentence, room_sentence
from territory.models import Basis
from workspace.exceptions import DomainError

SOLVE_S = 4.0
MOVED_MAX = 0.25
ROOM_SHOWN = 3
SEED = 7
NO_MOVES = "No short list of moves was found that brings every one of them back. "
NO_UNITS = "Moves are looked for where territories are made of units. "
ONLY_INDEX = "No territory left its band; rebalance those that lie outside. "


@dataclass(frozen=True, eq=False)
class Mending:
    """The problem behind an alarm, with what is to come back: cells (territory, metric) of the statement's arrays."""

    stated: Statement
    cells: list[tuple[int, int]]


def state_mending(review: Review) -> Mending | None:
    """None where no moves of units could help: drawn ground, locked territories, travel, an alignment that is gone."""
    alarms = _about_territories(review)
    keys = list(dict.fromkeys(alarm["metric"] for alarm in alarms if alarm["metric"] in BALANCED_KEYS))
    if not keys or review.alignment is None or review.alignment.basis != Basis.UNITS:
        return None
    aims = tuple(Aim(key, review.metrics[key]["tolerance"], is_primary=key == keys[0]) for key in keys)
    try:
        stated = state_problem(review.alignment, RunSettings(aims=aims, seed=SEED))
    except (DomainError, EngineError):
        return None
    place = {territory.pk: k for k, territory in enumerate(stated.territories)}
    cells = [(place.get(alarm["territory_id"], -1), alarm["metric"]) for alarm in alarms]
    if any(k < 0 or key not in stated.columns for k, key in cells) or not stated.problem.has_current:
        return None
    return Mending(stated, [(k, stated.columns.index(key)) for k, key in cells])


def least_moves(mending: Mending, *, seconds: float = SOLVE_S) -> tuple[Move, ...]:
    """The first moves of a plan near today's after which all are back and no other has left; none where none do."""
    stated = mending.stated
    parameters = SolveParameters(max_moved_fraction=MOVED_MAX, with_bound=False)
    try:
        result = solve(stated.problem, parameters, stop=MaxRuntime(seconds), rng=SEED)
    except EngineError:
        return ()
    loads = stated.loads(stated.problem.current)
    outside = stated.missed(loads)
    k, m = np.array(mending.cells).T
    for number, move in enumerate(result.moves, start=1):
        if not move.is_connected:
            return ()
        _make(move, loads, stated.problem.weights)
        missed = stated.missed(loads)
        if not missed[k, m].any() and not (missed & ~outside).any():
            return result.moves[:number]
    return ()


def fix_of(review: Review, mending: Mending | None, moves: tuple[Move, ...]) -> dict[str, Any]:
    """As it is stored, mailed and shown."""
    alarms = _about_territories(review)
    told = _flows(mending.stated, moves) if mending is not None else []
    room = [] if told else _room(review, alarms)
    return {
        "sentence": _sentence(review, alarms, told, room),
        "territory_ids": list(dict.fromkeys(alarm["territory_id"] for alarm in alarms)),
        "n_units": sum(flow["n_units"] for flow in told),
        "n_accounts": sum(flow["n_accounts"] for flow in told),
        "moves": told,
        "room": room,
    }


def _make(move: Move, loads: NDArray[np.float64], weights: NDArray[np.float64]) -> None:
    if move.source >= 0:
        loads[move.source] -= weights[move.unit]
    loads[move.target] += weights[move.unit]


def _about_territories(review: Review) -> list[dict[str, Any]]:
    return [alarm for alarm in review.alarms if alarm["kind"] == "territory"]


def _flows(stated: Statement, moves: tuple[Move, ...]) -> list[dict[str, Any]]:
    """One line for each pair of giver and taker, in the order of the moves."""
    column = BALANCED_KEYS.index("accounts")
    units: dict[tuple[int, int], list[int]] = {}
    for move in moves:
        units.setdefault((move.source, move.target), []).append(move.unit)
    return [
        {
            "from": stated.territories[source].name if source >= 0 else None,
            "to": stated.territories[target].name,
            "n_units": len(moved),
            "n_accounts": round(float(stated.units.sums[moved, column].sum())),
            "unit_names": _names(stated.units, moved),
        }
        for (source, target), moved in units.items()
    ]


def _names(units: UnitRows, moved: list[int]) -> list[str]:
    return [units.names[unit] or units.codes[unit] for unit in moved]


def _room(review: Review, alarms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """On the metric that is furthest off: who lies furthest on the other side, and can be moved to or from."""
    if not alarms:
        return []
    key, side = alarms[0]["metric"], np.sign(alarms[0]["after"])
    known = [
        (territory["deviations"][key], territory["name"])
        for territory in review.territories
        if territory["deviations"][key] is not None and side * territory["deviations"][key] < 0
    ]
    known.sort(key=lambda pair: (side * pair[0], pair[1]))
    return [{"name": name, "metric": key, "deviation": deviation} for deviation, name in known[:ROOM_SHOWN]]


def _sentence(
    review: Review, alarms: list[dict[str, Any]], told: list[dict[str, Any]], room: list[dict[str, Any]]
) -> str:
    if told:
        return moves_sentence(told, list(dict.fromkeys(alarm["name"] for alarm in alarms)))
    if not alarms:
        return ONLY_INDEX.strip()
    is_on_units = review.alignment is not None and review.alignment.basis == Basis.UNITS
    return (NO_MOVES if is_on_units else NO_UNITS) + room_sentence(room)
