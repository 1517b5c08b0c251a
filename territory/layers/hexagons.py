"""H3 hexagons over an area (Uber H3, https://h3geo.org)."""

from typing import Any

import h3
import numpy as np
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from shapely.geometry import mapping

from territory.layers.units import UNITS_MAX, Units, unique_edges
from workspace.exceptions import Invalid

RESOLUTION_MIN = 3
RESOLUTION_MAX = 7


def check_resolution(resolution: int) -> int:
    if not RESOLUTION_MIN <= resolution <= RESOLUTION_MAX:
        bound = [RESOLUTION_MIN, RESOLUTION_MAX]
        raise Invalid.field("resolution", "must be from 3 (large) to 7 (small)", value=resolution, bound=bound)
    return resolution


def check_count(area_m2: float, resolution: int) -> None:
    """Refuse by the area alone, before a single hexagon is made."""
    expected = round(area_m2 / h3.average_hexagon_area(resolution, unit="m^2"))
    if expected > UNITS_MAX * 1.2:
        raise Invalid.field(
            "resolution",
            f"would make about {expected:,} hexagons, at most {UNITS_MAX:,} are possible; "
            "choose a lower resolution or a smaller area",
            value=resolution,
            bound=UNITS_MAX,
        )


def hexagons(area: MultiPolygon, resolution: int) -> Units:
    """The hexagons whose middle lies in the area."""
    check_resolution(resolution)
    cells = sorted(h3.h3shape_to_cells(h3.geo_to_h3shape(_geojson(area)), resolution))
    if not cells:
        raise Invalid.field("area", f"is too small: no hexagon of resolution {resolution} has its middle inside")
    if len(cells) > UNITS_MAX:
        detail = f"makes {len(cells):,} hexagons, at most {UNITS_MAX:,} are possible"
        raise Invalid.field("resolution", detail, value=resolution, bound=UNITS_MAX)
    return Units(codes=cells, names=cells, boundaries=[_boundary(cell) for cell in cells], edges=_edges(cells))


def _boundary(cell: str) -> MultiPolygon:
    """From H3's own vertexes, which neighbours share to the last bit."""
    corners = np.array([h3.vertex_to_latlng(vertex) for vertex in h3.cell_to_vertexes(cell)])
    lon, lat = corners[:, 1], corners[:, 0]
    if lon.max() - lon.min() > 180:
        raise Invalid.field("area", "crosses the antimeridian (longitude ±180); use two layers", value=cell)
    return MultiPolygon([Polygon(np.column_stack([lon, lat]))])


def _edges(cells: list[str]) -> NDArray[np.int64]:
    position = {cell: index for index, cell in enumerate(cells)}
    pairs = [
        (index, position[neighbour])
        for index, cell in enumerate(cells)
        for neighbour in h3.grid_disk(cell, 1)
        if neighbour in position
    ]
    return unique_edges(np.array(pairs, dtype=np.int64))


def _geojson(area: MultiPolygon) -> dict[str, Any]:
    return dict(mapping(area))
