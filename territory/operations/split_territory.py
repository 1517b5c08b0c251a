from collections.abc import Sequence

import shapely
from django.contrib.gis.geos import Point
from shapely import LineString, ops

from accounts.models import Rep
from territory.geodesy import WGS84
from territory.models import Alignment, BasicUnit, Basis, Territory
from territory.operations.add_territory import new_fields
from territory.operations.planned import Planned, next_territory_ids, present_units, require_basis, territory_of
from territory.operations.reps import rep_of_team
from territory.patches import Patch
from workspace.exceptions import Invalid

Place = tuple[float, float]
# Degrees: farther than any territory reaches.
FAR = 400.0


def split_territory(
    alignment: Alignment,
    *,
    territory_id: int,
    name: str,
    line: Sequence[Place] | None = None,
    rep_id: int | None = None,
) -> Planned:
    """Divide a territory: along a line drawn across it, or between its rep's home and that of another rep.

    The smaller side, or what lies nearer to the other rep, becomes a territory of its own.
    """
    require_basis(alignment, Basis.UNITS)
    territory = territory_of(alignment, territory_id)
    units = present_units(alignment, territory=territory)
    places = {
        pk: (lon, lat)
        for pk, lon, lat in BasicUnit.objects.filter(
            workspace_id=alignment.workspace_id, pk__in=list(units)
        ).values_list("pk", "lon", "lat")
    }
    if line is not None:
        leaving = _smaller_side(places, line)
    elif rep_id is not None:
        leaving = _nearer(places, territory, rep_of_team(alignment, rep_id))
    else:
        raise Invalid.field("line", "draw a line across the territory, or name the rep of the other part")
    if not leaving or len(leaving) == len(units):
        raise Invalid.field("line" if line is not None else "rep_id", "leaves all units on one side")
    [new_id] = next_territory_ids(1)
    fields = new_fields(alignment, name=name, rep_id=None if line is not None else rep_id, colour=None, boundary=None)
    patch = Patch(
        units=dict.fromkeys(leaving, (territory_id, new_id)),
        territories={new_id: (None, fields | {"region": territory.region})},
    )
    return Planned(patch, f"Split “{name}” off “{territory.name}”")


def _smaller_side(places: dict[int, Place], line: Sequence[Place]) -> list[int]:
    """Units on the side with fewer of them. The line goes straight on beyond both of its ends."""
    (x0, y0), (x1, y1), *_ = line
    (x2, y2), (x3, y3) = line[-2:]
    long = LineString([_beyond(x1, y1, x0, y0), *line, _beyond(x2, y2, x3, y3)])
    xs, ys = zip(*places.values(), strict=True)
    ground = shapely.box(min(xs) - 1, min(ys) - 1, max(xs) + 1, max(ys) + 1)
    if not long.is_simple:
        raise Invalid.field("line", "crosses itself")
    parts = list(ops.split(ground, long).geoms)
    if len(parts) != 2:
        raise Invalid.field("line", "must cross the territory once, from side to side")
    sides: tuple[list[int], list[int]] = ([], [])
    for pk, (lon, lat) in sorted(places.items()):
        sides[int(shapely.contains_xy(parts[0], lon, lat))].append(pk)
    return min(sides, key=len)


def _beyond(from_x: float, from_y: float, to_x: float, to_y: float) -> Place:
    length = max(((to_x - from_x) ** 2 + (to_y - from_y) ** 2) ** 0.5, 1e-9)
    return to_x + (to_x - from_x) / length * FAR, to_y + (to_y - from_y) / length * FAR


def _nearer(places: dict[int, Place], territory: Territory, other: Rep) -> list[int]:
    """Units nearer to the other rep's home than to that of the territory's own rep."""
    own = territory.rep
    if own is None or own.home is None:
        raise Invalid.field("territory_id", "the territory has no rep with a home", value=territory.pk)
    if other.home is None:
        raise Invalid.field("rep_id", f"{other.name} has no home on the map", value=other.pk)
    return [pk for pk, place in sorted(places.items()) if _apart_m(place, other.home) < _apart_m(place, own.home)]


def _apart_m(place: Place, home: Point) -> float:
    return float(WGS84.inv(*place, home.x, home.y)[2])
