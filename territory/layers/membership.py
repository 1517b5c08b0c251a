"""Which account lies in which unit, and the sums per unit that follow."""

from collections.abc import Sequence

import numpy as np
import shapely
from django.db import connection
from numpy.typing import NDArray

from accounts.cells import mercator
from territory.models import UnitLayer
from workspace.planner import count_rows

_POINTS = """
SELECT id, ST_X(location), ST_Y(location) FROM accounts_account
WHERE workspace_id = %(workspace)s AND location IS NOT NULL AND (%(only)s IS NULL OR id = ANY(%(only)s::bigint[]))
"""
_FORGET = """
DELETE FROM territory_accountunit WHERE workspace_id = %(workspace)s AND layer_id = %(layer)s
  AND (%(only)s IS NULL OR account_id = ANY(%(only)s::bigint[]))
RETURNING unit_id
"""
_LET_GO = """
DELETE FROM territory_accountunit au USING {going} g
WHERE au.workspace_id = %(workspace)s AND au.layer_id = %(layer)s AND au.account_id = g.account_id
RETURNING au.unit_id
"""
_NEAR = """
SELECT id, ST_AsBinary(boundary) FROM territory_basicunit WHERE workspace_id = %s AND layer_id = %s
  AND x_min <= %s AND x_max >= %s AND y_min <= %s AND y_max >= %s ORDER BY id
"""
_PLACE = """
INSERT INTO territory_accountunit (workspace_id, layer_id, account_id, unit_id)
SELECT %(workspace)s, %(layer)s, account_id, unit_id
FROM unnest(%(accounts)s::bigint[], %(units)s::bigint[]) AS placed (account_id, unit_id)
"""
# Look-ups are LATERAL with OFFSET 0: the planner takes a new layer for an empty one, and would compare each with each.
_SUM = """
WITH wanted AS MATERIALIZED (
    SELECT id FROM territory_basicunit
    WHERE workspace_id = %(workspace)s AND layer_id = %(layer)s AND (%(units)s IS NULL OR id = ANY(%(units)s::bigint[]))
), sums AS MATERIALIZED (
    SELECT w.id, inside.* FROM wanted w CROSS JOIN LATERAL (
        SELECT count(*) AS n_accounts, coalesce(sum(a.revenue_minor), 0)::bigint AS revenue_minor,
            coalesce(sum(a.potential_minor), 0)::bigint AS potential_minor,
            coalesce(sum(a.pipeline_minor), 0)::bigint AS pipeline_minor,
            coalesce(sum(a.visits_per_year * a.service_min_per_visit / 60), 0) AS workload_h
        FROM territory_accountunit au CROSS JOIN LATERAL (
            SELECT * FROM accounts_account a WHERE a.workspace_id = %(workspace)s AND a.id = au.account_id OFFSET 0
        ) a
        WHERE au.workspace_id = %(workspace)s AND au.unit_id = w.id
    ) inside
), changed AS MATERIALIZED (
    SELECT s.*, u.place FROM sums s CROSS JOIN LATERAL (
        SELECT u.*, u.ctid AS place FROM territory_basicunit u
        WHERE u.workspace_id = %(workspace)s AND u.id = s.id OFFSET 0
    ) u
    WHERE (u.n_accounts, u.revenue_minor, u.potential_minor, u.pipeline_minor, u.workload_h)
        IS DISTINCT FROM (s.n_accounts, s.revenue_minor, s.potential_minor, s.pipeline_minor, s.workload_h)
)
UPDATE territory_basicunit u SET n_accounts = c.n_accounts, revenue_minor = c.revenue_minor,
    potential_minor = c.potential_minor, pipeline_minor = c.pipeline_minor, workload_h = c.workload_h
FROM changed c WHERE u.ctid = c.place
"""


def place_all_accounts(layer: UnitLayer) -> None:
    """Every plotted account of the workspace into its unit."""
    _place(layer, None)


def place_accounts(layer: UnitLayer, account_ids: Sequence[int]) -> None:
    """The same for some accounts: new ones, moved ones, ones with new figures."""
    _place(layer, list(account_ids))


def forget_accounts(layer: UnitLayer, *, going: str) -> None:
    """Take the accounts of a temporary table `going (account_id)` out of their units, and out of the units' sums."""
    key = {"workspace": layer.workspace_id, "layer": layer.pk}
    with connection.cursor() as cursor:
        cursor.execute(_LET_GO.format(going=going), key)
        left = sorted({row[0] for row in cursor.fetchall()})
        cursor.execute(_SUM, key | {"units": left})


def _place(layer: UnitLayer, only: list[int] | None) -> None:
    key = {"workspace": layer.workspace_id, "layer": layer.pk, "only": only}
    with connection.cursor() as cursor:
        cursor.execute(_POINTS, key)
        points = np.array(cursor.fetchall(), dtype=np.float64).reshape(-1, 3)
        unit_ids, boundaries = _units_near(layer, points)
        accounts, units = locate(points, unit_ids, boundaries)
        cursor.execute(_FORGET, key)
        left = {row[0] for row in cursor.fetchall()}
        cursor.execute(_PLACE, key | {"accounts": accounts.tolist(), "units": units.tolist()})
        count_rows(len(points), "accounts_account")
        count_rows(len(accounts), "territory_accountunit")
        count_rows(len(unit_ids), "territory_basicunit")
        affected = None if only is None else sorted(left | set(units.tolist()))
        cursor.execute(_SUM, key | {"units": affected})


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


def _units_near(layer: UnitLayer, points: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    """Ids and boundaries of the units whose bounds reach into the bounds of the points."""
    if not len(points):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=object)
    x, y = mercator(points[:, 1], points[:, 2])
    key = [layer.workspace_id, layer.pk, int(x.max()), int(x.min()), int(y.max()), int(y.min())]
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, key)
        rows = cursor.fetchall()
    boundaries = np.empty(len(rows), dtype=object)
    boundaries[:] = [shapely.from_wkb(bytes(row[1])) for row in rows]
    return np.array([row[0] for row in rows], dtype=np.int64), boundaries
