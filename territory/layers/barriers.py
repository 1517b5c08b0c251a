"""Hard barriers: they cut the adjacency of two units when they run between their label points."""

import numpy as np
import shapely
from django.db import connection

from territory.models import Barrier, UnitLayer

_EDGES = """
SELECT e.id, a.lon, a.lat, b.lon, b.lat FROM territory_unitadjacency e
JOIN territory_basicunit a ON a.workspace_id = e.workspace_id AND a.id = e.unit_a_id
JOIN territory_basicunit b ON b.workspace_id = e.workspace_id AND b.id = e.unit_b_id
WHERE e.workspace_id = %s AND e.layer_id = %s ORDER BY e.id
"""
_CUT = """
UPDATE territory_unitadjacency SET is_cut = (id = ANY(%s))
WHERE workspace_id = %s AND layer_id = %s AND is_cut <> (id = ANY(%s))
"""


def cut_at_barriers(layer: UnitLayer) -> int:
    """Set `is_cut` of every edge of the layer by the workspace's barriers as they are now. Returns how many are cut."""
    lines = [
        shapely.from_wkb(bytes(barrier.line.wkb)) for barrier in Barrier.objects.filter(workspace_id=layer.workspace_id)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_EDGES, [layer.workspace_id, layer.pk])
        rows = np.array(cursor.fetchall(), dtype=np.float64).reshape(-1, 5)
        cut = _crossed(rows, lines)
        cursor.execute(_CUT, [cut, layer.workspace_id, layer.pk, cut])
    return len(cut)


def _crossed(rows: np.ndarray, lines: list[shapely.MultiLineString]) -> list[int]:
    if not len(rows) or not lines:
        return []
    segments = shapely.linestrings(rows[:, 1:].reshape(-1, 2, 2))
    crossed, _ = shapely.STRtree(lines).query(segments, predicate="intersects")
    return sorted({int(rows[index, 0]) for index in crossed})
