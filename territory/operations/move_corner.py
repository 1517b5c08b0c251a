from territory.geometry import check_area
from territory.models import Alignment, Basis
from territory.operations.drawn import drawn_shapes, redrawn
from territory.operations.planned import Planned, named, require_basis, territories_of, territory_of
from territory.patches import Patch
from territory.topology import Place
from territory.topology import move_corner as moved_corner
from workspace.exceptions import Invalid


def move_corner(alignment: Alignment, *, territory_id: int, corner: Place, to: Place | None) -> Planned:
    """Move a corner of a border, put one in, or take one away, for all territories that share it.

    A place on an edge counts as a corner. With `to` null the corner goes.
    """
    require_basis(alignment, Basis.DRAWN)
    territory = territory_of(alignment, territory_id)
    shapes = drawn_shapes(alignment)
    if territory_id not in shapes:
        raise Invalid.field("territory_id", "the territory has no boundary yet", value=territory_id)
    after = moved_corner(shapes, territory_id, (corner[0], corner[1]), None if to is None else (to[0], to[1]))
    changed = {pk: redrawn(shapes[pk], check_area(area, field="to")) for pk, area in after.items()}
    sharing = territories_of(alignment, [pk for pk in changed if pk != territory_id], field="territory_id")
    with_whom = f" and {named(sharing)}" if sharing else ""
    return Planned(Patch(territories=changed), f"Moved the border of “{territory.name}”{with_whom}")
