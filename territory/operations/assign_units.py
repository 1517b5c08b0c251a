from collections.abc import Sequence

from territory.models import Alignment, BasicUnit, Basis
from territory.operations.planned import Planned, present_units, require_basis, territory_of
from territory.patches import Patch
from workspace.exceptions import Invalid
from workspace.wording import plural


def assign_units(
    alignment: Alignment, *, unit_ids: Sequence[int], territory_id: int | None, only_unassigned: bool = False
) -> Planned:
    """Paint units: give them to a territory, or to none."""
    require_basis(alignment, Basis.UNITS)
    territory = None if territory_id is None else territory_of(alignment, territory_id)
    known_units(alignment, unit_ids)
    present = present_units(alignment, unit_id__in=list(unit_ids))
    units = {
        unit_id: (present.get(unit_id), territory_id)
        for unit_id in dict.fromkeys(unit_ids)
        if present.get(unit_id) != territory_id and not (only_unassigned and unit_id in present)
    }
    count = plural(len(units), "unit")
    label = f"Took {count} out of their territories" if territory is None else f"Gave {count} to “{territory.name}”"
    return Planned(Patch(units=units), label)


def known_units(alignment: Alignment, unit_ids: Sequence[int]) -> None:
    found = set(
        BasicUnit.objects.filter(
            workspace_id=alignment.workspace_id, layer_id=alignment.unit_layer_id, pk__in=list(unit_ids)
        ).values_list("pk", flat=True)
    )
    for unit_id in unit_ids:
        if unit_id not in found:
            raise Invalid.field("unit_ids", "there is no such unit in this alignment's layer", value=unit_id)
