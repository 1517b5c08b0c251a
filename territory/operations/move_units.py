from collections.abc import Mapping

from territory.models import Alignment, Basis
from territory.operations.assign_units import known_units
from territory.operations.planned import Planned, present_units, require_basis, territories_of
from territory.patches import Patch
from workspace.wording import plural


def move_units(alignment: Alignment, *, owners: Mapping[int, int]) -> Planned:
    """Give units, each to a territory of its own choosing, in one step."""
    require_basis(alignment, Basis.UNITS)
    receivers = territories_of(alignment, sorted(set(owners.values())), field="owners")
    known_units(alignment, list(owners))
    present = present_units(alignment, unit_id__in=list(owners))
    units = {
        unit_id: (present.get(unit_id), territory_id)
        for unit_id, territory_id in owners.items()
        if present.get(unit_id) != territory_id
    }
    count = f"{len(receivers)} territories" if len(receivers) != 1 else f"“{receivers[0].name}”"
    return Planned(Patch(units=units), f"Gave {plural(len(units), 'unit')} to {count}")
