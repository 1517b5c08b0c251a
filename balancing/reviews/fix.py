"""The smallest mend of an alarm: few moves of units that bring the territories back, or else who has room."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancing.engine.exceptions import EngineError
from balancing.engine.moves import Move
from balancing.engine.parameters import SolveParameters
from balancing.engine.solve import solve
from balancing.engine.stop import MaxRuntime
from balancing.formulas.cohesion import count_extra_pieces
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
NOT_TRAVEL = " Travel follows from distances: look at it afterwards."
ONLY_INDEX = "No territory left its band; rebalance those that lie outside. "


@dataclass(frozen=True, eq=False)
class Mending:
    """The problem behind an alarm, with what is to come back: cells (territory, metric) of the statement's arrays."""

    stated: Statement
    cells: list[tuple[int, int]]

    @property
    def territories(self) -> set[int]:
        return {k for k, _ in self.cells}


def state_mending(review: Review) -> Mending | None:
    """None where no moves of units could help: drawn ground, locked territories, only travel, an alignment gone."""
    alarms = [alarm for alarm in _about_territories(review) if alarm["metric"] in BALANCED_KEYS]
    keys = list(dict.fromkeys(alarm["metric"] for alarm in alarms))
    if not keys or review.alignment is None or review.alignment.basis != Basis.UNITS:
        return None
    aims = tuple(Aim(key, review.metrics[key]["tolerance"], is_primary=key == keys[0]) for key in keys)
    try:
        stated = state_problem(review.alignment, RunSettings(aims=aims, seed=SEED))
    except (DomainError, EngineError):
        return None
    place = {territory.pk: k for k, territory in enumerate(stated.territories)}
    cells = [(place.get(alarm["territory_id"], -1), stated.columns.index(alarm["metric"])) for alarm in alarms]
    if any(k < 0 for k, _ in cells) or not stated.problem.has_current:
        return None
    return Mending(stated, cells)


def least_moves(mending: Mending, *, seconds: float = SOLVE_S) -> tuple[Move, ...]:
    """The fewest first moves of a plan near today's after which all are back and no other has left.

    First only the plan's moves from and to the territories of the alarm, then all of them; none where neither does.
    """
    problem = mending.stated.problem
    parameters = SolveParameters(max_moved_fraction=MOVED_MAX, with_bound=False)
    far = replace(problem, locked=problem.locked | _far_away(mending))
    try:
        result = solve(far, parameters, stop=MaxRuntime(seconds), rng=SEED)
    except EngineError:
        return ()
    named = mending.territories
    near = tuple(move for move in result.moves if move.source in named or move.target in named)
    return _enough(mending, near) or _enough(mending, result.moves)


def _far_away(mending: Mending) -> NDArray[np.bool_]:
    """Units (N,) of territories that neither the alarm names nor those it names touch: they stay."""
    problem = mending.stated.problem
    sides = problem.current[problem.edges]
    named = np.isin(sides, list(mending.territories))
    near = np.unique(np.concatenate((sides[named[:, 0], 1], sides[named[:, 1], 0], list(mending.territories))))
    return (problem.current >= 0) & ~np.isin(problem.current, near)


def _enough(mending: Mending, moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """The shortest beginning that mends, in no more pieces than today."""
    stated = mending.stated
    labels, edges = stated.problem.current.copy(), stated.problem.edges.astype(np.int64)
    loads = stated.loads(labels)
    outside = stated.missed(loads)
    n_extra = count_extra_pieces(labels.astype(np.int64) + 1, edges)
    k, m = np.array(mending.cells).T
    for number, move in enumerate(moves, start=1):
        _make(move, loads, stated.problem.weights)
        labels[move.unit] = move.target
        missed = stated.missed(loads)
        if missed[k, m].any() or (missed & ~outside).any():
            continue
        if count_extra_pieces(labels.astype(np.int64) + 1, edges) <= n_extra:
            return moves[:number]
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
    """On the metric that is furthest off and can be balanced: who lies furthest on the other side of the target."""
    if not alarms:
        return []
    first = min(alarms, key=lambda alarm: alarm["metric"] not in BALANCED_KEYS)
    key, side = first["metric"], np.sign(first["after"])
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
        mended = [alarm for alarm in alarms if alarm["metric"] in BALANCED_KEYS]
        rest = "" if len(mended) == len(alarms) else NOT_TRAVEL
        return moves_sentence(told, list(dict.fromkeys(alarm["name"] for alarm in mended))) + rest
    if not alarms:
        return ONLY_INDEX.strip()
    is_on_units = review.alignment is not None and review.alignment.basis == Basis.UNITS
    return (NO_MOVES if is_on_units else NO_UNITS) + room_sentence(room)
