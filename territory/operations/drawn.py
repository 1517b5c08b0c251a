"""The boundaries of a drawn alignment, and how they stand in a patch."""

import shapely

from territory.models import Alignment, Territory
from territory.patches import encode_boundary
from territory.patches.patch import FieldsChange
from territory.topology import Fabric, snapped


def drawn_shapes(alignment: Alignment) -> Fabric:
    """Territory → boundary, of those that have one."""
    found = Territory.objects.filter(
        workspace_id=alignment.workspace_id, alignment=alignment, boundary__isnull=False
    ).order_by("position", "pk")
    return {pk: shapely.from_wkb(bytes(boundary.wkb)) for pk, boundary in found.values_list("pk", "boundary")}


def laid_to_neighbours(
    alignment: Alignment, area: shapely.MultiPolygon, *, but: int | None = None
) -> shapely.MultiPolygon:
    """The area with its border on those of the territories beside it, where it all but touches them."""
    return snapped(area, [shape for pk, shape in drawn_shapes(alignment).items() if pk != but])


def redrawn(before: shapely.MultiPolygon | None, after: shapely.MultiPolygon) -> FieldsChange:
    return {"boundary": encode_boundary(before)}, {"boundary": encode_boundary(after)}
