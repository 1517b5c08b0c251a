from collections.abc import Iterator

import shapely

from territory.models import Alignment, BasicUnit, Basis, Territory
from territory.operations.borders import neighbours
from territory.operations.planned import Planned, present_units, require_basis, territory_of
from territory.patches import Patch
from territory.patches.patch import shape_of
from workspace.exceptions import Conflict
from workspace.wording import plural


def fill_holes(alignment: Alignment, *, territory_id: int) -> Planned:
    """A territory takes the units of nobody that it alone encloses."""
    require_basis(alignment, Basis.UNITS)
    territory = territory_of(alignment, territory_id)
    owners = present_units(alignment)
    inside = _inside(alignment, territory)
    beside = neighbours(alignment)
    holes = [
        hole
        for hole in _components({unit_id for unit_id in inside if unit_id not in owners}, beside)
        if all(owners.get(other) == territory_id for unit_id in hole for other in beside[unit_id] - hole)
    ]
    units = {unit_id: (None, territory_id) for hole in holes for unit_id in sorted(hole)}
    if not units:
        raise Conflict(f"“{territory.name}” encloses no units of nobody.")
    return Planned(Patch(units=units), f"Filled {plural(len(holes), 'hole')} of “{territory.name}”")


def _inside(alignment: Alignment, territory: Territory) -> list[int]:
    """Units inside the territory's outer rings: what touches the edge of the layer lies outside of them."""
    shape = shape_of(territory)
    if shape is None:
        return []
    filled = shapely.union_all([shapely.Polygon(part.exterior) for part in shape.geoms])
    shapely.prepare(filled)
    west, south, east, north = filled.bounds
    units = BasicUnit.objects.filter(
        workspace_id=alignment.workspace_id,
        layer_id=alignment.unit_layer_id,
        lon__range=(west, east),
        lat__range=(south, north),
    ).values_list("pk", "lon", "lat")
    return [pk for pk, lon, lat in units if shapely.contains_xy(filled, lon, lat)]


def _components(unit_ids: set[int], beside: dict[int, set[int]]) -> Iterator[set[int]]:
    left = set(unit_ids)
    while left:
        reached = {min(left)}
        edge = set(reached)
        while edge:
            edge = {other for unit_id in edge for other in beside[unit_id]} & left - reached
            reached |= edge
        left -= reached
        yield reached
