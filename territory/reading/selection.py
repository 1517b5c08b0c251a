from typing import Any

from django.db import connection
from shapely import MultiPolygon, to_wkb

from territory.models import Alignment
from territory.quadtree import cover

IDS_MAX = 10_000
_INSIDE = """
SELECT found.* FROM unnest(%(low)s::bigint[], %(high)s::bigint[], %(edge)s::boolean[]) AS range (low, high, is_edge)
CROSS JOIN LATERAL (
    SELECT s.account_id, s.territory_id, s.revenue_minor, s.potential_minor, s.workload_h
    FROM territory_accountassignment s
    WHERE s.workspace_id = %(workspace)s AND s.alignment_id = %(alignment)s
      AND s.cell >= range.low AND s.cell < range.high ORDER BY s.cell OFFSET 0
) found
WHERE NOT range.is_edge OR ST_Covers(%(area)s::geometry, (
    SELECT a.location FROM accounts_account a WHERE a.workspace_id = %(workspace)s AND a.id = found.account_id))
"""
_SUMS = f"""
WITH inside AS MATERIALIZED ({_INSIDE})
SELECT territory_id, count(*), sum(revenue_minor)::bigint, sum(potential_minor)::bigint, sum(workload_h),
    (array_agg(account_id ORDER BY account_id))[1:%(ids_max)s]
FROM inside GROUP BY territory_id ORDER BY count(*) DESC, territory_id
"""


def select_area(alignment: Alignment, area: MultiPolygon) -> dict[str, Any]:
    """What lies inside a drawn area, and whose it is. Squares wholly inside need no test of their points."""
    covering = cover(area)
    values = {
        "workspace": alignment.workspace_id, "alignment": alignment.pk, "low": covering.low.tolist(),
        "high": covering.high.tolist(), "edge": covering.is_edge.tolist(), "ids_max": IDS_MAX,
        "area": f"SRID=4326;{to_wkb(area, hex=True)}",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, values)
        rows = cursor.fetchall()
    ids = sorted(account_id for row in rows for account_id in row[5])
    n_accounts = sum(row[1] for row in rows)
    return {
        "n_accounts": n_accounts,
        "revenue_minor": sum(row[2] for row in rows),
        "potential_minor": sum(row[3] for row in rows),
        "workload_h": sum(row[4] for row in rows),
        "by_territory": [
            {"territory_id": row[0], "n_accounts": row[1], "revenue_minor": row[2], "workload_h": row[4]}
            for row in rows
        ],
        "account_ids": ids[:IDS_MAX],
        "is_truncated": n_accounts > IDS_MAX,
    }
