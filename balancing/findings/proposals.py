"""What could be done about an overlap or about white space: each way as one edit, with what it would do."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from accounts.models import Rep
from balancing.findings.at_stake import MEASURES, Stakes, claimed_twice, in_units, of_nobody
from balancing.findings.load import load_metric
from balancing.findings.look import SIMPLIFY_DEGREES, Look
from balancing.findings.overlap import Pair, overlapping_pairs
from balancing.findings.white_space import SQUARE_SHIFT, Area, uncovered_areas
from balancing.scorecard.balance import COLUMN
from territory.boundaries import as_multipolygon
from territory.geodesy import WGS84
from territory.models import Alignment, BasicUnit, Basis, Territory
from territory.operations.borders import border_km
from territory.operations.registry import OPERATIONS
from territory.patches.patch import decode_boundary, shape_of
from workspace.exceptions import DomainError

# So many of the nearest are looked at for the one with most room, where nobody touches the ground.
NEAR = 4
# Named accounts that one edit may set.
ACCOUNTS_MAX = 10_000
# What is given and taken again leaves as little.
ROUNDING = 1e-6
REASON = "nobody covered it"


@dataclass(frozen=True)
class Effect:
    """What a territory gains or loses; its load's deviation from target before and after, None without a target."""

    territory_id: int
    n_accounts: int
    revenue_minor: int
    workload_h: float
    load_before: float | None
    load_after: float | None


@dataclass(frozen=True)
class Proposal:
    """`operation` is the edit that carries it out."""

    key: str
    title: str
    detail: str
    operation: dict[str, Any]
    effects: tuple[Effect, ...] = ()

    @property
    def edit(self) -> dict[str, Any]:
        """As the edit's body."""
        geometry = {key: value for key, value in self.operation.items() if isinstance(value, BaseGeometry)}
        return self.operation | {key: shapely.geometry.mapping(shape) for key, shape in geometry.items()}


def propose(alignment: Alignment, finding_id: str) -> list[Proposal]:
    """Ways out, the best first; none for findings of other kinds, and for one that is gone by now."""
    look = Look.at(alignment)
    ways = _Ways(look)
    if finding_id.startswith("overlap-") and alignment.basis == Basis.DRAWN:
        return [way for pair in overlapping_pairs(look) if pair.id == finding_id for way in ways.about_overlap(pair)]
    if finding_id.startswith("white_space-"):
        return [way for area in uncovered_areas(look) if area.id == finding_id for way in ways.about_area(area)]
    return []


class _Ways:
    def __init__(self, look: Look) -> None:
        self._look = look
        self._place = {territory.pk: k for k, territory in enumerate(look.territories)}
        self._load = load_metric(look)
        reps = Rep.objects.filter(workspace_id=look.alignment.workspace_id, home__isnull=False)
        rep_homes = {pk: (home.x, home.y) for pk, home in reps.values_list("pk", "home")}
        middles = {pk: shape.centroid for pk, shape in look.boundaries.items()}
        self._rep_homes = rep_homes
        # Where each territory is visited from: its rep's home, or its own middle.
        self._homes = {pk: (middle.x, middle.y) for pk, middle in middles.items()}
        self._homes |= {t.pk: rep_homes[t.rep_id] for t in look.territories if t.rep_id in rep_homes}

    def about_overlap(self, pair: Pair) -> list[Proposal]:
        """To the one with less to do, to the other, or half and half. A locked one changes nothing."""
        stakes = claimed_twice(self._look.alignment).within(pair.ground)
        both = [self._territory(pk) for pk in (pair.one, pair.other)]
        call = {"op": "resolve_overlap", "territory_ids": [pair.one, pair.other]}
        ways = [
            Proposal(
                key=f"keep-{keeper.pk}",
                title=f"Give it to {keeper.name}",
                detail=f"{self._load_words(keeper)}; {giver.name} gives way",
                operation=call | {"keeper_id": keeper.pk},
            )
            for keeper, giver in sorted((both, both[::-1]), key=lambda pair: self._deviation(pair[0].pk))
            if not giver.is_locked
        ]
        if not any(territory.is_locked for territory in both):
            detail = "each keeps the half that lies nearer to the rest of its territory"
            ways.append(Proposal("middle", "Split it along the middle", detail, call | {"keeper_id": None}))
        return [drawn for way in ways for drawn in self._drawn(way, stakes)]

    def about_area(self, area: Area) -> list[Proposal]:
        """To the nearest, to the one with most room, or to the nearer one of the two nearest."""
        stakes, unit = self._stakes(area)
        near = self._receivers(area, stakes) if len(stakes.ids) else []
        if not near:
            return []
        (first, first_km), *others = near
        found = self._to_one(area, stakes, first, "nearest", f"nearest: {first_km:,.0f} km from {self._from(first)}")
        idlest, km = min(near, key=lambda pair: self._deviation(pair[0].pk))
        if idlest != first:
            words = f"{self._load_words(idlest)}; {km:,.0f} km from {self._from(idlest)}"
            found += self._to_one(area, stakes, idlest, "least_loaded", words)
        if others:
            found += self._to_nearer(area, stakes, unit, first, others[0][0])
        return found

    def _stakes(self, area: Area) -> tuple[Stakes, NDArray[np.int64]]:
        stakes = of_nobody(self._look.alignment)
        if area.unit_ids:
            return in_units(stakes, self._look.alignment, area.unit_ids)
        squares = stakes.squares >> SQUARE_SHIFT
        keep = np.array([(int(x), int(y)) in area.squares for x, y in squares], dtype=bool)
        return stakes.taken(keep), np.zeros(int(keep.sum()), dtype=np.int64)

    def _receivers(self, area: Area, stakes: Stakes) -> list[tuple[Territory, float]]:
        """Unlocked territories by distance in km from rep's home, or territory's middle, to the middle of the accounts.

        Those that touch it, where some do: a territory is to stay in one piece.
        """
        open_ones = [territory for territory in self._look.territories if not territory.is_locked]
        lon, lat = (float(values.mean()) for values in stakes.lon_lat)
        homes = [(territory, self._homes[territory.pk]) for territory in open_ones if territory.pk in self._homes]
        by_km = sorted(
            ((territory, float(WGS84.inv(*home, lon, lat)[2]) / 1000) for territory, home in homes),
            key=lambda pair: (pair[1], pair[0].pk),
        )
        touching = border_km(self._look.alignment, area.unit_ids) if area.unit_ids else {}
        return [pair for pair in by_km if pair[0].pk in touching] or by_km[:NEAR]

    def _to_one(self, area: Area, stakes: Stakes, receiver: Territory, key: str, detail: str) -> list[Proposal]:
        way = Proposal(key, f"Give it to {receiver.name}", detail, {})
        if (call := self._ground(area, [receiver.pk])) is not None:
            return self._drawn(replace(way, operation=call), stakes)
        if area.unit_ids:
            operation = {"op": "assign_units", "unit_ids": list(area.unit_ids), "territory_id": receiver.pk}
        else:
            stakes = stakes.taken(np.arange(len(stakes.ids)) < ACCOUNTS_MAX)
            ids = stakes.ids.tolist()
            operation = {"op": "set_overrides", "account_ids": ids, "territory_id": receiver.pk, "reason": REASON}
        effects = self._effects(stakes, np.full(len(stakes.ids), receiver.pk))
        return [replace(way, operation=operation, effects=effects)]

    def _to_nearer(
        self, area: Area, stakes: Stakes, unit: NDArray[np.int64], one: Territory, other: Territory
    ) -> list[Proposal]:
        """Each unit, or each piece of ground, to the nearer one of two; nothing where all is nearer to one."""
        proposal = Proposal(
            key="nearer",
            title=f"Split it between {one.name} and {other.name}",
            detail="what lies nearer to each",
            operation={},
        )
        if (call := self._ground(area, [one.pk, other.pk])) is not None:
            return self._drawn(replace(proposal, operation=call), stakes)
        homes = {territory.pk: self._homes[territory.pk] for territory in (one, other)}
        owner = {
            pk: min(homes, key=lambda territory: WGS84.inv(*homes[territory], lon, lat)[2])
            for pk, lon, lat in BasicUnit.objects.filter(
                workspace_id=self._look.alignment.workspace_id, pk__in=area.unit_ids
            ).values_list("pk", "lon", "lat")
        }
        if len(set(owner.values())) < 2:
            return []
        owners = [{"unit_id": pk, "territory_id": owner[pk]} for pk in area.unit_ids]
        effects = self._effects(stakes, np.array([owner[pk] for pk in unit.tolist()], dtype=np.int64))
        return [replace(proposal, operation={"op": "move_units", "owners": owners}, effects=effects)]

    def _ground(self, area: Area, territory_ids: list[int]) -> dict[str, Any] | None:
        """The edit on a drawn alignment, where the area has ground.

        The boundaries that were cut out of it are simplified ones: the true ones are cut out by the edit.
        """
        if self._look.alignment.basis != Basis.DRAWN or area.ground is None:
            return None
        ground = as_multipolygon(area.ground.buffer(SIMPLIFY_DEGREES, join_style="mitre"))
        return None if ground.is_empty else {"op": "assign_ground", "territory_ids": territory_ids, "ground": ground}

    def _drawn(self, way: Proposal, stakes: Stakes) -> list[Proposal]:
        """With its effects, as the new boundaries would have it; nothing where the edit would be refused."""
        arguments = {key: value for key, value in way.operation.items() if key != "op"}
        try:
            planned = OPERATIONS[way.operation["op"]](self._look.alignment, **arguments)
        except DomainError:
            return []
        owners, still = np.zeros_like(stakes.owners), np.zeros(len(stakes.ids), dtype=bool)
        concerned = Territory.objects.filter(
            workspace_id=self._look.alignment.workspace_id,
            pk__in={*way.operation["territory_ids"], *stakes.owners.tolist()},
        )
        shapes = {territory.pk: shape_of(territory) for territory in concerned}
        shapes |= {pk: decode_boundary(after["boundary"]) for pk, (_, after) in planned.patch.territories.items()}
        for pk, shape in sorted(shapes.items()):
            inside = shapely.contains_xy(shape, *stakes.lon_lat)
            still |= inside & (stakes.owners == pk)
            owners[inside & (owners == 0)] = pk
        return [replace(way, effects=self._effects(stakes, np.where(still, stakes.owners, owners)))]

    def _effects(self, stakes: Stakes, owners: NDArray[np.int64]) -> tuple[Effect, ...]:
        """Who gains and loses what when the accounts belong to `owners`."""
        balance = self._look.balance
        change = np.zeros((len(balance.territories), len(MEASURES)))
        for who, sign in ((stakes.owners, -1.0), (owners, 1.0)):
            held = np.isin(who, list(self._place))
            places = [self._place[pk] for pk in who[held].tolist()]
            np.add.at(change, places, sign * stakes.amounts[held])
        column, measure = COLUMN[self._load], MEASURES.index(self._load)
        after = balance.values[:, column] + change[:, measure]
        targets = balance.shares * after.sum()
        found = []
        for k in np.flatnonzero(np.abs(change).max(axis=1) > ROUNDING).tolist():
            found.append(
                Effect(
                    territory_id=balance.territories[k].pk,
                    n_accounts=round(change[k, MEASURES.index("accounts")]),
                    revenue_minor=round(change[k, MEASURES.index("revenue")]),
                    workload_h=float(change[k, MEASURES.index("workload")]),
                    load_before=_known(balance.deviations[k, column]),
                    load_after=_known(after[k] / targets[k] - 1) if targets[k] > 0 else None,
                )
            )
        return tuple(found)

    def _territory(self, pk: int) -> Territory:
        return self._look.territories[self._place[pk]]

    def _deviation(self, pk: int) -> float:
        return float(np.nan_to_num(self._look.balance.deviations[self._place[pk], COLUMN[self._load]]))

    def _load_words(self, territory: Territory) -> str:
        deviation = self._deviation(territory.pk)
        side = "above" if deviation > 0 else "below"
        return f"{self._load} {100 * abs(deviation):.0f} % {side} target"

    def _from(self, territory: Territory) -> str:
        if territory.rep is not None and territory.rep_id in self._rep_homes:
            return f"the home of {territory.rep.name}"
        return "the middle of the territory"


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
