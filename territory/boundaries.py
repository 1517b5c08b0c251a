"""Territory boundaries that follow from units, and areas that follow from boundaries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
import shapely
from django.db import connection
from shapely import Geometry, MultiPolygon, Polygon
from shapely.errors import GEOSException

from territory.models import Alignment

_UNITS = """
SELECT ua.territory_id, ST_AsBinary(u.boundary), u.area_m2 FROM territory_unitassignment ua
JOIN territory_basicunit u ON u.workspace_id = ua.workspace_id AND u.id = ua.unit_id
WHERE ua.workspace_id = %s AND ua.alignment_id = %s AND ua.territory_id = ANY(%s::bigint[])
ORDER BY ua.unit_id
"""
_WRITE = """
UPDATE territory_territory t SET boundary = ST_Multi(ST_GeomFromWKB(new.boundary, 4326)), area_m2 = new.area_m2
FROM unnest(%s::bigint[], %s::bytea[], %s::float8[]) AS new (id, boundary, area_m2)
WHERE t.workspace_id = %s AND t.id = new.id
"""


def store_boundaries(
    alignment: Alignment, boundaries: Mapping[int, Geometry | None], areas_m2: Mapping[int, float]
) -> None:
    """Boundary and area of each territory, by its id; None takes the boundary away."""
    ids = list(boundaries)
    wkb = [None if boundary is None else shapely.to_wkb(boundary) for boundary in boundaries.values()]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [ids, wkb, [areas_m2[i] for i in ids], alignment.workspace_id])


def derive_boundaries(alignment: Alignment, territory_ids: Iterable[int]) -> None:
    """Units basis: a territory is the union of its units, its area the sum of theirs."""
    wanted = sorted(territory_ids)
    parts: dict[int, list[Geometry]] = defaultdict(list)
    areas: dict[int, float] = defaultdict(float)
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, [alignment.workspace_id, alignment.pk, wanted])
        for territory_id, boundary, area in cursor.fetchall():
            parts[territory_id].append(shapely.from_wkb(bytes(boundary)))
            areas[territory_id] += area
    store_boundaries(alignment, {i: dissolve(parts[i]) if parts[i] else None for i in wanted}, areas)


def dissolve(areas: list[Geometry]) -> MultiPolygon:
    """One area from many that touch: neighbours share their edges, which is fast to use, but is not taken on trust."""
    try:
        union = shapely.coverage_union_all(np.array(areas, dtype=object))
    except GEOSException:
        union = None
    if union is None or not union.is_valid:
        union = shapely.union_all(np.array(areas, dtype=object))
    return as_multipolygon(union)


def as_multipolygon(area: Geometry) -> MultiPolygon:
    """The polygons of a union, without the lines and points an overlay can leave behind."""
    parts = shapely.get_parts(shapely.get_parts(area))
    return MultiPolygon([part for part in parts if isinstance(part, Polygon)])
