"""Units beside units: who touches whom, and over which length."""

from collections import defaultdict
from collections.abc import Collection

from django.db import connection

from territory.models import Alignment

_BORDERS = """
WITH asked AS (SELECT unnest(%(units)s::bigint[]) AS unit_id),
beside AS (
    SELECT a.unit_id, n.other_id FROM asked a CROSS JOIN LATERAL (
        SELECT unit_b_id AS other_id FROM territory_unitadjacency
        WHERE workspace_id = %(workspace)s AND layer_id = %(layer)s AND unit_a_id = a.unit_id
        UNION ALL
        SELECT unit_a_id FROM territory_unitadjacency
        WHERE workspace_id = %(workspace)s AND layer_id = %(layer)s AND unit_b_id = a.unit_id
    ) n
    WHERE n.other_id <> ALL(%(units)s::bigint[])
)
SELECT ua.territory_id, sum(ST_Length(ST_Intersection(mine.boundary, other.boundary)::geography)) / 1000
FROM beside
JOIN territory_basicunit mine ON mine.workspace_id = %(workspace)s AND mine.id = beside.unit_id
JOIN territory_basicunit other ON other.workspace_id = %(workspace)s AND other.id = beside.other_id
JOIN territory_unitassignment ua ON ua.workspace_id = %(workspace)s AND ua.alignment_id = %(alignment)s
    AND ua.unit_id = beside.other_id
GROUP BY ua.territory_id
"""
_EDGES = """
SELECT unit_a_id, unit_b_id FROM territory_unitadjacency WHERE workspace_id = %s AND layer_id = %s
"""


def border_km(alignment: Alignment, unit_ids: Collection[int]) -> dict[int, float]:
    """Territory → length of its border with these units in km; 0 where they meet in corners only."""
    values = {"workspace": alignment.workspace_id, "layer": alignment.unit_layer_id, "alignment": alignment.pk}
    with connection.cursor() as cursor:
        cursor.execute(_BORDERS, values | {"units": list(unit_ids)})
        return dict(cursor.fetchall())


def neighbours(alignment: Alignment) -> dict[int, set[int]]:
    """Unit → units that touch it, across barriers too."""
    beside: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_EDGES, [alignment.workspace_id, alignment.unit_layer_id])
        for a, b in cursor.fetchall():
            beside[a].add(b)
            beside[b].add(a)
    return beside
