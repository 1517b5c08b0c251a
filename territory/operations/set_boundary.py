from shapely import MultiPolygon

from territory.models import Alignment, Basis
from territory.operations.axes import refuse_swapped_axes
from territory.operations.planned import Planned, require_basis, territory_of
from territory.patches import Patch, encode_boundary
from territory.patches.patch import shape_of


def set_boundary(alignment: Alignment, *, territory_id: int, boundary: MultiPolygon) -> Planned:
    """Draw a territory anew. Overlaps and gaps are allowed: they are shown, never hidden."""
    require_basis(alignment, Basis.DRAWN)
    territory = territory_of(alignment, territory_id)
    refuse_swapped_axes(alignment, boundary, field="boundary")
    before, after = encode_boundary(shape_of(territory)), encode_boundary(boundary)
    changed = {} if before == after else {territory.pk: ({"boundary": before}, {"boundary": after})}
    return Planned(Patch(territories=changed), f"Drew the boundary of “{territory.name}”")
