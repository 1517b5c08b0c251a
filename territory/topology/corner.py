"""One corner of a border moves, comes or goes for everyone who shares it, in the manner of topological editing."""

from collections.abc import Mapping

import numpy as np
import shapely
from shapely import Geometry, LineString, MultiPolygon, Point, Polygon

from territory.topology.settling import settle
from territory.topology.snapping import SNAP, Points, apart_from_each_other, corners_of, nearest_within, noded
from workspace.exceptions import Invalid

Place = tuple[float, float]
# Territory → boundary.
Fabric = dict[int, MultiPolygon]


def move_corner(shapes: Mapping[int, MultiPolygon], moved: int, corner: Place, to: Place | None) -> Fabric:
    """The boundaries that change when a corner of one of them goes to another place, or away.

    A corner that is not there yet is put into the edge that passes it. All who have the corner follow. Ground that
    the moved territory then covers anew it takes from the others, ground enclosed between them is not left to nobody.
    """
    node = _node(shapes[moved], corner)
    holders = [i for i, shape in shapes.items() if shapely.dwithin(shapely.boundary(shape), Point(node), SNAP)]
    before = dict(shapes) | _nodes(shapes, holders, node)
    end = None if to is None else _end(before, node, to)
    after = dict(before)
    for i in sorted(holders, key=lambda i: i != moved):
        with_moved = _replaced(before[i], node, end)
        if with_moved is not None:
            after[i] = with_moved
        elif i == moved:
            raise Invalid.field("to", "would fold the border over itself", value=to)
    settled = settle(before, after, moved)
    return {i: shape for i, shape in settled.items() if i in after and not shapes[i].equals_exact(shape)}


def _node(shape: MultiPolygon, corner: Place) -> Place:
    """The corner as the boundary itself has it, or the place on its edge."""
    border = shapely.boundary(shape)
    if not shapely.dwithin(border, Point(corner), SNAP):
        raise Invalid.field("corner", "does not lie on the border of this territory", value=corner)
    nearest = nearest_within(corners_of([shape], Point(corner)), np.array(corner))
    return corner if nearest is None else _place(nearest)


def _nodes(shapes: Mapping[int, MultiPolygon], holders: list[int], node: Place) -> Fabric:
    """The holders with the node as a corner, and with everybody's corners in the edges that will move."""
    there = {i: noded(shapes[i], np.array([node])) for i in holders}
    edges = shapely.multilinestrings([edge for shape in there.values() for edge in _edges_at(shape, node)])
    everybody = [shape for i, shape in shapes.items() if i not in there] + list(there.values())
    corners = corners_of(everybody, edges)
    shapely.prepare(edges)
    on_edges = apart_from_each_other(corners[shapely.dwithin(edges, shapely.points(corners), SNAP)])
    return {i: noded(shape, on_edges) for i, shape in there.items()}


def _edges_at(shape: MultiPolygon, node: Place) -> list[LineString]:
    edges = []
    for ring in _rings(shape):
        points = ring[:-1]
        for index in np.flatnonzero((points == node).all(axis=1)):
            edges += [LineString([points[index - 1], node]), LineString([node, points[(index + 1) % len(points)]])]
    return edges


def _end(shapes: Mapping[int, MultiPolygon], node: Place, to: Place) -> Place:
    """Where the corner comes to lie: on another corner, if it was put next to one."""
    corners = corners_of(shapes.values(), Point(to))
    nearest = nearest_within(corners[~(corners == node).all(axis=1)], np.array(to))
    return to if nearest is None else _place(nearest)


def _replaced(shape: MultiPolygon, node: Place, end: Place | None) -> MultiPolygon | None:
    """The shape with its corner elsewhere, or without it; None where that is no area any more."""
    parts = []
    for part in shape.geoms:
        rings = [_ring(ring, node, end) for ring in _rings(MultiPolygon([part]))]
        if rings[0] is None:
            return None
        parts.append(Polygon(rings[0], [ring for ring in rings[1:] if ring is not None]))
    replaced = MultiPolygon(parts)
    return replaced if replaced.is_valid else None


def _ring(ring: Points, node: Place, end: Place | None) -> Points | None:
    """None where too few corners are left."""
    points = ring[:-1]
    is_node = (points == node).all(axis=1)
    points = points[~is_node] if end is None else np.where(is_node[:, None], np.array(end), points)
    following = np.roll(points, -1, axis=0)
    points = points[~(points == following).all(axis=1)]
    return points if len(points) >= 3 else None


def _rings(shape: Geometry) -> list[Points]:
    return [
        shapely.get_coordinates(ring) for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)
    ]


def _place(point: Points) -> Place:
    return float(point[0]), float(point[1])
