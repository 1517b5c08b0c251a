"""Tiny road networks along the equator, in kilometres, written as OpenStreetMap files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from balancing.travel.roads.building import build_roads
from balancing.travel.roads.graph import RoadGraph

KM_EAST = 1 / 111.319491  # a kilometre in degrees of longitude on the equator
KM_NORTH = 1 / 110.574276  # and of latitude
Place = tuple[float, float]
Way = tuple[Sequence[str], Mapping[str, str]]


def write_roads(path: Path, places: Mapping[str, Place], ways: Sequence[Way]) -> Path:
    """places: km east and north by name, ways: names in a row, such as "ABC", and tags."""
    number = {name: position for position, name in enumerate(places, start=1)}
    lines = ['<osm version="0.6">']
    for name, (east, north) in places.items():
        lines.append(f'<node id="{number[name]}" version="1" lon="{east * KM_EAST:.7f}" lat="{north * KM_NORTH:.7f}"/>')
    for position, (names, tags) in enumerate(ways, start=1):
        refs = "".join(f'<nd ref="{number[name]}"/>' for name in names)
        words = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
        lines.append(f'<way id="{position}" version="1">{refs}{words}</way>')
    path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return path


def drawn_roads(
    tmp_path: Path, places: Mapping[str, Place], ways: Sequence[Way], *, ferries: bool = False
) -> RoadGraph:
    return build_roads(write_roads(tmp_path / "drawn.osm", places, ways), "drawn", ferries=ferries)


def degree_roads(tmp_path: Path, places: Sequence[Place], tags: Mapping[str, str]) -> RoadGraph:
    """One road through places in degrees, straight between them, with a node every hundredth of a degree."""
    corners = np.array(places)
    steps = np.arange(0, len(places) - 1 + 1e-9, 0.01)
    lons, lats = (np.interp(steps, np.arange(len(places)), corners[:, axis]) for axis in (0, 1))
    drawn = {f"P{i}": (lon / KM_EAST, lat / KM_NORTH) for i, (lon, lat) in enumerate(zip(lons, lats, strict=True))}
    return drawn_roads(tmp_path, drawn, [(list(drawn), tags)])


def drive(graph: RoadGraph, places: Mapping[str, Place], names: str) -> tuple[float, float]:
    """Minutes and km from the first named place to the second."""
    ends = [graph.nearest(*(np.array([value]) for value in degrees(places[name])))[0][0] for name in names]
    minutes, km = graph.from_node(int(ends[0]))
    return float(minutes[ends[1]]), float(km[ends[1]])


def degrees(place: Place) -> tuple[float, float]:
    return place[0] * KM_EAST, place[1] * KM_NORTH
