from collections.abc import Sequence

import shapely
from shapely import MultiPolygon

from territory.models import Alignment, Basis, Territory
from territory.operations.axes import refuse_swapped_axes
from territory.operations.planned import Planned, named, require_basis, territories_of
from territory.operations.resolve_overlap import GRID, areas, nearer_part
from territory.patches import Patch, encode_boundary
from territory.patches.patch import shape_of
from workspace.exceptions import Conflict, Invalid


def assign_ground(alignment: Alignment, *, territory_ids: Sequence[int], ground: MultiPolygon) -> Planned:
    """Ground that nobody claims goes to a drawn territory, or to the nearer one of two."""
    require_basis(alignment, Basis.DRAWN)
    if len(set(territory_ids)) != len(territory_ids) or len(territory_ids) > 2:
        raise Invalid.field("territory_ids", "name one territory, or two", value=len(territory_ids), bound=2)
    receivers = territories_of(alignment, territory_ids, field="territory_ids")
    refuse_swapped_axes(alignment, ground, field="ground")
    everyone = Territory.objects.filter(
        workspace_id=alignment.workspace_id, alignment=alignment, boundary__isnull=False
    )
    claimed = shapely.union_all([shape_of(territory) for territory in everyone])
    free = areas(shapely.difference(ground, claimed, grid_size=GRID))
    if free is None:
        raise Conflict("All of this ground belongs to a territory by now.")
    changed = {}
    for territory, part in zip(receivers, _parts(receivers, free), strict=True):
        before = shape_of(territory)
        after = areas(part if before is None else shapely.union(before, part, grid_size=GRID)) if part else before
        if after != before:
            changed[territory.pk] = ({"boundary": encode_boundary(before)}, {"boundary": encode_boundary(after)})
    return Planned(Patch(territories=changed), f"Gave {named(receivers)} ground that nobody covered")


def _parts(receivers: Sequence[Territory], free: MultiPolygon) -> list[MultiPolygon | None]:
    if len(receivers) == 1:
        return [free]
    one, other = (shape_of(territory) for territory in receivers)
    if one is None or other is None:
        raise Invalid.field("territory_ids", "a territory without ground of its own is near to nothing")
    near_one = nearer_part(free, one, other)
    return [near_one, free if near_one is None else areas(shapely.difference(free, near_one, grid_size=GRID))]
