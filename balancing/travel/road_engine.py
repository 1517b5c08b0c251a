"""Drives over a road graph of our own."""

import sys
from collections.abc import Sequence

import numpy as np

from balancing.engine.arrays import FloatArray
from balancing.engine.geometry import great_circle_km, unit_vectors
from balancing.models.travel import TravelEngineName
from balancing.travel.engine import Legs
from balancing.travel.roads.graph import RoadGraph
from territory.travel_estimate import ROAD_FACTOR

# From a door to the road the graph knows: as long as a road there would be, slowly.
ACCESS_KMH = 30.0
# A place farther from every road is not on this map.
FARTHEST_KM = 5.0


class RoadGraphEngine:
    """Door → nearest place on the graph → fastest drive → nearest place → door; never longer than the slow way."""

    name: str = TravelEngineName.ROAD_GRAPH
    batch = sys.maxsize

    def __init__(self, graph: RoadGraph) -> None:
        self.graph = graph
        self.version = f"{graph.about.name} {graph.about.version}"
        self.data_date = graph.about.data_date

    def from_base(self, lon: float, lat: float, lons: FloatArray, lats: FloatArray) -> Legs:
        start, start_km = self.graph.nearest(np.array([lon]), np.array([lat]))
        if start_km[0] > FARTHEST_KM:
            nothing = np.full(len(lons), np.nan)
            return Legs(nothing, nothing)
        nodes, access_km = self.graph.nearest(lons, lats)
        minutes, km = self.graph.from_node(int(start[0]))
        door_km = ROAD_FACTOR * (start_km[0] + access_km)
        by_road_min, by_road_km = minutes[nodes] + access_min(door_km), km[nodes] + door_km
        straight_km = ROAD_FACTOR * great_circle_km(
            unit_vectors(lons, lats), unit_vectors(np.array(lon), np.array(lat))
        )
        is_slow = access_min(straight_km) < by_road_min
        is_known = access_km <= FARTHEST_KM
        return Legs(
            np.where(is_known, np.where(is_slow, access_min(straight_km), by_road_min), np.nan),
            np.where(is_known, np.where(is_slow, straight_km, by_road_km), np.nan),
        )


def access_min(km: FloatArray) -> FloatArray:
    return 60 * km / ACCESS_KMH


def best_graph(graphs: Sequence[RoadGraph], lons: FloatArray, lats: FloatArray) -> RoadGraph | None:
    """The graph whose box holds most of the places; of several, the smallest. None where none holds any."""

    def n_held(graph: RoadGraph) -> int:
        west, south, east, north = graph.box
        return int(((lons >= west) & (lons <= east) & (lats >= south) & (lats <= north)).sum())

    best = max(graphs, key=lambda graph: (n_held(graph), -graph.n_nodes), default=None)
    return best if best is not None and n_held(best) > 0 else None
