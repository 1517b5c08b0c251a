from collections.abc import Sequence

import numpy as np
import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from territory.models import Alignment, Basis, Territory
from territory.operations.planned import Planned, require_basis, territories_of
from territory.patches import Patch, encode_boundary
from territory.patches.patch import shape_of
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
    one, other = territories_of(alignment, territory_ids, field="territory_ids")
    if keeper_id is not None and keeper_id not in territory_ids:
        raise Invalid.field("keeper_id", "must be one of the two territories", value=keeper_id)
    shapes = [shape_of(one), shape_of(other)]
    if shapes[0] is None or shapes[1] is None:
        raise Conflict(f"“{one.name}” and “{other.name}” do not overlap.")
    ground = areas(shapely.intersection(shapes[0], shapes[1], grid_size=GRID))
    if ground is None:
        raise Conflict(f"“{one.name}” and “{other.name}” do not overlap.")
    lost = _lost(shapes, ground, None if keeper_id is None else int(keeper_id == one.pk))
    changed = {}
    for territory, shape, part in zip((one, other), shapes, lost, strict=True):
        if part is None:
            continue
        rest = areas(shapely.difference(shape, part, grid_size=GRID))
        if rest is None:
            raise Conflict(f"“{territory.name}” lies inside the other territory and would be left with no ground.")
        changed[territory.pk] = ({"boundary": encode_boundary(shape)}, {"boundary": encode_boundary(rest)})
    return Planned(Patch(territories=changed), _label(one, other, keeper_id))


def areas(shape: BaseGeometry) -> MultiPolygon | None:
    """The ground of a geometry, without the lines and points where shapes only touch; None where there is none."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon) and not part.is_empty]
    return MultiPolygon(parts) if parts else None


def nearer_part(ground: MultiPolygon, here: BaseGeometry, there: BaseGeometry) -> MultiPolygon | None:
    """What of the ground lies nearer to the middle of `here` than to that of `there`, as the crow flies."""
    stretch = float(np.cos(np.radians(ground.centroid.y)))
    a, b = (np.array([shape.centroid.x * stretch, shape.centroid.y]) for shape in (here, there))
    apart = b - a
    if not np.hypot(*apart) > 0:
        apart = np.array([1.0, 0.0])
    ahead = apart / np.hypot(*apart)
    middle, aside = (a + b) / 2, np.array([-ahead[1], ahead[0]])
    corners = [middle + FAR * aside, middle - FAR * aside]
    corners += [corners[1] - FAR * ahead, corners[0] - FAR * ahead]
    half = shapely.Polygon([(x / stretch, y) for x, y in corners])
    return areas(shapely.intersection(ground, half, grid_size=GRID))


def _lost(
    shapes: Sequence[MultiPolygon | None], ground: MultiPolygon, keeps_one: int | None
) -> tuple[MultiPolygon | None, MultiPolygon | None]:
    """What each of the two gives up."""
    if keeps_one is not None:
        return (None, ground) if keeps_one else (ground, None)
    own = [shapely.difference(shape, ground) for shape in shapes]
    bodies = [shape if body.is_empty else body for shape, body in zip(shapes, own, strict=True)]
    near_one = nearer_part(ground, bodies[0], bodies[1])
    near_other = ground if near_one is None else areas(shapely.difference(ground, near_one, grid_size=GRID))
    return near_other, near_one


def _label(one: Territory, other: Territory, keeper_id: int | None) -> str:
    if keeper_id is None:
        return f"Split what “{one.name}” and “{other.name}” both claimed"
    keeper, giver = (one, other) if keeper_id == one.pk else (other, one)
    return f"Gave “{keeper.name}” what “{giver.name}” claimed too"
