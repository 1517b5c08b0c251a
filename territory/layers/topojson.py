"""Reading a TopoJSON topology: polygons from shared arcs, and neighbours from the arcs they share.

Format: https://github.com/topojson/topojson-specification (version 1.0).
"""

from collections import defaultdict
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon, get_parts, make_valid

from territory.layers.units import unique_edges

Coordinates = NDArray[np.float64]
# Quantization lets the smallest islands and holes collapse to fewer corners than a ring needs.
RING_MIN = 4


def decode_arcs(topology: dict[str, Any]) -> list[Coordinates]:
    """Every arc in degrees: a quantized topology stores steps from point to point."""
    transform = topology.get("transform")
    if transform is None:
        return [np.asarray(arc, dtype=np.float64) for arc in topology["arcs"]]
    scale, translate = np.asarray(transform["scale"]), np.asarray(transform["translate"])
    return [np.cumsum(np.asarray(arc, dtype=np.float64), axis=0) * scale + translate for arc in topology["arcs"]]


def polygons_of(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """A geometry as polygons → rings → arc numbers."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    if geometry["type"] == "MultiPolygon":
        return list(geometry["arcs"])
    return []


def to_multipolygon(geometry: dict[str, Any], arcs: list[Coordinates]) -> MultiPolygon:
    area = as_it_is(geometry, arcs)
    return area if area.is_valid else _repaired(area)


def as_it_is(geometry: dict[str, Any], arcs: list[Coordinates]) -> MultiPolygon:
    """Without the rings that quantization let collapse, and without any repair: it may be invalid."""
    polygons = [[_ring(numbers, arcs) for numbers in rings] for rings in polygons_of(geometry)]
    return MultiPolygon([_polygon(rings) for rings in polygons if len(rings[0]) >= RING_MIN])


def _repaired(area: MultiPolygon) -> MultiPolygon:
    """Quantization also lets a few rings touch themselves: split them there. Our own small data, never an upload."""
    parts = get_parts(get_parts(make_valid(area, method="structure", keep_collapsed=False)))
    return MultiPolygon([part for part in parts if isinstance(part, Polygon)])


def _polygon(rings: list[Coordinates]) -> Polygon:
    return Polygon(rings[0], [hole for hole in rings[1:] if len(hole) >= RING_MIN])


def neighbours(geometries: list[dict[str, Any]]) -> NDArray[np.int64]:
    """Pairs of positions that share an arc, in whichever direction each of them runs along it."""
    users: dict[int, list[int]] = defaultdict(list)
    for position, geometry in enumerate(geometries):
        used = {_forward(number) for rings in polygons_of(geometry) for ring in rings for number in ring}
        for number in used:
            users[number].append(position)
    pairs = [pair for positions in users.values() for pair in combinations(positions, 2)]
    return unique_edges(np.array(pairs, dtype=np.int64))


def _ring(numbers: list[int], arcs: list[Coordinates]) -> Coordinates:
    """Join arcs end to end; a negative number is the arc read backwards (~0 is arc 0)."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _forward(number: int) -> int:
    return number if number >= 0 else ~number
