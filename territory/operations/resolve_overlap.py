from collections.abc import Sequence

import numpy as np
import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from territory.boundaries import as_multipolygon
from territory.models import Alignment, Basis, Territory
from territory.operations.drawn import drawn_shapes, redrawn
from territory.operations.planned import Planned, require_basis, territories_of
from territory.patches import Patch
from workspace.exceptions import Conflict, Invalid

# Degrees: about a millimetre. Both sides of a cut get the very same corners.
GRID = 1e-8
# Degrees: farther than any territory reaches.
FAR = 400.0


def resolve_overlap(alignment: Alignment, *, territory_ids: Sequence[int], keeper_id: int | None = None) -> Planned:
    """Ground that two drawn territories claim goes to one of them; without a keeper it is cut along the middle."""
    require_basis(alignment, Basis.DRAWN)
    if len(set(territory_ids)) != 2:
        raise Invalid.field("territory_ids", "name two territories", value=len(set(territory_ids)), bound=2)
    both = territories_of(alignment, territory_ids, field="territory_ids")
    if keeper_id is not None and keeper_id not in territory_ids:
        raise Invalid.field("keeper_id", "must be one of the two territories", value=keeper_id)
    drawn = drawn_shapes(alignment)
    one, other = (drawn.get(territory.pk, MultiPolygon()) for territory in both)
    ground = as_multipolygon(shapely.intersection(one, other, grid_size=GRID))
    if ground.is_empty:
        raise Conflict(f"“{both[0].name}” and “{both[1].name}” do not overlap.")
    changed = {}
    for territory, kept in zip(both, _kept(one, other, ground, both, keeper_id), strict=True):
        if kept is None:
            continue
        if kept.is_empty:
            raise Conflict(f"“{territory.name}” lies inside the other territory and would be left with no ground.")
        changed[territory.pk] = redrawn(drawn[territory.pk], kept)
    return Planned(Patch(territories=changed), _label(*both, keeper_id))


def nearer_part(ground: MultiPolygon, here: BaseGeometry, there: BaseGeometry) -> tuple[MultiPolygon, MultiPolygon]:
    """What of the ground lies nearer to the middle of `here` than to that of `there`, and the rest."""
    stretch = float(np.cos(np.radians(ground.centroid.y)))
    a, b = (np.array([shape.centroid.x * stretch, shape.centroid.y]) for shape in (here, there))
    apart = b - a if np.hypot(*(b - a)) > 0 else np.array([1.0, 0.0])
    ahead = apart / np.hypot(*apart)
    middle, aside = (a + b) / 2, np.array([-ahead[1], ahead[0]])
    corners = [middle + FAR * aside, middle - FAR * aside]
    corners += [corners[1] - FAR * ahead, corners[0] - FAR * ahead]
    half = shapely.Polygon([(x / stretch, y) for x, y in corners])
    near = as_multipolygon(shapely.intersection(ground, half, grid_size=GRID))
    return near, without(ground, near)


def without(shape: MultiPolygon, part: BaseGeometry) -> MultiPolygon:
    return as_multipolygon(shapely.difference(shape, part, grid_size=GRID))


def _kept(
    one: MultiPolygon, other: MultiPolygon, ground: MultiPolygon, both: Sequence[Territory], keeper_id: int | None
) -> tuple[MultiPolygon | None, MultiPolygon | None]:
    """What is left of each of the two; None where nothing of it goes."""
    if keeper_id == both[0].pk:
        return None, without(other, ground)
    if keeper_id == both[1].pk:
        return without(one, ground), None
    rests = (without(one, ground), without(other, ground))
    bodies = [shape if rest.is_empty else rest for shape, rest in zip((one, other), rests, strict=True)]
    near_one, near_other = nearer_part(ground, *bodies)
    return without(one, near_other), without(other, near_one)


def _label(one: Territory, other: Territory, keeper_id: int | None) -> str:
    if keeper_id is None:
        return f"Split what “{one.name}” and “{other.name}” both claimed"
    keeper, giver = (one, other) if keeper_id == one.pk else (other, one)
    return f"Gave “{keeper.name}” what “{giver.name}” claimed too"
