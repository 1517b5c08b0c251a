from collections.abc import Collection
from typing import Any

from django.db import connection

from territory.models import Alignment
from territory.totals import Totals, territory_totals

_ROWS = """
SELECT t.id, t.code, t.name, t.colour, t.target_share, t.is_locked, t.position, t.area_m2, r.id, r.name, r.capacity_h,
    ST_X(label), ST_Y(label), ST_XMin(t.boundary), ST_YMin(t.boundary), ST_XMax(t.boundary), ST_YMax(t.boundary),
    t.region
FROM territory_territory t
LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
CROSS JOIN LATERAL (SELECT ST_PointOnSurface(t.boundary) AS label) l
WHERE t.workspace_id = %(workspace)s AND t.alignment_id = %(alignment)s
  AND (%(only)s::bigint[] IS NULL OR t.id = ANY(%(only)s::bigint[]))
ORDER BY t.position, t.id
"""


def territory_rows(alignment: Alignment, only: Collection[int] | None = None) -> list[dict[str, Any]]:
    """Territories with totals, label point and bounds; all of the alignment, or some."""
    if only is not None and not only:
        return []
    totals = territory_totals(alignment, only)
    values = {
        "workspace": alignment.workspace_id,
        "alignment": alignment.pk,
        "only": None if only is None else list(only),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, values)
        return [_row(alignment.pk, row, totals[row[0]]) for row in cursor.fetchall()]


def _row(alignment_id: int, row: tuple[Any, ...], totals: Totals) -> dict[str, Any]:
    rep = None if row[8] is None else {"id": row[8], "name": row[9], "capacity_h": row[10]}
    return {
        "id": row[0], "alignment_id": alignment_id, "code": row[1], "name": row[2], "colour": row[3],
        "target_share": row[4], "is_locked": row[5], "position": row[6], "region": row[17],
        "area_km2": row[7] / 1e6, "rep": rep,
        "totals": totals, "label": None if row[11] is None else {"lon": row[11], "lat": row[12]},
        "bbox": None if row[13] is None else list(row[13:17]),
    }  # fmt: skip
