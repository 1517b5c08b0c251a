import re
from collections.abc import Iterable, Sequence
from typing import Any

from shapely import MultiPolygon

from territory.colours import colour_of
from territory.models import Alignment, Basis, Territory
from territory.operations.assign_units import known_units
from territory.operations.axes import refuse_swapped_axes
from territory.operations.drawn import laid_to_neighbours
from territory.operations.planned import Planned, next_territory_ids, present_units, require_basis
from territory.operations.reps import rep_of_team
from territory.patches import Patch, encode_boundary
from workspace.exceptions import Invalid

TERRITORIES_MAX = 2_000


def add_territory(
    alignment: Alignment,
    *,
    name: str,
    rep_id: int | None = None,
    colour: str | None = None,
    unit_ids: Sequence[int] = (),
    boundary: MultiPolygon | None = None,
) -> Planned:
    """A new territory, with units or a boundary from the start or without."""
    if unit_ids:
        require_basis(alignment, Basis.UNITS)
        known_units(alignment, unit_ids)
    if boundary is not None:
        require_basis(alignment, Basis.DRAWN)
        refuse_swapped_axes(alignment, boundary, field="boundary")
        boundary = laid_to_neighbours(alignment, boundary)
    if rep_id is not None:
        rep_of_team(alignment, rep_id)
    [territory_id] = next_territory_ids(1)
    fields = new_fields(alignment, name=name, rep_id=rep_id, colour=colour, boundary=boundary)
    present = present_units(alignment, unit_id__in=list(unit_ids))
    units = {unit_id: (present.get(unit_id), territory_id) for unit_id in unit_ids}
    return Planned(Patch(units=units, territories={territory_id: (None, fields)}), f"Added territory “{name}”")


def new_fields(
    alignment: Alignment, *, name: str, rep_id: int | None, colour: str | None, boundary: MultiPolygon | None
) -> dict[str, Any]:
    """All fields of a territory that comes after the present ones."""
    present = list(Territory.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment))
    if len(present) >= TERRITORIES_MAX:
        problem = "the alignment has as many territories as are possible"
        raise Invalid.field("name", problem, value=len(present), bound=TERRITORIES_MAX)
    position = max((territory.position for territory in present), default=-1) + 1
    fields = {
        "name": name,
        "code": next_code(territory.code for territory in present),
        "colour": colour or colour_of(position),
        "rep_id": rep_id,
        "target_share": None,
        "is_locked": False,
        "position": position,
        "region": "",
    }
    if alignment.basis == Basis.DRAWN:
        fields["boundary"] = encode_boundary(boundary)
    return fields


def next_code(codes: Iterable[str]) -> str:
    """T001, T002 …: one above the highest, so that a code is never given twice."""
    numbers = [int(match[1]) for code in codes if (match := re.fullmatch(r"T(\d{1,9})", code))]
    return f"T{max(numbers, default=0) + 1:03d}"
