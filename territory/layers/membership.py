"""Which account lies in which unit, and the sums per unit that follow."""

from collections.abc import Sequence

import numpy as np
import shapely
from django.db import connection
from numpy.typing import NDArray

from territory.models import UnitLayer

_ALL_POINTS = """
SELECT id, ST_X(location), ST_Y(location) FROM accounts_account
WHERE workspace_id = %(workspace)s AND location IS NOT NULL AND (%(only)s IS NULL OR id = ANY(%(only)s::bigint[]))
"""
_FORGET = """
DELETE FROM territory_accountunit WHERE workspace_id = %(workspace)s AND layer_id = %(layer)s
  AND (%(only)s IS NULL OR account_id = ANY(%(only)s::bigint[]))
"""
_PLACE = """
INSERT INTO territory_accountunit (workspace_id, layer_id, account_id, unit_id)
SELECT %(workspace)s, %(layer)s, account_id, unit_id
FROM unnest(%(accounts)s::bigint[], %(units)s::bigint[]) AS placed (account_id, unit_id)
"""
# The sums are materialised: the planner takes a new layer for an empty one, and would compute them anew for each unit.
_SUM = """
WITH filled AS MATERIALIZED (
    SELECT au.unit_id, count(*) AS n_accounts, sum(a.revenue_minor)::bigint AS revenue_minor,
        sum(a.potential_minor)::bigint AS potential_minor, sum(a.pipeline_minor)::bigint AS pipeline_minor,
        sum(a.visits_per_year * a.service_min_per_visit / 60) AS workload_h
    FROM territory_accountunit au
    JOIN accounts_account a ON a.workspace_id = %(workspace)s AND a.id = au.account_id
    WHERE au.workspace_id = %(workspace)s AND au.layer_id = %(layer)s
    GROUP BY au.unit_id
), sums AS MATERIALIZED (
    SELECT b.id, coalesce(f.n_accounts, 0) AS n_accounts, coalesce(f.revenue_minor, 0) AS revenue_minor,
        coalesce(f.potential_minor, 0) AS potential_minor, coalesce(f.pipeline_minor, 0) AS pipeline_minor,
        coalesce(f.workload_h, 0) AS workload_h
    FROM territory_basicunit b LEFT JOIN filled f ON f.unit_id = b.id
    WHERE b.workspace_id = %(workspace)s AND b.layer_id = %(layer)s
)
UPDATE territory_basicunit u SET n_accounts = s.n_accounts, revenue_minor = s.revenue_minor,
    potential_minor = s.potential_minor, pipeline_minor = s.pipeline_minor, workload_h = s.workload_h
FROM sums s
WHERE u.workspace_id = %(workspace)s AND u.id = s.id
  AND (u.n_accounts, u.revenue_minor, u.potential_minor, u.pipeline_minor, u.workload_h)
      IS DISTINCT FROM (s.n_accounts, s.revenue_minor, s.potential_minor, s.pipeline_minor, s.workload_h)
"""


def place_all_accounts(layer: UnitLayer) -> None:
    """Every plotted account of the workspace into its unit."""
    _place(layer, None)


def place_accounts(layer: UnitLayer, account_ids: Sequence[int]) -> None:
    """The same for some accounts: new ones, moved ones, ones with new figures."""
    _place(layer, list(account_ids))


def sum_units(layer: UnitLayer) -> None:
    """The sums per unit, from the accounts as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(_SUM, {"workspace": layer.workspace_id, "layer": layer.pk})


def _place(layer: UnitLayer, only: list[int] | None) -> None:
    key = {"workspace": layer.workspace_id, "layer": layer.pk, "only": only}
    with connection.cursor() as cursor:
        cursor.execute(_ALL_POINTS, key)
        points = np.array(cursor.fetchall(), dtype=np.float64).reshape(-1, 3)
        unit_ids, boundaries = _units_of(layer)
        accounts, units = locate(points, unit_ids, boundaries)
        cursor.execute(_FORGET, key)
        cursor.execute(_PLACE, key | {"accounts": accounts.tolist(), "units": units.tolist()})
    sum_units(layer)


def locate(
    points: NDArray[np.float64], unit_ids: NDArray[np.int64], boundaries: NDArray[np.object_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Account ids and unit ids of the points (id, lon, lat) that lie in a unit; on a border the lower unit id wins."""
    if not len(points) or not len(unit_ids):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    shapely.prepare(boundaries)
    located = shapely.STRtree(shapely.points(points[:, 1:]))
    unit_index, point_index = located.query(boundaries, predicate="intersects")
    order = np.lexsort((unit_ids[unit_index], point_index))
    first = np.unique(point_index[order], return_index=True)[1]
    kept = order[first]
    return points[point_index[kept], 0].astype(np.int64), unit_ids[unit_index[kept]]


def _units_of(layer: UnitLayer) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, ST_AsBinary(boundary) FROM territory_basicunit WHERE workspace_id = %s AND layer_id = %s "
            "ORDER BY id",
            [layer.workspace_id, layer.pk],
        )
        rows = cursor.fetchall()
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    return ids, np.array([shapely.from_wkb(bytes(row[1])) for row in rows], dtype=object)
