"""Which of several areas has each unit: by the largest share of its ground, or by its middle."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon

from territory.models import BasicUnit, UnitLayer

# Shares nearer to each other than this are equal: the area that comes first has the unit.
EQUAL = 1e-9

Geometries = NDArray[np.object_]


class Rule(StrEnum):
    AREA = "area"
    CENTRE = "centre"


@dataclass(frozen=True)
class Covering:
    """Unit → area that has it; units of nobody are left out. `n_divided` units lie in several areas."""

    owners: dict[int, int]
    n_units: int
    n_divided: int

    @property
    def n_unassigned(self) -> int:
        return self.n_units - len(self.owners)


def cover_units(layer: UnitLayer, areas: Mapping[int, MultiPolygon], rule: Rule) -> Covering:
    """The units of a layer dealt to areas; of areas that overlap the one with the larger share has a unit.

    By area, a unit goes to whoever has the largest share of it, and to nobody where that is nobody's. By centre, to
    whose area holds the unit's label point. Between equals the area that comes first has it.
    """
    units = BasicUnit.objects.filter(workspace_id=layer.workspace_id, layer=layer).order_by("pk")
    rows = list(units.values_list("pk", "lon", "lat", "boundary"))
    grounds = np.array([_equal_area(shapely.from_wkb(bytes(row[3].wkb))) for row in rows], dtype=object)
    middles = _equal_area(shapely.points([row[1:3] for row in rows])) if rows else np.empty(0, dtype=object)
    shares = _shares(grounds, [_equal_area(area) for area in areas.values()])
    holders = np.array(list(areas), dtype=np.int64)
    owners = {}
    for unit, row in enumerate(rows):
        held = shares.get(unit, {})
        wanted = held if rule == Rule.AREA else _holding(held, middles[unit])
        if wanted and (rule == Rule.CENTRE or _is_largest(wanted, grounds[unit])):
            owners[row[0]] = int(holders[_first_largest(wanted)])
    n_divided = sum(1 for held in shares.values() if sum(share > EQUAL for share, _ in held.values()) > 1)
    return Covering(owners, len(rows), n_divided)


Held = dict[int, tuple[float, shapely.Geometry]]


def _shares(grounds: Geometries, areas: list[MultiPolygon]) -> dict[int, Held]:
    """Unit → area → share of the unit, and that part of the area which lies over it."""
    shares: dict[int, Held] = {}
    tree = shapely.STRtree(grounds)
    for position, area in enumerate(areas):
        shapely.prepare(area)
        touched = np.sort(tree.query(area, predicate="intersects"))
        whole = shapely.covers(area, grounds[touched])
        for unit in touched[whole].tolist():
            shares.setdefault(unit, {})[position] = (1.0, area)
        parts = shapely.intersection(area, grounds[touched[~whole]])
        portions = shapely.area(parts) / shapely.area(grounds[touched[~whole]])
        for unit, portion, part in zip(touched[~whole].tolist(), portions.tolist(), parts, strict=True):
            if portion > 0:
                shares.setdefault(unit, {})[position] = (portion, part)
    return shares


def _holding(held: Held, middle: shapely.Point) -> Held:
    return {position: value for position, value in held.items() if shapely.covers(value[1], middle)}


def _is_largest(held: Held, ground: shapely.Geometry) -> bool:
    """Whether nobody's share of the unit is not larger still."""
    largest = max(share for share, _ in held.values())
    if largest >= 0.5 - EQUAL:
        return True
    covered = shapely.area(shapely.union_all([part for _, part in held.values()])) / shapely.area(ground)
    return bool(largest >= 1 - covered - EQUAL)


def _first_largest(held: Held) -> int:
    largest = max(share for share, _ in held.values())
    return min(position for position, (share, _) in held.items() if share >= largest - EQUAL)


def _equal_area(geometry: shapely.Geometry) -> shapely.Geometry:
    """Lambert's cylindrical projection of the sphere: areas in it compare as they do on the ground."""
    return shapely.transform(
        geometry, lambda points: np.column_stack([np.radians(points[:, 0]), np.sin(np.radians(points[:, 1]))])
    )
