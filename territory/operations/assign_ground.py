from collections.abc import Sequence

import shapely
from shapely import MultiPolygon

from territory.boundaries import as_multipolygon
from territory.models import Alignment, Basis
from territory.operations.axes import refuse_swapped_axes
from territory.operations.drawn import drawn_shapes, redrawn
from territory.operations.planned import Planned, named, require_basis, territories_of
from territory.operations.resolve_overlap import GRID, nearer_part, without
from territory.patches import Patch
from workspace.exceptions import Conflict, Invalid


def assign_ground(alignment: Alignment, *, territory_ids: Sequence[int], ground: MultiPolygon) -> Planned:
    """Ground that nobody claims goes to a drawn territory, or to the nearer one of two."""
    require_basis(alignment, Basis.DRAWN)
    if len(set(territory_ids)) != len(territory_ids) or len(territory_ids) > 2:
        raise Invalid.field("territory_ids", "name one territory, or two", value=len(territory_ids), bound=2)
    receivers = territories_of(alignment, territory_ids, field="territory_ids")
    refuse_swapped_axes(alignment, ground, field="ground")
    drawn = drawn_shapes(alignment)
    free = without(ground, shapely.union_all(list(drawn.values())))
    if free.is_empty:
        raise Conflict("All of this ground belongs to a territory by now.")
    parts = [free]
    if len(receivers) == 2:
        if not all(territory.pk in drawn for territory in receivers):
            raise Invalid.field("territory_ids", "a territory without ground of its own is near to nothing")
        parts = list(nearer_part(free, *(drawn[territory.pk] for territory in receivers)))
    changed = {}
    for territory, part in zip(receivers, parts, strict=True):
        if not part.is_empty:
            before = drawn.get(territory.pk, MultiPolygon())
            after = as_multipolygon(shapely.union(before, part, grid_size=GRID))
            changed[territory.pk] = redrawn(drawn.get(territory.pk), after)
    return Planned(Patch(territories=changed), f"Gave {named(receivers)} ground that nobody covered")
