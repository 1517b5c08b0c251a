"""After a border has moved: no overlap and no gap that was not there before."""

from collections.abc import Iterator, Mapping

import numpy as np
import shapely
from shapely import Geometry, MultiPolygon, Polygon

from territory.boundaries import as_multipolygon
from territory.topology.snapping import SNAP
from workspace.exceptions import Conflict

Shapes = Mapping[int, MultiPolygon]


def settle(before: Shapes, after: Shapes, moved: int) -> dict[int, MultiPolygon]:
    """The shapes as they are after the move, mended where they claim the same ground anew or leave some between them.

    The moved one keeps what it covers, then those that moved with it. Overlaps and gaps of before stay. Shapes far
    from the move are left out.
    """
    changed = [i for i in after if not after[i].equals_exact(before[i])]
    reach = shapely.box(*shapely.total_bounds([shape[i] for i in changed for shape in (before, after)]))
    ranked = sorted(
        (i for i in after if shapely.intersects(after[i], reach)), key=lambda i: (i != moved, i not in changed, i)
    )
    settled: dict[int, MultiPolygon] = {}
    for rank, i in enumerate(ranked):
        shape = after[i]
        for other in ranked[:rank]:
            if i in changed or other in changed:
                shape = _without(shape, _new_overlap(before[other], before[i], settled[other], shape))
        settled[i] = shape
    ground = shapely.union_all([before[i] for i in ranked])
    for gap in _gaps(ground, shapely.union_all(list(settled.values()))):
        heir = max(ranked, key=lambda i: (i != moved, _shared(gap, settled[i]), -i))
        settled[heir] = as_multipolygon(shapely.union(settled[heir], gap))
    _check(ground, settled)
    return settled


def is_sliver(area: Geometry) -> bool:
    """Thinner than what is told apart."""
    return bool(shapely.is_empty(shapely.buffer(area, -SNAP / 2)))


def _new_overlap(before_a: Geometry, before_b: Geometry, after_a: Geometry, after_b: Geometry) -> MultiPolygon:
    both = shapely.intersection(after_a, after_b)
    if shapely.area(both) == 0:
        return MultiPolygon()
    fresh = as_multipolygon(shapely.difference(both, shapely.intersection(before_a, before_b)))
    return MultiPolygon([part for part in fresh.geoms if not is_sliver(part)])


def _without(shape: MultiPolygon, overlap: MultiPolygon) -> MultiPolygon:
    return shape if overlap.is_empty else as_multipolygon(shapely.difference(shape, overlap))


def _gaps(before: Geometry, after: Geometry) -> Iterator[Polygon]:
    """Ground given up that does not lie at the outer border: that moved inwards, which is what was wanted."""
    outer = shapely.boundary(before)
    for part in as_multipolygon(shapely.difference(before, after)).geoms:
        if not is_sliver(part) and not _runs_along(part, outer):
            yield part


def _runs_along(part: Polygon, line: Geometry) -> bool:
    """Whether an edge of the part, not merely a corner, lies on the line."""
    points = shapely.get_coordinates(part.exterior)
    starts, ends = points[:-1], points[1:]
    thirds = shapely.points(np.concatenate([starts + (ends - starts) / 3, starts + (ends - starts) * 2 / 3]))
    on_line = shapely.dwithin(line, thirds, SNAP).reshape(2, -1).all(axis=0)
    return bool((on_line & (np.hypot(*(ends - starts).T) > 9 * SNAP)).any())


def _shared(gap: Polygon, shape: MultiPolygon) -> float:
    return float(shapely.length(shapely.intersection(gap.exterior, shapely.buffer(shape, SNAP))))


def _check(ground: Geometry, settled: Mapping[int, MultiPolygon]) -> None:
    """The ground is the same as before, but for what the outer border gained or gave up."""
    for shape in settled.values():
        if not shape.is_valid:
            raise Conflict("The border cannot be moved like that without breaking a neighbour's. Nothing was changed.")
    if any(True for _ in _gaps(ground, shapely.union_all(list(settled.values())))):
        raise Conflict("The border cannot be moved like that without leaving a gap. Nothing was changed.")
