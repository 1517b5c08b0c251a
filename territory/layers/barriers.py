"""Barriers between units: hard ones cut the step from a unit to the one beside it, soft ones make it dearer.

A barrier parts two touching units when it meets the straight step between their label points, so that it need not
follow their border. A bridge opens one such step of its own barrier: the nearest, when it is no further off than the
step is long. In each unit layer a bridge joins one pair of units.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.db import connection
from numpy.typing import NDArray

from territory.locks import own_barriers
from territory.models import Barrier, UnitLayer

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
KM_PER_DEGREE = 111.195
# Rows that a change may touch: those some barrier marks, and those near one.
_STEPS = """
SELECT e.id, a.lon, a.lat, b.lon, b.lat, e.is_cut::int, e.crossing_km FROM territory_unitadjacency e
JOIN territory_basicunit a ON a.workspace_id = e.workspace_id AND a.id = e.unit_a_id
JOIN territory_basicunit b ON b.workspace_id = e.workspace_id AND b.id = e.unit_b_id
WHERE e.workspace_id = %(workspace)s AND e.layer_id = %(layer)s AND (
    e.is_cut OR e.crossing_km > 0 OR (
        least(a.lon, b.lon) <= %(east)s AND greatest(a.lon, b.lon) >= %(west)s
        AND least(a.lat, b.lat) <= %(north)s AND greatest(a.lat, b.lat) >= %(south)s
    )
) ORDER BY e.id
"""
_MARK = """
UPDATE territory_unitadjacency e SET is_cut = m.is_cut, crossing_km = m.crossing_km
FROM unnest(%s::bigint[], %s::boolean[], %s::float8[]) AS m (id, is_cut, crossing_km)
WHERE e.workspace_id = %s AND e.layer_id = %s AND e.id = m.id
"""
NOWHERE = (np.inf, np.inf, -np.inf, -np.inf)


@dataclass(frozen=True, eq=False)
class Steps:
    """S steps between touching units. ids (S,), ends (S, 2, 2) in degrees, and how they are marked now."""

    ids: IntArray
    ends: FloatArray
    is_cut: NDArray[np.bool_]
    crossing_km: FloatArray


def follow_barriers(workspace_id: int) -> None:
    """Mark the steps of every layer by the workspace's barriers as they are now. Call it inside their transaction."""
    for layer in UnitLayer.objects.filter(workspace_id=workspace_id).order_by("id"):
        cut_at_barriers(layer)


def cut_at_barriers(layer: UnitLayer) -> int:
    """Mark the layer's steps by the workspace's barriers as they are now. Returns how many are cut."""
    own_barriers(layer.workspace_id)
    barriers = list(Barrier.objects.filter(workspace_id=layer.workspace_id).order_by("id"))
    shapes = [shapely.from_wkb(bytes(barrier.shape.wkb)) for barrier in barriers]
    steps = _read_steps(layer, shapes)
    is_cut = np.zeros(len(steps.ids), dtype=bool)
    crossing_km = np.zeros(len(steps.ids))
    for barrier, shape in zip(barriers, shapes, strict=True):
        parted = parted_steps(steps, shape, barrier.bridges)
        if barrier.is_hard:
            is_cut[parted] = True
        else:
            crossing_km[parted] += barrier.cost_km
    _write(layer, steps, is_cut, crossing_km)
    return int(is_cut.sum())


def count_parted(layer: UnitLayer, shape: shapely.Geometry, bridges: Sequence[Sequence[float]]) -> int:
    """Pairs of the layer's touching units that a barrier of this shape would part."""
    return len(parted_steps(_read_steps(layer, [shape]), shape, bridges))


def parted_steps(steps: Steps, shape: shapely.Geometry, bridges: Sequence[Sequence[float]]) -> IntArray:
    """Places (P,) of the steps that the shape parts, those that bridges open left out."""
    lines = shapely.linestrings(steps.ends)
    parted = np.sort(shapely.STRtree(lines).query(shape, predicate="intersects")).astype(np.int64)
    opened = {_opened(steps.ends[parted], bridge) for bridge in bridges}
    return np.delete(parted, sorted(place for place in opened if place is not None))


def _opened(ends: FloatArray, bridge: Sequence[float]) -> int | None:
    """Which of the steps (P, 2, 2) the bridge opens. Around the bridge degrees are turned into km."""
    if not len(ends):
        return None
    scale = np.array([KM_PER_DEGREE * np.cos(np.radians(bridge[1])), KM_PER_DEGREE])
    lines = shapely.linestrings((ends - np.asarray(bridge)) * scale)
    distances_km = shapely.distance(lines, shapely.Point(0, 0))
    nearest = int(np.argmin(distances_km))
    return nearest if distances_km[nearest] <= shapely.length(lines[nearest]) else None


def _read_steps(layer: UnitLayer, shapes: Sequence[shapely.Geometry]) -> Steps:
    west, south, east, north = shapely.total_bounds(shapes).tolist() if shapes else NOWHERE
    values = {"workspace": layer.workspace_id, "layer": layer.pk}
    box = {"west": west, "south": south, "east": east, "north": north}
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, values | box)
        rows = np.array(cursor.fetchall(), dtype=np.float64).reshape(-1, 7)
    return Steps(rows[:, 0].astype(np.int64), rows[:, 1:5].reshape(-1, 2, 2), rows[:, 5] > 0, rows[:, 6])


def _write(layer: UnitLayer, steps: Steps, is_cut: NDArray[np.bool_], crossing_km: FloatArray) -> None:
    changed = (is_cut != steps.is_cut) | (crossing_km != steps.crossing_km)
    marks: list[Any] = [array[changed].tolist() for array in (steps.ids, is_cut, crossing_km)]
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [*marks, layer.workspace_id, layer.pk])
