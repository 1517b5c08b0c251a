"""Accounts and ground without a territory, gathered into areas that could be given to somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from django.db import connection
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from accounts.cells import degrees
from accounts.geocoding.nearby import city_near
from balancing.findings.finding import ActionKind, Finding, FindingKind
from balancing.findings.look import Look
from balancing.formulas.contiguity import piece_of_unit
from territory.models import BasicUnit, Basis, UnitAdjacency, UnitAssignment
from workspace.wording import plural

# Accounts in the same or in touching squares of the zoom-10 grid (about 30 km) are one area.
SQUARE_SHIFT = 16
SQUARE_KM = 30
# Smaller areas are told as one.
MOST_AREAS = 25

# One pass and no join over accounts: after an import there are no statistics yet, and a join could be planned badly.
_SQUARES = """
SELECT x >> %(shift)s, y >> %(shift)s, count(*), sum(revenue_minor), sum(potential_minor),
       min(x), max(x), min(y), max(y)
FROM (
    SELECT account_id, max(mercator_x) AS x, max(mercator_y) AS y, max(revenue_minor) AS revenue_minor,
           max(potential_minor) AS potential_minor
    FROM (
        SELECT account_id, mercator_x, mercator_y, revenue_minor, potential_minor, 0 AS n_units
        FROM territory_accountassignment
        WHERE workspace_id = %(workspace)s AND alignment_id = %(alignment)s AND territory_id IS NULL
          AND mercator_x IS NOT NULL
        UNION ALL
        SELECT account_id, NULL, NULL, NULL, NULL, 1 FROM territory_accountunit
        WHERE workspace_id = %(workspace)s AND layer_id = %(layer)s
    ) rows
    GROUP BY account_id
    HAVING sum(n_units) = 0
) outside
GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Area:
    """Either whole units, or accounts that lie in no unit of the alignment's layer, by the squares they lie in."""

    key: str
    name: str
    n_accounts: int
    revenue_minor: int
    potential_minor: int
    area_km2: float | None
    ground: BaseGeometry | None
    unit_ids: tuple[int, ...] = ()
    squares: frozenset[tuple[int, int]] = frozenset()

    @property
    def id(self) -> str:
        return f"white_space-{self.key}"

    @property
    def money_minor(self) -> int:
        """What could be sold there; what is sold there where no potential is known."""
        return self.potential_minor or self.revenue_minor


def find_white_space(look: Look) -> list[Finding]:
    areas = uncovered_areas(look)
    shown, rest = areas[:MOST_AREAS], areas[MOST_AREAS:]
    return [_finding(area) for area in shown + ([_together(rest)] if rest else [])]


def uncovered_areas(look: Look) -> list[Area]:
    """The richest first."""
    return sorted(_uncovered_units(look) + _scattered_accounts(look), key=lambda area: -area.money_minor)


def _finding(area: Area) -> Finding:
    return Finding(
        id=area.id,
        kind=FindingKind.WHITE_SPACE,
        title=f"Nobody covers {area.name}",
        detail=f"{plural(area.n_accounts, 'account')} in no territory.",
        action=(ActionKind.ASSIGN, "Assign"),
        money_minor=area.money_minor,
        n_accounts=area.n_accounts,
        revenue_minor=area.revenue_minor,
        potential_minor=area.potential_minor,
        area_km2=area.area_km2,
        geometry=area.ground,
    )


def _uncovered_units(look: Look) -> list[Area]:
    """Neighbouring units with accounts and without a territory."""
    alignment = look.alignment
    if alignment.basis != Basis.UNITS:
        return []
    here = {"workspace_id": alignment.workspace_id}
    assigned = set(UnitAssignment.objects.filter(**here, alignment=alignment).values_list("unit_id", flat=True))
    peopled = BasicUnit.objects.filter(**here, layer_id=alignment.unit_layer_id, n_accounts__gt=0)
    ids = np.array(sorted(set(peopled.values_list("pk", flat=True)) - assigned), dtype=np.int64)
    units = BasicUnit.objects.filter(**here).in_bulk(ids.tolist())
    groups = _groups(_touching(look, ids), len(ids))
    return [_area_of_units([units[pk] for pk in ids[group].tolist()]) for group in groups]


def _touching(look: Look, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    rows = UnitAdjacency.objects.filter(
        workspace_id=look.alignment.workspace_id, layer_id=look.alignment.unit_layer_id
    ).values_list("unit_a_id", "unit_b_id")
    edges = np.array(list(rows) if len(ids) > 1 else [], dtype=np.int64).reshape(-1, 2)
    return np.searchsorted(ids, edges[np.isin(edges, ids).all(axis=1)])


def _area_of_units(units: Sequence[BasicUnit]) -> Area:
    richest = max(units, key=lambda unit: (unit.potential_minor, unit.revenue_minor, unit.n_accounts, unit.code))
    others = f" and {len(units) - 1} more" if len(units) > 1 else ""
    return Area(
        key=f"unit-{richest.code}",
        name=f"{richest.name}{others}",
        n_accounts=sum(unit.n_accounts for unit in units),
        revenue_minor=sum(unit.revenue_minor for unit in units),
        potential_minor=sum(unit.potential_minor for unit in units),
        area_km2=sum(unit.area_m2 for unit in units) / 1e6,
        ground=shapely.union_all([shapely.from_wkb(bytes(unit.boundary.wkb)) for unit in units]),
        unit_ids=tuple(unit.pk for unit in units),
    )


def _scattered_accounts(look: Look) -> list[Area]:
    """Unassigned accounts that lie in no unit of the alignment's layer, by neighbourhood."""
    alignment = look.alignment
    layer = alignment.unit_layer_id if alignment.basis == Basis.UNITS else None
    values = {"workspace": alignment.workspace_id, "alignment": alignment.pk, "layer": layer, "shift": SQUARE_SHIFT}
    with connection.cursor() as cursor:
        cursor.execute(_SQUARES, values)
        squares = np.array(cursor.fetchall(), dtype=np.int64).reshape(-1, 9)
    if not len(squares):
        return []
    near = cKDTree(squares[:, :2]).query_pairs(1.5, output_type="ndarray").astype(np.int64)
    covered = shapely.union_all(list(look.boundaries.values()))
    return [_area_of_squares(squares[group], covered) for group in _groups(near, len(squares))]


def _area_of_squares(squares: NDArray[np.int64], covered: BaseGeometry) -> Area:
    """The squares themselves, without what territories cover; named after a city near the richest one."""
    west, north = degrees(squares[:, 0] << SQUARE_SHIFT, squares[:, 1] << SQUARE_SHIFT)
    east, south = degrees((squares[:, 0] + 1) << SQUARE_SHIFT, (squares[:, 1] + 1) << SQUARE_SHIFT)
    side = float(east[0] - west[0])
    # Gaps of a square or two inside are closed: they would say more than is known.
    ground = shapely.union_all(shapely.box(west, south, east, north)).buffer(side, join_style="mitre")
    ground = ground.buffer(-side, join_style="mitre")
    richest = squares[np.lexsort((squares[:, 2], squares[:, 3], squares[:, 4]))[-1]]
    lon, lat = degrees(richest[5:7].sum(keepdims=True) // 2, richest[7:9].sum(keepdims=True) // 2)
    return Area(
        key=f"place-{richest[0]}-{richest[1]}",
        name=f"the area around {_place(float(lat[0]), float(lon[0]))}",
        n_accounts=int(squares[:, 2].sum()),
        revenue_minor=int(squares[:, 3].sum()),
        potential_minor=int(squares[:, 4].sum()),
        area_km2=None,
        ground=shapely.difference(ground, covered),
        squares=frozenset((int(x), int(y)) for x, y in squares[:, :2]),
    )


def _place(lat: float, lon: float) -> str:
    city = city_near(lat, lon, within_km=SQUARE_KM)
    return city or f"{abs(lat):.1f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.1f}° {'E' if lon >= 0 else 'W'}"


def _groups(edges: NDArray[np.int64], size: int) -> list[NDArray[np.int64]]:
    pieces = piece_of_unit(np.zeros(size, dtype=np.int64), edges)
    return [np.flatnonzero(pieces == piece) for piece in range(int(pieces.max(initial=-1)) + 1)]


def _together(areas: list[Area]) -> Area:
    return Area(
        key="rest",
        name=f"{len(areas)} smaller areas",
        n_accounts=sum(area.n_accounts for area in areas),
        revenue_minor=sum(area.revenue_minor for area in areas),
        potential_minor=sum(area.potential_minor for area in areas),
        area_km2=None,
        ground=shapely.union_all([area.ground.envelope for area in areas if area.ground is not None]),
    )
