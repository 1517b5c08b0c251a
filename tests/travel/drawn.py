"""Tiny road networks along the equator, in kilometres, written as OpenStreetMap files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from balancing.travel.roads.building import build_roads
from balancing.travel.roads.graph import RoadGraph

KM_EAST = 1 / 111.319491  # a kilometre in degrees of longitude on the equator
KM_NORTH = 1 / 110.574276  # and of latitude
Place = tuple[float, float]
Way = tuple[str, Mapping[str, str]]


def write_roads(path: Path, places: Mapping[str, Place], ways: Sequence[Way]) -> Path:
    """places: km east and north by name, one letter each; ways: names in a row ("ABC"), and tags."""
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


def drive(graph: RoadGraph, places: Mapping[str, Place], names: str) -> tuple[float, float]:
    """Minutes and km from the first named place to the second."""
    ends = [graph.nearest(*(np.array([value]) for value in degrees(places[name])))[0][0] for name in names]
    minutes, km = graph.from_node(int(ends[0]))
    return float(minutes[ends[1]]), float(km[ends[1]])


def degrees(place: Place) -> tuple[float, float]:
    return place[0] * KM_EAST, place[1] * KM_NORTH
