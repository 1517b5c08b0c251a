"""Writing a unit layer: its units, who touches whom, and which accounts lie in which unit."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import shapely
from django.db import connection
from numpy.typing import NDArray

from accounts.cells import mercator
from territory.geodesy import area_m2
from territory.layers.barriers import cut_at_barriers
from territory.layers.membership import place_all_accounts
from territory.layers.units import Units
from territory.models import UnitLayer, UnitLayerState

_UNIT_COLUMNS = "code, name, boundary, lon, lat, area_m2, x_min, x_max, y_min, y_max"


def write_layer(layer: UnitLayer, units: Units) -> None:
    """Replace whatever the layer held. Call it inside a transaction: a layer is there whole or not at all."""
    with connection.cursor() as cursor:
        for table in ("territory_accountunit", "territory_unitadjacency", "territory_basicunit"):
            cursor.execute(f"DELETE FROM {table} WHERE workspace_id = %s AND layer_id = %s", _key(layer))
        with _staged(cursor, "staged_unit", f"SELECT {_UNIT_COLUMNS} FROM territory_basicunit", _rows(units)):
            cursor.execute(
                f"INSERT INTO territory_basicunit (workspace_id, layer_id, n_accounts, revenue_minor, potential_minor, "
                f"pipeline_minor, workload_h, {_UNIT_COLUMNS}) "
                f"SELECT %s, %s, 0, 0, 0, 0, 0, {_UNIT_COLUMNS} FROM staged_unit ORDER BY code",
                _key(layer),
            )
        _write_edges(cursor, layer, units)
    cut_at_barriers(layer)
    place_all_accounts(layer)
    _finish(layer, units)


def _finish(layer: UnitLayer, units: Units) -> None:
    west, south, east, north = shapely.total_bounds(units.boundaries)
    layer.n_units = len(units)
    layer.bbox = [float(west), float(south), float(east), float(north)]
    layer.year = units.year
    layer.state = UnitLayerState.READY
    layer.save(update_fields=["n_units", "bbox", "year", "state"])


def _rows(units: Units) -> Iterator[tuple[Any, ...]]:
    points = shapely.point_on_surface(units.boundaries)
    x_min, x_max, y_min, y_max = _grid_bounds(shapely.bounds(units.boundaries))
    wkb = shapely.to_wkb(shapely.set_srid(units.boundaries, 4326), hex=True, include_srid=True)
    for index, boundary in enumerate(units.boundaries):
        yield (
            units.codes[index], units.names[index], wkb[index], points[index].x, points[index].y, area_m2(boundary),
            int(x_min[index]), int(x_max[index]), int(y_min[index]), int(y_max[index]),
        )  # fmt: skip


def _grid_bounds(bounds: NDArray[np.float64]) -> tuple[NDArray[np.int64], ...]:
    """West, east, north and south edges on the tile grid, where y runs south."""
    x_min, y_max = mercator(bounds[:, 0], bounds[:, 1])
    x_max, y_min = mercator(bounds[:, 2], bounds[:, 3])
    return x_min, x_max, y_min, y_max


def _write_edges(cursor: Any, layer: UnitLayer, units: Units) -> None:
    """Units were inserted in the order of their codes, so that ids rise with the rank of the code."""
    cursor.execute(
        "SELECT id FROM territory_basicunit WHERE workspace_id = %s AND layer_id = %s ORDER BY code", _key(layer)
    )
    ids = np.array([row[0] for row in cursor.fetchall()], dtype=np.int64)
    rank = np.empty(len(units), dtype=np.int64)
    rank[np.argsort(np.array(units.codes))] = np.arange(len(units))
    pairs = np.sort(ids[rank[units.edges]], axis=1) if len(units.edges) else np.empty((0, 2), dtype=np.int64)
    cursor.execute(
        "INSERT INTO territory_unitadjacency (workspace_id, layer_id, unit_a_id, unit_b_id, is_cut) "
        "SELECT %s, %s, a, b, false FROM unnest(%s::bigint[], %s::bigint[]) AS pair (a, b)",
        [*_key(layer), pairs[:, 0].tolist(), pairs[:, 1].tolist()],
    )


@contextmanager
def _staged(cursor: Any, table: str, shape: str, rows: Iterator[tuple[Any, ...]]) -> Iterator[None]:
    """Rows in a temporary table: COPY is refused on tables under row-level security."""
    cursor.execute(f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS {shape} LIMIT 0")
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    text.seek(0)
    cursor.copy_expert(f"COPY {table} FROM STDIN (FORMAT csv)", text)
    yield
    cursor.execute(f"DROP TABLE {table}")


def _key(layer: UnitLayer) -> list[int]:
    return [layer.workspace_id, layer.pk]
