from shapely import MultiPolygon

from territory.models import Alignment, Basis
from territory.operations.axes import refuse_swapped_axes
from territory.operations.drawn import laid_to_neighbours, redrawn
from territory.operations.planned import Planned, require_basis, territory_of
from territory.patches import Patch
from territory.patches.patch import shape_of


def set_boundary(alignment: Alignment, *, territory_id: int, boundary: MultiPolygon) -> Planned:
    """Draw a territory anew. Overlaps and gaps are allowed: they are shown, never hidden. Borders that all but touch
    become one.
    """
    require_basis(alignment, Basis.DRAWN)
    territory = territory_of(alignment, territory_id)
    refuse_swapped_axes(alignment, boundary, field="boundary")
    before, after = redrawn(shape_of(territory), laid_to_neighbours(alignment, boundary, but=territory_id))
    changed = {} if before == after else {territory.pk: (before, after)}
    return Planned(Patch(territories=changed), f"Drew the boundary of “{territory.name}”")
