"""From a layer's kind and settings to its units."""

from collections.abc import Sequence
from typing import Any

import shapely
from shapely import MultiPolygon

from territory.geodesy import area_m2
from territory.layers.counties import check_states, counties
from territory.layers.hexagons import check_count, check_resolution, hexagons
from territory.layers.units import Units
from territory.models import UnitLayer, UnitLayerKind
from workspace.exceptions import Invalid


def layer_settings(
    kind: str, *, states: Sequence[str], resolution: int | None, area: MultiPolygon | None
) -> dict[str, Any]:
    """What the build needs, checked before anything is stored."""
    if kind == UnitLayerKind.COUNTIES:
        return {"states": check_states(states)}
    if area is None:
        raise Invalid.field("area", "is needed for hexagons: a polygon, or bbox")
    if resolution is None:
        raise Invalid.field("resolution", "is needed for hexagons", bound=[3, 7])
    check_count(area_m2(area), check_resolution(resolution))
    return {"resolution": resolution, "area_wkb": shapely.to_wkb(area, hex=True)}


def read_units(layer: UnitLayer) -> Units:
    if layer.kind == UnitLayerKind.COUNTIES:
        units = counties(layer.settings["states"])
    else:
        units = hexagons(shapely.from_wkb(layer.settings["area_wkb"]), layer.settings["resolution"])
    if not len(units):
        raise Invalid("There is no unit in this choice.")
    return units
