"""Territories in several pieces."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from accounts.cells import degrees
from balancing.findings.finding import ActionKind, Finding, FindingKind
from balancing.findings.look import Look
from balancing.scorecard.shapes import find_pieces
from territory.models import AccountAssignment, BasicUnit, Basis, Territory
from workspace.wording import plural


def find_splits(look: Look) -> list[Finding]:
    return _split_units(look) if look.alignment.basis == Basis.UNITS else _split_boundaries(look)


def _split_units(look: Look) -> list[Finding]:
    pieces = find_pieces(look.alignment, look.territories)
    found = []
    for k in np.flatnonzero(pieces.per_territory > 1):
        of_territory = pieces.owners == k
        ids, numbers = pieces.unit_ids[of_territory], pieces.pieces[of_territory]
        units = {
            unit.pk: unit
            for unit in BasicUnit.objects.filter(workspace_id=look.alignment.workspace_id, pk__in=ids.tolist())
        }
        away = _away_from_largest([units[pk] for pk in ids.tolist()], numbers)
        outlines = shapely.union_all([shapely.from_wkb(bytes(unit.boundary.wkb)) for unit in away])
        sums = (
            sum(unit.n_accounts for unit in away),
            sum(unit.revenue_minor for unit in away),
            sum(unit.potential_minor for unit in away),
        )
        area_km2 = sum(unit.area_m2 for unit in away) / 1e6
        found.append(_finding(look.territories[k], int(pieces.per_territory[k]), sums, area_km2, outlines))
    return found


def _away_from_largest(units: list[BasicUnit], numbers: NDArray[np.int64]) -> list[BasicUnit]:
    """Units outside the piece with the most accounts (of equal ones, the one with the most ground)."""
    size: dict[int, tuple[int, float]] = {}
    for unit, number in zip(units, numbers.tolist(), strict=True):
        n_accounts, area_m2 = size.get(number, (0, 0.0))
        size[number] = (n_accounts + unit.n_accounts, area_m2 + unit.area_m2)
    largest = max(size, key=lambda number: size[number])
    return [unit for unit, number in zip(units, numbers.tolist(), strict=True) if number != largest]


def _split_boundaries(look: Look) -> list[Finding]:
    found = []
    for territory in look.territories:
        if territory.boundary is None or territory.boundary.num_geom < 2:
            continue
        parts = shapely.get_parts(shapely.from_wkb(bytes(territory.boundary.wkb)))
        away = shapely.multipolygons(np.delete(parts, np.argmax(shapely.area(parts))))
        rows = np.array(list(_accounts_of(territory)), dtype=np.int64).reshape(-1, 4)
        inside = shapely.contains_xy(away, *degrees(rows[:, 0], rows[:, 1]))
        # An island that nobody visits is geography, not a fault of the design.
        if not inside.any():
            continue
        sums = (int(inside.sum()), int(rows[inside, 2].sum()), int(rows[inside, 3].sum()))
        found.append(_finding(territory, len(parts), sums, None, away))
    return found


def _accounts_of(territory: Territory) -> Any:
    return AccountAssignment.objects.filter(
        workspace_id=territory.workspace_id,
        alignment_id=territory.alignment_id,
        territory=territory,
        cell__isnull=False,
    ).values_list("mercator_x", "mercator_y", "revenue_minor", "potential_minor")


def _finding(
    territory: Territory, n_pieces: int, sums: tuple[int, int, int], area_km2: float | None, away: BaseGeometry
) -> Finding:
    n_accounts, revenue_minor, potential_minor = sums
    return Finding(
        id=f"split-{territory.pk}",
        kind=FindingKind.SPLIT,
        title=f"{territory.name} is in {n_pieces} pieces",
        detail=f"{plural(n_accounts, 'account')} apart from its main piece; barriers count as borders.",
        action=(ActionKind.EDIT, "Edit"),
        money_minor=revenue_minor,
        territory_ids=(territory.pk,),
        n_accounts=n_accounts,
        revenue_minor=revenue_minor,
        potential_minor=potential_minor,
        area_km2=area_km2,
        geometry=away,
    )
