"""The isochrones of one territory, by the best that is known there."""

from collections.abc import Sequence
from dataclasses import dataclass

from balancing.models.travel import TravelBase, TravelEngineName
from balancing.travel.bases import Ground
from balancing.travel.choosing import graph_at
from balancing.travel.estimate import EstimateEngine
from balancing.travel.isochrones import Isochrone, circle_isochrones, road_isochrones
from balancing.travel.road_engine import RoadGraphEngine
from territory.models import Territory

ROADS_NOTE = "Roads reached from the base, joined where they are close; the map ends where its data do."
CIRCLES_NOTE = "No road network is known here: circles by the estimate."


@dataclass(frozen=True)
class Around:
    """Areas within so many minutes of a territory's base, and how they were made."""

    base: TravelBase
    lon: float
    lat: float
    engine: str
    engine_version: str
    data_date: str
    note: str
    isochrones: list[Isochrone]


def around(territory: Territory, minutes: Sequence[float]) -> Around:
    """With the rep's home loaded. None are drawn where there is no base."""
    ground = Ground.of(territory)
    if ground.base == TravelBase.NONE:
        return Around(ground.base, 0.0, 0.0, TravelEngineName.ESTIMATE, "", "", "There is nothing to start from.", [])
    place = ground.base, ground.lon, ground.lat
    graph = graph_at(ground.lon, ground.lat)
    areas = road_isochrones(graph, ground.lon, ground.lat, minutes) if graph is not None else None
    if graph is None or areas is None:
        circles = circle_isochrones(ground.lon, ground.lat, minutes)
        estimate = EstimateEngine()
        return Around(*place, estimate.name, estimate.version, estimate.data_date, CIRCLES_NOTE, circles)
    engine = RoadGraphEngine(graph)
    return Around(*place, engine.name, engine.version, engine.data_date, ROADS_NOTE, areas)
