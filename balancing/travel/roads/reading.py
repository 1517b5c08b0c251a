"""An OpenStreetMap file (.osm.pbf, .osm), read once, as the stretches of road between its nodes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import osmium
from osmium.filter import KeyFilter
from osmium.osm import WAY

from balancing.engine.arrays import AnyArray, FloatArray, LongArray
from balancing.travel.roads.rules import Drive, drive_of


class UnreadableRoads(Exception):
    """The file cannot be read, or holds no road. The text is for people."""


@dataclass(frozen=True, eq=False)
class Ways:
    """Drivable ways, one behind the other.

    starts    (W + 1,) where each way begins in the arrays below
    refs      (R,) id of the node at each step
    lon, lat  (R,) degrees
    kmh       (W, 2) forward and backward, 0 where not allowed
    """

    starts: LongArray
    refs: LongArray
    lon: FloatArray
    lat: FloatArray
    kmh: FloatArray


def read_ways(path: Path, *, ferries: bool = False) -> Ways:
    """Raises UnreadableRoads."""
    refs: list[AnyArray] = []
    kmh: list[Drive] = []
    try:
        for nodes, drive in _drivable(path, ferries=ferries):
            refs.append(nodes)
            kmh.append(drive)
    except (RuntimeError, OSError) as error:
        raise UnreadableRoads(f"{path.name} cannot be read: {error}") from error
    if not refs:
        raise UnreadableRoads(f"{path.name} holds no road that a car may drive on.")
    steps = np.concatenate(refs)
    return Ways(
        starts=np.concatenate(([0], np.cumsum([len(nodes) for nodes in refs]))).astype(np.int64),
        refs=np.ascontiguousarray(steps["ref"]),
        lon=np.ascontiguousarray(steps["lon"]),
        lat=np.ascontiguousarray(steps["lat"]),
        kmh=np.array(kmh, dtype=np.float64),
    )


_STEP = np.dtype([("ref", np.int64), ("lon", np.float64), ("lat", np.float64)])


def _drivable(path: Path, *, ferries: bool) -> Iterator[tuple[AnyArray, Drive]]:
    keys = KeyFilter("highway", "route") if ferries else KeyFilter("highway")
    for way in osmium.FileProcessor(str(path)).with_locations().with_filter(keys.enable_for(WAY)):
        if not way.is_way():
            continue
        drive = drive_of(dict(way.tags), ferries=ferries)
        if drive is None:
            continue
        # An extract may cut a way off: what lies outside has no place.
        known = [(node.ref, node.lon, node.lat) for node in way.nodes if node.location.valid()]
        nodes = np.array(known, dtype=_STEP)
        if len(nodes) > 1:
            yield nodes, drive
