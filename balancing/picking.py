"""Some of a run's moves, made on its alignment as it is now: what they would do, and which no longer fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from balancing.formulas import spread
from balancing.formulas.cohesion import Loose, count_extra_pieces, find_loose
from balancing.formulas.targets import targets
from balancing.models import Move, Run
from balancing.problems.aims import BALANCED_KEYS, RunSettings
from balancing.problems.rows import UnitRows, read_edges, read_named_accounts, read_units
from balancing.scorecard.balance import COLUMN, Balance, measure_balance
from balancing.scorecard.card import known
from territory.models import Territory, UnitAssignment
from workspace.exceptions import Invalid
from workspace.wording import plural

_COLUMNS = [COLUMN[key] for key in BALANCED_KEYS]


@dataclass(frozen=True)
class Remark:
    """Something to know about one move, in words."""

    position: int
    unit_id: int
    unit_name: str
    reason: str


@dataclass(frozen=True)
class Picked:
    """Moves that can be made as things are now, in the run's order, and those that cannot."""

    moves: list[Move]
    blocked: list[Remark]


@dataclass(frozen=True)
class MetricChange:
    key: str
    tolerance: float
    before_worst: float | None
    after_worst: float | None


@dataclass(frozen=True)
class Preview:
    """What the moves that fit would make of the alignment as it is now.

    n_accounts     accounts that change territory; named ones stay
    extra_pieces   connected pieces beyond one for each territory with units
    loose          moves that leave a piece behind: their unit, or one that they cut off
    """

    n_moves: int
    n_accounts: int
    metrics: list[MetricChange]
    extra_pieces_before: int
    extra_pieces: int
    is_connected: bool
    loose: list[Remark]
    blocked: list[Remark]


def pick_moves(run: Run, positions: Sequence[int]) -> Picked:
    """The run's moves at these positions, beside where their units are now."""
    wanted = sorted(set(positions))
    rows = Move.objects.filter(workspace_id=run.workspace_id, run=run, position__in=wanted).select_related(
        "unit", "from_territory", "to_territory"
    )
    moves = list(rows.defer("unit__boundary", "from_territory__boundary", "to_territory__boundary"))
    missing = set(wanted) - {move.position for move in moves}
    if missing:
        raise Invalid.field("positions", "the run has no such move", value=min(missing))
    held = UnitAssignment.objects.filter(workspace_id=run.workspace_id, alignment_id=run.alignment_id)
    now = dict(held.filter(unit_id__in=[move.unit_id for move in moves]).values_list("unit_id", "territory_id"))
    names = dict(
        Territory.objects.filter(workspace_id=run.workspace_id, alignment_id=run.alignment_id).values_list("id", "name")
    )
    obstacles = [_obstacle(move, now.get(move.unit_id), names) for move in moves]
    return Picked(
        moves=[move for move, obstacle in zip(moves, obstacles, strict=True) if obstacle is None],
        blocked=[
            _remark(move, obstacle) for move, obstacle in zip(moves, obstacles, strict=True) if obstacle is not None
        ],
    )


def preview(run: Run, picked: Picked) -> Preview:
    """Measured like the scorecard would measure the scenario."""
    settings = RunSettings.from_json(run.settings)
    before = measure_balance(run.alignment, settings.tolerances)
    units = read_units(run.alignment, read_named_accounts(run.alignment))
    places = _places(units, picked.moves)
    after = _moved(before, units, places, picked.moves)
    becomes = units.owners.copy()
    becomes[places] = [move.to_territory_id for move in picked.moves]
    edges = read_edges(run.alignment, units.ids)
    loose = find_loose(units.owners, becomes, edges)
    return Preview(
        n_moves=len(picked.moves),
        n_accounts=int(units.sums[places, BALANCED_KEYS.index("accounts")].sum()),
        metrics=[
            MetricChange(aim.key, aim.tolerance, known(before.worst(aim.key)), known(after.worst(aim.key)))
            for aim in settings.aims
        ],
        extra_pieces_before=count_extra_pieces(units.owners, edges),
        extra_pieces=count_extra_pieces(becomes, edges),
        is_connected=not loose,
        loose=[
            _remark(move, _what_is_left(move, loose[place]))
            for move, place in zip(picked.moves, places.tolist(), strict=True)
            if place in loose
        ],
        blocked=picked.blocked,
    )


def _obstacle(move: Move, holder_id: int | None, names: dict[int, str]) -> str | None:
    """Why a move cannot be made any more."""
    source, target = move.from_territory, move.to_territory
    if target is None:
        return "the territory it was to go to was removed"
    if holder_id == target.pk:
        return f"{target.name} has it already"
    if holder_id != move.from_territory_id:
        return f"{names[holder_id]} has it now" if holder_id is not None else "nobody has it now"
    for territory in (source, target):
        if territory is not None and territory.is_locked:
            return f"{territory.name} is locked now"
    return None


def _places(units: UnitRows, moves: list[Move]) -> np.ndarray:
    place = {pk: i for i, pk in enumerate(units.ids.tolist())}
    return np.array([place[move.unit_id] for move in moves], dtype=np.int64)


def _moved(balance: Balance, units: UnitRows, places: np.ndarray, moves: list[Move]) -> Balance:
    """The balance after the moves; travel, which follows from distance, is left as it is."""
    row = {territory.pk: k for k, territory in enumerate(balance.territories)}
    values = balance.values.copy()
    for move, amounts in zip(moves, units.sums[places], strict=True):
        if move.from_territory_id is not None:
            values[row[move.from_territory_id], _COLUMNS] -= amounts
        values[row[move.to_territory_id], _COLUMNS] += amounts
    goals = targets(values, balance.shares)
    return replace(balance, values=values, targets=goals, deviations=spread.deviations(values, goals))


def _what_is_left(move: Move, loose: Loose) -> str:
    target = move.to_territory.name if move.to_territory is not None else ""
    told = []
    if loose.is_apart:
        told.append(f"would lie apart from the rest of {target}")
    if loose.n_cut_off and move.from_territory is not None:
        told.append(f"cuts {plural(loose.n_cut_off, 'unit')} off from the rest of {move.from_territory.name}")
    return " and ".join(told)


def _remark(move: Move, reason: str) -> Remark:
    return Remark(move.position, move.unit_id, move.unit.name, reason)
