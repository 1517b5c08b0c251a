from shapely import MultiPolygon

from territory.layers.covering import Rule
from territory.layers.covering import cover_units as covered_by
from territory.models import Alignment, Basis
from territory.operations.axes import refuse_swapped_axes
from territory.operations.planned import Planned, present_units, require_basis, territory_of
from territory.patches import Patch
from workspace.exceptions import Conflict
from workspace.wording import plural


def cover_units(alignment: Alignment, *, territory_id: int, boundary: MultiPolygon, rule: Rule) -> Planned:
    """A territory gets the units that an area covers by the rule, and keeps no others."""
    require_basis(alignment, Basis.UNITS)
    territory = territory_of(alignment, territory_id)
    refuse_swapped_axes(alignment, boundary, field="boundary")
    covered = covered_by(alignment.unit_layer, {territory_id: boundary}, rule).owners
    if not covered:
        raise Conflict("The boundary covers no unit of this alignment's layer.")
    present = present_units(alignment)
    gained = {unit: (present.get(unit), territory_id) for unit in covered if present.get(unit) != territory_id}
    left = {unit: (territory_id, None) for unit, holder in present.items() if holder == territory_id}
    units = gained | {unit: change for unit, change in left.items() if unit not in covered}
    return Planned(Patch(units=units), f"Gave “{territory.name}” the {plural(len(covered), 'unit')} of a boundary")
