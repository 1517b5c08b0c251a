from typing import Any

import shapely

from territory.models import Territory
from territory.reading.boundaries import geojson
from territory.totals import territory_totals
from workspace.models import Member


def territories_of_rep(member: Member) -> list[dict[str, Any]]:
    """A rep's own territories of live alignments, with boundary and totals."""
    found = Territory.objects.visible_to(member).select_related("alignment__team", "rep").order_by("alignment_id", "id")
    return [_described(territory) for territory in found]


def _described(territory: Territory) -> dict[str, Any]:
    alignment = territory.alignment
    boundary = None if territory.boundary is None else shapely.from_wkb(bytes(territory.boundary.wkb))
    return {
        "id": territory.pk,
        "name": territory.name,
        "colour": territory.colour,
        "alignment_id": alignment.pk,
        "alignment_name": alignment.name,
        "team_name": alignment.team.name,
        "effective_date": alignment.effective_date,
        "totals": territory_totals(alignment, [territory.pk])[territory.pk],
        "capacity_h": territory.rep.capacity_h if territory.rep else 0.0,
        "boundary": None if boundary is None else geojson(boundary),
        "bbox": None if boundary is None else list(boundary.bounds),
    }
