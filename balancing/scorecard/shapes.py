"""Area, compactness and pieces of an alignment's territories."""

from dataclasses import dataclass

import numpy as np
import shapely
from django.db import connection
from numpy.typing import NDArray

from balancing.formulas.compactness import moment_of_inertia, polsby_popper
from balancing.formulas.contiguity import piece_of_unit, pieces_per_territory
from territory.models import Alignment, Basis, Territory, UnitAdjacency, UnitAssignment

IntArray = NDArray[np.int64]

_SHAPES = """
SELECT id, area_m2 / 1e6, ST_Perimeter(boundary::geography) / 1e3, ST_NumGeometries(boundary), ST_AsBinary(boundary)
FROM territory_territory
WHERE workspace_id = %s AND alignment_id = %s AND NOT ST_IsEmpty(boundary)
"""


@dataclass(frozen=True)
class Shape:
    area_km2: float | None
    polsby_popper: float | None
    moment_of_inertia: float | None
    n_pieces: int | None

    @property
    def is_contiguous(self) -> bool | None:
        return self.n_pieces == 1 if self.n_pieces else None


@dataclass(frozen=True, eq=False)
class Pieces:
    """Units of a units alignment and the connected piece of its territory each one belongs to."""

    unit_ids: IntArray
    owners: IntArray
    pieces: IntArray
    per_territory: IntArray


def measure_shapes(alignment: Alignment, territories: list[Territory]) -> list[Shape]:
    with connection.cursor() as cursor:
        cursor.execute(_SHAPES, [alignment.workspace_id, alignment.pk])
        drawn = {row[0]: row[1:] for row in cursor.fetchall()}
    by_units = alignment.basis == Basis.UNITS
    counted = find_pieces(alignment, territories).per_territory if by_units else None
    shapes = []
    for k, territory in enumerate(territories):
        area_km2, perimeter_km, n_polygons, boundary = drawn.get(territory.pk, (None, 0.0, 0, None))
        shapes.append(
            Shape(
                area_km2=area_km2,
                polsby_popper=_known(polsby_popper(area_km2, perimeter_km)) if area_km2 else None,
                moment_of_inertia=_known(moment_of_inertia(shapely.from_wkb(bytes(boundary)))) if boundary else None,
                n_pieces=int(counted[k]) if counted is not None else n_polygons,
            )
        )
    return shapes


def find_pieces(alignment: Alignment, territories: list[Territory]) -> Pieces:
    """Connected pieces over unit adjacency; what a barrier cuts does not connect."""
    place = {territory.pk: k for k, territory in enumerate(territories)}
    held = UnitAssignment.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment)
    rows = np.array(list(held.order_by("unit_id").values_list("unit_id", "territory_id")), dtype=np.int64)
    rows = rows.reshape(-1, 2)
    owners = np.array([place.get(territory, -1) for territory in rows[:, 1].tolist()], dtype=np.int64)
    touching = UnitAdjacency.objects.filter(
        workspace_id=alignment.workspace_id, layer_id=alignment.unit_layer_id, is_cut=False
    )
    edges = np.array(list(touching.values_list("unit_a_id", "unit_b_id")), dtype=np.int64).reshape(-1, 2)
    within = _places(rows[:, 0], edges)
    return Pieces(
        unit_ids=rows[:, 0],
        owners=owners,
        pieces=piece_of_unit(owners, within),
        per_territory=pieces_per_territory(owners, within, len(territories)),
    )


def _places(unit_ids: IntArray, edges: IntArray) -> IntArray:
    """Edges between ids as edges between places in the sorted ids; those that leave them fall away."""
    both = np.isin(edges, unit_ids).all(axis=1)
    return np.searchsorted(unit_ids, edges[both])


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
