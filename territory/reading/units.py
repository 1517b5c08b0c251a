from typing import Any

from django.db import connection

from territory.models import Alignment, UnitLayer

UNIT_FIELDS = (
    "id", "code", "name", "lon", "lat", "area_km2", "n_accounts", "revenue_minor", "potential_minor", "pipeline_minor",
    "workload_h",
)  # fmt: skip
_UNITS = """
SELECT id, code, name, round(lon::numeric, 6)::float8, round(lat::numeric, 6)::float8, area_m2 / 1e6, n_accounts,
    revenue_minor, potential_minor, pipeline_minor, workload_h
FROM territory_basicunit WHERE workspace_id = %s AND layer_id = %s ORDER BY id
"""
_EDGES = """
SELECT unit_a_id, unit_b_id, is_cut::int FROM territory_unitadjacency WHERE workspace_id = %s AND layer_id = %s
ORDER BY unit_a_id, unit_b_id
"""
_OWNERS = """
SELECT u.id, ua.territory_id FROM territory_basicunit u
LEFT JOIN territory_unitassignment ua
  ON ua.workspace_id = u.workspace_id AND ua.alignment_id = %s AND ua.unit_id = u.id
WHERE u.workspace_id = %s AND u.layer_id = %s ORDER BY u.id
"""


def unit_table(layer: UnitLayer) -> dict[str, Any]:
    """All units as rows with their sums, and who touches whom."""
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, [layer.workspace_id, layer.pk])
        units = cursor.fetchall()
        cursor.execute(_EDGES, [layer.workspace_id, layer.pk])
        edges = cursor.fetchall()
    return {"layer_id": layer.pk, "fields": UNIT_FIELDS, "units": units, "edges": edges}


def unit_owners(alignment: Alignment) -> dict[str, list[int | None]]:
    """Every unit of the alignment's layer with its territory, or None."""
    with connection.cursor() as cursor:
        cursor.execute(_OWNERS, [alignment.pk, alignment.workspace_id, alignment.unit_layer_id])
        rows = cursor.fetchall()
    return {"unit_ids": [row[0] for row in rows], "territory_ids": [row[1] for row in rows]}
