"""Vector tiles (Mapbox Vector Tile 2.1): accounts, units and territories of one alignment."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from accounts.cells import SIZE, ZOOM, tile_range
from territory.models import Alignment

EXTENT = 4096
ZOOM_MAX = 16
# Up to here accounts come as groups on a grid of 64 × 64 squares a tile, from here on one by one.
GROUPED_ZOOM_MAX = 9
GRID_BITS = 6

# Ordered, so that the index on cells is the cheapest however few rows the planner expects of a new alignment.
_CELLS = """
SELECT cell, account_id, territory_id, {amount} AS amount, mercator_x, mercator_y{segment}
FROM territory_accountassignment
WHERE workspace_id = %(workspace)s AND alignment_id = %(alignment)s AND cell >= %(low)s AND cell < %(high)s
ORDER BY cell OFFSET 0
"""
# By territory and revenue a tile is answered from the index alone; the other ways to look at it read the rows too,
# which lie in the order of cells.
AMOUNTS = {
    "revenue": "revenue_minor",
    "potential": "potential_minor",
    "pipeline": "pipeline_minor",
    "workload": "workload_h",
}
# Sums and averages are taken in double precision: exact numerics took twice as long for what a pixel shows.
_GROUPS = f"""
SELECT ST_AsMVT(tile, 'accounts', {EXTENT}, 'geom') FROM (
    SELECT ST_MakePoint(
            floor((avg(mercator_x::float8) - %(x0)s) * {EXTENT} / %(side)s),
            floor((avg(mercator_y::float8) - %(y0)s) * {EXTENT} / %(side)s)
        ) AS geom, count(*)::int AS n, least(sum(amount::float8), 9e18)::bigint AS r,
        coalesce(territory_id, 0) AS t{{shown}}
    FROM ({_CELLS}) inside
    GROUP BY cell >> %(shift)s, territory_id{{segment}}
) tile
"""
_POINTS = f"""
SELECT ST_AsMVT(tile, 'accounts', {EXTENT}, 'geom', 'id') FROM (
    SELECT account_id AS id, ST_MakePoint(
            floor((mercator_x - %(x0)s) * {EXTENT}::float8 / %(side)s),
            floor((mercator_y - %(y0)s) * {EXTENT}::float8 / %(side)s)
        ) AS geom, 1 AS n, amount AS r, coalesce(territory_id, 0) AS t{{shown}}
    FROM ({_CELLS}) inside
) tile
"""
_SHAPE = f"""
ST_AsMVTGeom(ST_Simplify(ST_Transform(boundary, 3857), %(tolerance)s, true),
    ST_TileEnvelope(%(z)s, %(x)s, %(y)s), {EXTENT}, 64, true)
"""
_UNITS = f"""
SELECT ST_AsMVT(tile, 'units', {EXTENT}, 'geom', 'id') FROM (
    SELECT id, code, name, {_SHAPE} AS geom FROM territory_basicunit
    WHERE workspace_id = %(workspace)s AND layer_id = %(layer)s
      AND x_min <= %(x1)s AND x_max >= %(x0)s AND y_min <= %(y1)s AND y_max >= %(y0)s
) tile WHERE geom IS NOT NULL
"""
_TERRITORIES = f"""
SELECT ST_AsMVT(tile, 'territories', {EXTENT}, 'geom', 'id') FROM (
    SELECT id, name, {_SHAPE} AS geom FROM territory_territory
    WHERE workspace_id = %(workspace)s AND alignment_id = %(alignment)s
      AND boundary && ST_Transform(ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 0.02), 4326)
) tile WHERE geom IS NOT NULL
"""


def account_tile(
    alignment: Alignment, z: int, x: int, y: int, *, amount: str = "revenue", has_segments: bool = False
) -> bytes:
    """`n` accounts, the sum `r` of an amount of theirs (one of AMOUNTS), territory `t`, and on wish segment `s`.

    Money in minor units, workload in hours a year; segments by number (accounts.Segment).
    """
    low, high = tile_range(z, x, y)
    values = _grid(alignment, z, x, y) | {"low": low, "high": high, "shift": 2 * max(ZOOM - z - GRID_BITS, 0)}
    return _tile(_account_statement(z, amount=amount, has_segments=has_segments), values)


def unit_tile(alignment: Alignment, z: int, x: int, y: int) -> bytes:
    return _tile(_UNITS, _grid(alignment, z, x, y) | {"layer": alignment.unit_layer_id})


def territory_tile(alignment: Alignment, z: int, x: int, y: int) -> bytes:
    return _tile(_TERRITORIES, _grid(alignment, z, x, y))


TILES: dict[str, Callable[..., bytes]] = {
    "accounts": account_tile,
    "units": unit_tile,
    "territories": territory_tile,
}


def _account_statement(z: int, *, amount: str = "revenue", has_segments: bool = False) -> str:
    return (_GROUPS if z <= GROUPED_ZOOM_MAX else _POINTS).format(
        amount=AMOUNTS[amount],
        segment=", segment" if has_segments else "",
        shown=", segment AS s" if has_segments else "",
    )


def _grid(alignment: Alignment, z: int, x: int, y: int) -> dict[str, Any]:
    """The tile on the grid of zoom 26, and half a screen pixel on the ground in metres of Web Mercator."""
    side = SIZE >> z
    return {
        "workspace": alignment.workspace_id, "alignment": alignment.pk, "z": z, "x": x, "y": y, "side": side,
        "x0": x * side, "y0": y * side, "x1": (x + 1) * side, "y1": (y + 1) * side,
        "tolerance": 40_075_016.686 / (1 << z) / 1024,
    }  # fmt: skip


def _tile(statement: str, values: dict[str, Any]) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bytes(cursor.fetchone()[0])
