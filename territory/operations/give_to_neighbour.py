from collections.abc import Sequence

from territory.models import Alignment, Basis, Territory
from territory.operations.assign_units import known_units
from territory.operations.borders import border_km
from territory.operations.planned import Planned, present_units, require_basis, territory_of
from territory.patches import Patch
from workspace.exceptions import Conflict
from workspace.wording import plural


def give_to_neighbour(alignment: Alignment, *, unit_ids: Sequence[int]) -> Planned:
    """Units go to the unlocked neighbour with which they share the longest border; none of their own holders."""
    require_basis(alignment, Basis.UNITS)
    known_units(alignment, unit_ids)
    present = present_units(alignment, unit_id__in=list(unit_ids))
    kept = set(present.values()) | set(
        Territory.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment, is_locked=True).values_list(
            "pk", flat=True
        )
    )
    borders = {pk: km for pk, km in border_km(alignment, unit_ids).items() if pk not in kept}
    if not borders:
        raise Conflict("No other unlocked territory borders on these units.")
    neighbour = territory_of(alignment, min(borders, key=lambda pk: (-borders[pk], pk)))
    units = {unit_id: (present.get(unit_id), neighbour.pk) for unit_id in dict.fromkeys(unit_ids)}
    count = plural(len(units), "unit")
    return Planned(Patch(units=units), f"Gave {count} to the neighbour “{neighbour.name}”")
