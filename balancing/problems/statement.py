"""From an alignment to a problem the engine can solve, and back from its indices to rows."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from balancing.engine.problem import Problem
from balancing.engine.reach import beyond_reach
from balancing.problems.aims import BALANCED_KEYS, RunSettings
from balancing.problems.counts import NEEDS_UNITS, check_counts, check_groups
from balancing.problems.data_hash import data_hash
from balancing.problems.fixed import empty_parts, locked_units
from balancing.problems.groups import find_groups
from balancing.problems.homes import find_homes
from balancing.problems.rows import (
    NamedAccounts,
    UnitRows,
    no_named_accounts,
    read_edges,
    read_named_accounts,
    read_soft_barriers,
    read_units,
)
from balancing.problems.shares import Stake, engine_bands, engine_shares
from balancing.problems.territories import shares_of
from balancing.problems.wanted import Wanted, wanted_of
from territory.models import Alignment, Basis, Territory
from workspace.exceptions import Invalid

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Locked:
    """L locked territories: no plan changes their names, targets and loads (L, M), nor what was wanted of them."""

    names: tuple[str, ...]
    targets: FloatArray
    loads: FloatArray
    wanted: Wanted

    @property
    def deviations(self) -> FloatArray:
        return relative(self.loads, self.targets)

    @property
    def missed(self) -> BoolArray:
        """Where (L, M) they are out of what was wanted."""
        return self.wanted.missed(self.loads, self.targets)


@dataclass(frozen=True, eq=False)
class Statement:
    """A problem with the rows behind it.

    territories, units  those in play, in the order of the problem's indices
    locked_units        units of locked territories, kept out of the problem
    columns             metric keys in the order of the problem's weights; the first weighs distances
    wanted              what was asked of the territories in play
    stake               true shares and totals, locked territories and named accounts included
    notes               what was decided on the way, in words
    """

    problem: Problem
    alignment: Alignment
    settings: RunSettings
    territories: list[Territory]
    units: UnitRows
    locked_units: UnitRows
    columns: tuple[str, ...]
    wanted: Wanted
    stake: Stake
    locked: Locked
    notes: tuple[str, ...]
    data_hash: str

    @property
    def balanced(self) -> list[int]:
        """Columns that are to be balanced and have something to share out."""
        tolerances = self.wanted.tolerances
        return [m for m in range(len(self.columns)) if np.isfinite(tolerances[m]) and self.stake.totals[m] > 0]

    def loads(self, labels: NDArray[np.int32]) -> FloatArray:
        """Loads (K, M) of a plan for the units in play, named accounts included; label −1 is nobody's."""
        loads = self.stake.fixed.copy()
        held = labels >= 0
        np.add.at(loads, labels[held], self.problem.weights[held])
        return loads

    def deviations(self, loads: FloatArray) -> FloatArray:
        """True deviations (K, M); 0 for a metric that is zero everywhere."""
        return relative(loads, self.stake.targets)

    def missed(self, loads: FloatArray) -> BoolArray:
        """Where (K, M) loads of the territories in play are out of a tolerance or limit."""
        return self.wanted.missed(loads, self.stake.targets)

    def is_within(self, loads: FloatArray) -> bool:
        """Whether loads (K, M) of the territories in play keep all that must be kept, and the locked ones do too."""
        everywhere = np.vstack((self.missed(loads), self.locked.missed))
        return not bool(everywhere[:, self.wanted.is_hard].any())


def relative(loads: FloatArray, targets: FloatArray) -> FloatArray:
    known = targets > 0
    return np.where(known, loads / np.where(known, targets, 1.0) - 1, 0.0)


def state_problem(alignment: Alignment, settings: RunSettings) -> Statement:
    """Read an alignment's rows as arrays. Refuses, in words, what cannot be solved."""
    if alignment.basis != Basis.UNITS:
        raise Invalid.field("alignment_id", NEEDS_UNITS)
    notes: list[str] = []
    found = Territory.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment)
    everyone = list(found.select_related("rep").defer("boundary"))
    named = read_named_accounts(alignment) if settings.keep_overrides else no_named_accounts()
    layer = read_units(alignment, named)
    is_locked = locked_units(layer, everyone, notes)
    empty = empty_parts(layer, read_edges(alignment, layer.ids), ~is_locked, notes)
    units, locked = layer.taken(~is_locked & ~empty), layer.taken(is_locked)
    territories = [territory for territory in everyone if not territory.is_locked]
    check_counts(
        len(units),
        len(territories),
        has_accounts=bool(units.sums[:, 0].any()),
        n_locked=len(everyone) - len(territories),
    )
    columns = _columns(settings)
    stake, still = _stake(everyone, units, locked, named, columns, settings)
    wanted = wanted_of(settings, [territory.pk for territory in territories], columns)
    tolerances = wanted.tolerances
    shares = engine_shares(stake, np.isfinite(tolerances) & (stake.free > 0))
    bands = engine_bands(stake, wanted, shares)
    _tell(columns, tolerances, stake, notes)
    _tell_gone(settings, everyone, notes)
    current = _places(units.owners, [territory.pk for territory in territories])
    edges = read_edges(alignment, units.ids)
    barriers, crossings_km = read_soft_barriers(alignment, units.ids)
    groups = find_groups(units, edges, settings.keep_together, notes)
    check_groups(groups, len(territories))
    problem = Problem.from_degrees(
        units.lon,
        units.lat,
        units.sums[:, _picked(columns)],
        edges,
        len(territories),
        tolerances=bands.tolerances,
        tolerance_prices=bands.prices_km,
        least=bands.least,
        most=bands.most,
        shares=shares,
        groups=groups,
        barriers=barriers,
        barrier_prices=crossings_km,
        metric_names=columns,
        current=current,
        **find_homes(territories, units, current, settings, notes),
    )
    if settings.max_distance_km is not None:
        pairs = beyond_reach(problem.points, problem.homes, settings.max_distance_km)
        problem = replace(problem, forbidden=pairs)
    return Statement(
        problem=problem,
        alignment=alignment,
        settings=settings,
        territories=territories,
        units=units,
        locked_units=locked,
        columns=columns,
        wanted=wanted,
        stake=stake,
        locked=still,
        notes=tuple(notes),
        data_hash=data_hash(problem, stake, tolerances, units.codes),
    )


def _columns(settings: RunSettings) -> tuple[str, ...]:
    """Accounts first, since they weigh distances; then the primary metric, the other aims and what is only limited."""
    ordered = [aim.key for aim in sorted(settings.aims, key=lambda aim: not aim.is_primary)]
    return tuple(dict.fromkeys(("accounts", *ordered, *(limit.key for limit in settings.limits))))


def _picked(columns: tuple[str, ...]) -> list[int]:
    return [BALANCED_KEYS.index(key) for key in columns]


def _stake(
    everyone: list[Territory],
    units: UnitRows,
    locked: UnitRows,
    named: NamedAccounts,
    columns: tuple[str, ...],
    settings: RunSettings,
) -> tuple[Stake, Locked]:
    """What each territory in play should hold of everything, and where the locked ones stand."""
    picked, ids = _picked(columns), [territory.pk for territory in everyone]
    fixed = np.zeros((len(everyone), len(columns)))
    np.add.at(fixed, _places(named.territories, ids), named.amounts[:, picked])
    np.add.at(fixed, _places(locked.owners, ids), locked.sums[:, picked])
    free = units.sums[:, picked].sum(axis=0)
    totals = free + fixed.sum(axis=0)
    shares = shares_of(everyone)
    is_locked = np.array([territory.is_locked for territory in everyone], dtype=bool)
    still = Locked(
        names=tuple(territory.name for territory in everyone if territory.is_locked),
        targets=shares[is_locked, None] * totals,
        loads=fixed[is_locked],
        wanted=wanted_of(settings, ids, columns).of(is_locked),
    )
    return Stake(shares[~is_locked], totals, fixed[~is_locked], free), still


def _places(owners: IntArray, ids: list[int]) -> NDArray[np.int32]:
    place = {pk: k for k, pk in enumerate(ids)}
    return np.array([place.get(owner, -1) for owner in owners.tolist()], dtype=np.int32)


def _tell(columns: tuple[str, ...], tolerances: FloatArray, stake: Stake, notes: list[str]) -> None:
    empty = [columns[m] for m in np.flatnonzero(np.isfinite(tolerances) & (stake.totals == 0))]
    if empty:
        notes.append(f"Nothing to balance on {', '.join(empty)}: it is zero on every account.")
    if stake.fixed.any():
        notes.append(
            f"{stake.fixed[:, 0].sum():,.0f} named accounts stay where they are; the search aims at what they leave "
            "of each target and limit, and the result is judged with them."
        )


def _tell_gone(settings: RunSettings, everyone: list[Territory], notes: list[str]) -> None:
    """Limits on territories that were deleted after the run was asked for."""
    gone = {limit.territory_id for limit in settings.limits} - {territory.pk for territory in everyone} - {None}
    if gone:
        notes.append("Limits on territories that are not in the alignment any more are left out.")
