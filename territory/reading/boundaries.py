from typing import Any

import numpy as np
import shapely
from django.db import connection
from numpy.typing import NDArray

from territory.models import Alignment

METRES_PER_DEGREE = 111_320
DECIMALS = 6
_ROWS = """
SELECT t.id, t.name, t.colour, r.name, t.is_locked, ST_AsBinary(t.boundary) FROM territory_territory t
LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
WHERE t.workspace_id = %s AND t.alignment_id = %s AND t.boundary IS NOT NULL ORDER BY t.position, t.id
"""


def boundary_features(alignment: Alignment, *, simplify_m: float) -> dict[str, Any]:
    """The territories as GeoJSON; simplified together, so that neighbours still share their edges."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [alignment.workspace_id, alignment.pk])
        rows = cursor.fetchall()
    shapes = simplify([shapely.from_wkb(bytes(row[5])) for row in rows], simplify_m)
    labels = shapely.point_on_surface(shapes)
    return {
        "type": "FeatureCollection",
        "features": [_feature(row, shapes[i], labels[i]) for i, row in enumerate(rows)],
    }


def simplify(shapes: list[Any], simplify_m: float) -> NDArray[np.object_]:
    """Within about `simplify_m` of the original; a shape that would vanish keeps its original form."""
    original = np.array(shapes, dtype=object)
    if simplify_m <= 0 or not len(original):
        return original
    simplified = shapely.coverage_simplify(original, simplify_m / METRES_PER_DEGREE)
    return np.where(shapely.is_empty(simplified), original, simplified)


def _feature(row: tuple[Any, ...], shape: shapely.Geometry, label: shapely.Point) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row[0],
        "properties": {
            "name": row[1], "colour": row[2], "rep_name": row[3], "is_locked": row[4],
            "label_lon": round(label.x, DECIMALS), "label_lat": round(label.y, DECIMALS),
        },
        "geometry": geojson(shape),
    }  # fmt: skip


def geojson(shape: shapely.Geometry) -> dict[str, Any]:
    """Rounded to 0.1 m."""
    polygons = [[_ring(ring) for ring in (part.exterior, *part.interiors)] for part in shapely.get_parts(shape)]
    return {"type": "MultiPolygon", "coordinates": polygons}


def _ring(ring: shapely.LinearRing) -> list[list[float]]:
    rounded: list[list[float]] = np.round(shapely.get_coordinates(ring), DECIMALS).tolist()
    return rounded
