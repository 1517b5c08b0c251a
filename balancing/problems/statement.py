"""From an alignment to a problem the engine can solve, and back from its indices to rows."""

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from balancing.engine.problem import Problem
from balancing.formulas.targets import target_shares
from balancing.problems.aims import BALANCED_KEYS, RunSettings
from balancing.problems.homes import find_homes
from balancing.problems.rows import UnitRows, read_edges, read_named_loads, read_units
from balancing.problems.shares import shares_left
from balancing.problems.territories import capacities_h, shares_by_hand
from territory.models import Alignment, Basis, Territory
from workspace.exceptions import Invalid

FloatArray = NDArray[np.float64]
NEEDS_UNITS = "The optimizer needs a units alignment; make a copy on a unit layer first."
NO_ACCOUNTS = "No account lies in a unit of this layer: import accounts, or choose a layer that covers them."


@dataclass(frozen=True, eq=False)
class Statement:
    """A problem with the rows behind it.

    columns  metric keys, in the order of the problem's weights; the first weighs distances
    shares   (K,) true target shares · named (K, M) fixed loads of named accounts · totals (M,) units and named together
    notes    what was decided on the way, in words
    """

    problem: Problem
    alignment: Alignment
    territories: list[Territory]
    units: UnitRows
    columns: tuple[str, ...]
    shares: FloatArray
    named: FloatArray
    totals: FloatArray
    notes: tuple[str, ...]
    data_hash: str

    def deviations(self, labels: NDArray[np.int32]) -> FloatArray:
        """True deviations (K, M) of a plan, named accounts included; 0 for a metric that is zero everywhere."""
        loads = self.named.copy()
        held = labels >= 0
        np.add.at(loads, labels[held], self.problem.weights[held])
        targets = self.shares[:, None] * self.totals
        return np.where(targets > 0, loads / np.where(targets > 0, targets, 1.0) - 1, 0.0)


def state_problem(alignment: Alignment, settings: RunSettings) -> Statement:
    """Read an alignment's rows as arrays. Refuses, in words, what cannot be solved."""
    if alignment.basis != Basis.UNITS:
        raise Invalid.field("alignment_id", NEEDS_UNITS)
    notes: list[str] = []
    all_units = read_units(alignment, keep_overrides=settings.keep_overrides)
    all_territories = list(
        Territory.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment).select_related("rep")
    )
    units = _worth_solving(all_units, read_edges(alignment, all_units.ids), notes)
    territories = _in_play(all_territories, units, notes)
    check_counts(len(units), len(territories), bool(all_units.sums[:, 0].any()))
    columns = _columns(settings)
    picked = [BALANCED_KEYS.index(key) for key in columns]
    ids = [territory.pk for territory in territories]
    named = read_named_loads(alignment, ids)[:, picked]
    if not settings.keep_overrides:
        named = np.zeros_like(named)
    shares = target_shares(shares_by_hand(territories), capacities_h(territories))
    weights = units.sums[:, picked]
    totals = weights.sum(axis=0) + named.sum(axis=0)
    tolerances = np.array([settings.tolerances.get(key, np.inf) for key in columns])
    balanced = np.isfinite(tolerances) & (totals > 0)
    _tell(columns, tolerances, totals, named, notes)
    current = _places(units.owners, ids)
    locked = np.isin(current, [k for k, territory in enumerate(territories) if territory.is_locked])
    edges = read_edges(alignment, units.ids)
    problem = Problem.from_degrees(
        units.lon,
        units.lat,
        weights,
        edges,
        len(territories),
        tolerances=tolerances,
        shares=_adjusted(shares, named, totals, balanced),
        metric_names=columns,
        current=current,
        locked=locked,
        forbidden=_closed_territories(territories, current),
        **find_homes(territories, units, current, settings, notes),
    )
    return Statement(
        problem=problem,
        alignment=alignment,
        territories=territories,
        units=units,
        columns=columns,
        shares=shares,
        named=named,
        totals=totals,
        notes=tuple(notes),
        data_hash=_hash(problem, units, named),
    )


def check_counts(n_units: int, n_territories: int, has_accounts: bool) -> None:
    """Refuse what no search can mend."""
    if n_territories == 0:
        raise Invalid.field("alignment_id", "has no territory; add at least one", value=0, bound=1)
    if not has_accounts:
        raise Invalid.field("alignment_id", NO_ACCOUNTS, value=0, bound=1)
    if n_territories > n_units:
        raise Invalid.field(
            "alignment_id",
            f"has more territories ({n_territories}) than units ({n_units}); choose a finer unit layer "
            "or merge territories",
            value=n_territories,
            bound=n_units,
        )


def _columns(settings: RunSettings) -> tuple[str, ...]:
    """Accounts first, since they weigh distances; then the primary metric, then the others as given."""
    ordered = sorted(settings.aims, key=lambda aim: not aim.is_primary)
    return ("accounts", *(aim.key for aim in ordered if aim.key != "accounts"))


def _worth_solving(units: UnitRows, edges: NDArray[np.int64], notes: list[str]) -> UnitRows:
    """Units but for connected parts of the map without any account and without a territory: they stay as they are."""
    size = len(units)
    if size == 0:
        return units
    graph = coo_array((np.ones(len(edges), dtype=np.int8), (edges[:, 0], edges[:, 1])), shape=(size, size))
    n_parts, part = connected_components(graph, directed=False)
    counts = np.bincount(part, (units.sums[:, 0] > 0) | (units.owners > 0), minlength=n_parts)
    keep = counts[part] > 0
    if not keep.all():
        notes.append(f"{int((~keep).sum()):,} units in parts of the map without accounts stay unassigned.")
    n_kept = int((counts > 0).sum())
    if n_kept > 1:
        notes.append(
            f"The map is in {n_kept} parts. A part too small for a territory of its own is joined to its nearest "
            "neighbour; its territory is then in two pieces."
        )
    return units.taken(keep)


def _in_play(territories: list[Territory], units: UnitRows, notes: list[str]) -> list[Territory]:
    """Territories that can hold units: a locked one without any can gain none."""
    held = set(units.owners.tolist())
    playing = [territory for territory in territories if not territory.is_locked or territory.pk in held]
    if len(playing) < len(territories):
        notes.append(f"{len(territories) - len(playing)} locked territories without units stay empty.")
    if any(territory.is_locked for territory in playing):
        names = ", ".join(territory.name for territory in playing if territory.is_locked)
        notes.append(f"Locked territories keep exactly their units: {names}.")
    return playing


def _closed_territories(territories: list[Territory], current: NDArray[np.int32]) -> NDArray[np.int32]:
    """Pairs (unit, territory) that may not be: a locked territory gains nothing."""
    pairs = [
        np.column_stack((np.flatnonzero(current != k), np.full(int((current != k).sum()), k)))
        for k, territory in enumerate(territories)
        if territory.is_locked
    ]
    return np.concatenate(pairs).astype(np.int32) if pairs else np.zeros((0, 2), dtype=np.int32)


def _places(owners: NDArray[np.int64], ids: list[int]) -> NDArray[np.int32]:
    place = {pk: k for k, pk in enumerate(ids)}
    return np.array([place.get(owner, -1) for owner in owners.tolist()], dtype=np.int32)


def _adjusted(shares: FloatArray, named: FloatArray, totals: FloatArray, balanced: NDArray[np.bool_]) -> FloatArray:
    return shares_left(shares, named[:, balanced], totals[balanced]) if balanced.any() else shares


def _tell(
    columns: tuple[str, ...], tolerances: FloatArray, totals: FloatArray, named: FloatArray, notes: list[str]
) -> None:
    empty = [
        key for key, limit, total in zip(columns, tolerances, totals, strict=True) if limit < np.inf and total == 0
    ]
    if empty:
        notes.append(f"Nothing to balance on {', '.join(empty)}: it is zero on every account.")
    if named.any():
        notes.append(
            f"{named[:, 0].sum():,.0f} named accounts stay where they are; the search aims at what they leave of each "
            "target, and the result is judged with them."
        )


def _hash(problem: Problem, units: UnitRows, named: FloatArray) -> str:
    """The same data give the same hash, whatever the order of rows and the ids of the database."""
    digest = hashlib.sha256("\n".join(units.codes).encode())
    digest.update("\n".join(problem.metric_names).encode())
    arrays = (problem.points, problem.weights, problem.edges, problem.shares, problem.tolerances, problem.current)
    for array in (*arrays, problem.locked, problem.homes, problem.forbidden, named):
        digest.update(f"{array.dtype.str}{array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
