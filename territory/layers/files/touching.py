"""Who touches whom, from boundaries alone: those who share a segment, and of the others those who share a line."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon

from territory.layers.units import unique_edges

# Two files of one survey differ in the last digits; a hundred-millionth of a degree is a millimetre.
_GRID = 1e8
# Positions in a DE-9IM matrix where two areas share more than points: interiors, and borders with either.
_SHARED = (0, 1, 3, 4)


def touching_pairs(boundaries: list[MultiPolygon]) -> NDArray[np.int64]:
    """Pairs of positions whose areas share a stretch of border, or ground. Corners alone do not count."""
    near = _near(boundaries)
    if not len(near):
        return near
    same_segment = _sharing_segments(boundaries)
    keys = near[:, 0] * len(boundaries) + near[:, 1]
    known = np.isin(keys, same_segment[:, 0] * len(boundaries) + same_segment[:, 1])
    areas = np.array(boundaries, dtype=object)
    asked = near[~known]
    related = shapely.relate(areas[asked[:, 0]], areas[asked[:, 1]])
    touches = [any(matrix[place] in "12" for place in _SHARED) for matrix in related]
    return unique_edges(np.concatenate([near[known], asked[np.array(touches, dtype=bool)]]))


def _near(boundaries: list[MultiPolygon]) -> NDArray[np.int64]:
    """Pairs that have at least a point in common."""
    areas = np.array(boundaries, dtype=object)
    shapely.prepare(areas)
    return unique_edges(shapely.STRtree(areas).query(areas, predicate="intersects").T)


def _sharing_segments(boundaries: list[MultiPolygon]) -> NDArray[np.int64]:
    """Neighbours from one source have the same corners: equal segments then lie next to each other when sorted."""
    rings, ring_owner = shapely.get_rings(np.array(boundaries, dtype=object), return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    corners = np.round(points * _GRID).astype(np.int64)
    within = ring[:-1] == ring[1:]
    start, end = corners[:-1][within], corners[1:][within]
    owner = ring_owner[ring[:-1][within]]
    is_turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    low, high = np.where(is_turned[:, None], end, start), np.where(is_turned[:, None], start, end)
    order = np.lexsort((owner, high[:, 1], high[:, 0], low[:, 1], low[:, 0]))
    segments = np.column_stack([low, high])[order]
    same = (segments[1:] == segments[:-1]).all(axis=1)
    owners = owner[order]
    return unique_edges(np.column_stack([owners[:-1][same], owners[1:][same]]))
