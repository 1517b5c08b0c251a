"""An alignment as a file has it: one drawn territory for each area."""

from territory.assignment import all_accounts, refresh
from territory.boundaries import store_boundaries
from territory.drafting.crm_owner import reps_by_owner
from territory.drafting.territories import NewTerritory, add_territories
from territory.geodesy import area_m2
from territory.layers.units import Units
from territory.models import Alignment
from territory.operations.add_territory import TERRITORIES_MAX
from workspace.exceptions import Invalid


def align_to_areas(alignment: Alignment, areas: Units) -> None:
    """Who is a rep of the team by the area's code, else by its name, gets the territory; each rep one at the most."""
    if len(areas) > TERRITORIES_MAX:
        problem = "holds more areas than an alignment can have territories; choose an attribute with fewer values"
        raise Invalid.field("code_attribute", problem, value=len(areas), bound=TERRITORIES_MAX)
    reps = reps_by_owner(alignment, [*areas.codes, *areas.names])
    taken: set[int] = set()
    wanted = []
    for code, name in zip(areas.codes, areas.names, strict=True):
        rep = reps.get(code) or reps.get(name)
        rep_id = rep.pk if rep is not None and rep.pk not in taken else None
        taken |= {rep_id} if rep_id is not None else set()
        wanted.append(NewTerritory(name=name, rep_id=rep_id, code=code))
    ids = add_territories(alignment, wanted)
    store_boundaries(
        alignment,
        dict(zip(ids, areas.boundaries, strict=True)),
        {pk: area_m2(boundary) for pk, boundary in zip(ids, areas.boundaries, strict=True)},
    )
    refresh(alignment, all_accounts())
