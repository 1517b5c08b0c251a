"""Ground that two territories of one drawn alignment both claim, with the accounts on it."""

from dataclasses import dataclass

import numpy as np
import shapely
from django.db import connection
from shapely.geometry.base import BaseGeometry

from accounts.cells import degrees
from balancing.findings.finding import ActionKind, Finding, FindingKind
from balancing.findings.look import Look
from territory.models import AccountAssignment, Basis
from workspace.wording import plural

# Where two drawn lines should run together they differ by slivers: without an account those are no finding.
SLIVER_KM2 = 0.1

_PAIRS = """
WITH drawn AS MATERIALIZED (
    SELECT id, boundary FROM territory_territory
    WHERE workspace_id = %s AND alignment_id = %s AND boundary IS NOT NULL
), shared AS (
    SELECT a.id AS one, b.id AS other, ST_CollectionExtract(ST_Intersection(a.boundary, b.boundary), 3) AS ground
    FROM drawn a JOIN drawn b ON a.id < b.id AND a.boundary && b.boundary AND ST_Intersects(a.boundary, b.boundary)
)
SELECT one, other, ST_Area(ground::geography) / 1e6, ST_AsBinary(ground) FROM shared WHERE NOT ST_IsEmpty(ground)
"""


@dataclass(frozen=True)
class Pair:
    one: int
    other: int
    area_km2: float
    ground: BaseGeometry

    @property
    def id(self) -> str:
        return f"overlap-{self.one}-{self.other}"


def find_overlaps(look: Look) -> list[Finding]:
    if look.alignment.basis != Basis.DRAWN:
        return []
    names = {territory.pk: territory.name for territory in look.territories}
    claimed = _claimed_accounts(look)
    lon, lat = degrees(claimed[:, 0].astype(np.int64), claimed[:, 1].astype(np.int64))
    found = []
    for pair in overlapping_pairs(look):
        inside = shapely.contains_xy(pair.ground, lon, lat)
        n_accounts, revenue, potential = int(inside.sum()), claimed[inside, 2].sum(), claimed[inside, 3].sum()
        if n_accounts == 0 and pair.area_km2 < SLIVER_KM2:
            continue
        one, other = names[pair.one], names[pair.other]
        found.append(
            Finding(
                id=pair.id,
                kind=FindingKind.OVERLAP,
                title=f"{one} and {other} overlap",
                detail=f"Both claim {pair.area_km2:,.0f} km² with {plural(n_accounts, 'account')}; "
                "each account stays with its present owner until one boundary gives way.",
                action=(ActionKind.RESOLVE_OVERLAP, "Give to one"),
                money_minor=int(revenue),
                territory_ids=(pair.one, pair.other),
                n_accounts=n_accounts,
                revenue_minor=int(revenue),
                potential_minor=int(potential),
                area_km2=pair.area_km2,
                geometry=pair.ground,
            )
        )
    return found


def overlapping_pairs(look: Look) -> list[Pair]:
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [look.alignment.workspace_id, look.alignment.pk])
        return [Pair(one, other, area, shapely.from_wkb(bytes(wkb))) for one, other, area, wkb in cursor.fetchall()]


def _claimed_accounts(look: Look) -> np.ndarray:
    """Rows (x, y, revenue, potential) of the accounts that two boundaries claim."""
    rows = AccountAssignment.objects.filter(
        workspace_id=look.alignment.workspace_id, alignment=look.alignment, is_overlap=True, cell__isnull=False
    ).values_list("mercator_x", "mercator_y", "revenue_minor", "potential_minor")
    return np.array(list(rows), dtype=np.float64).reshape(-1, 4)
