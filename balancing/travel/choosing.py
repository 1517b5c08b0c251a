"""Which engines there are here, and which one is taken."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from django.conf import settings

from accounts.cells import degrees
from accounts.models import Rep
from balancing.engine.arrays import FloatArray
from balancing.models.travel import TravelEngineName
from balancing.travel.engine import TravelEngine
from balancing.travel.estimate import EstimateEngine
from balancing.travel.road_engine import RoadGraphEngine, best_graph
from balancing.travel.roads.graph import RoadGraph, known_graphs
from balancing.travel.servers import OsrmEngine, ValhallaEngine
from territory.models import AccountAssignment, Alignment

# The best first. A graph of our own answers without leaving the machine.
PREFERENCE = (
    TravelEngineName.ROAD_GRAPH,
    TravelEngineName.OSRM,
    TravelEngineName.VALHALLA,
    TravelEngineName.ESTIMATE,
)
_SAMPLE = 2000


def engines_for(alignment: Alignment) -> list[TravelEngine]:
    """What can measure the alignment, the best first; the estimate always can."""
    found: dict[str, TravelEngine] = {TravelEngineName.ESTIMATE: EstimateEngine()}
    graph = best_graph(known_graphs(Path(settings.ROADS_ROOT)), *_places(alignment))
    if graph is not None:
        found[TravelEngineName.ROAD_GRAPH] = RoadGraphEngine(graph)
    if settings.TRAVEL_OSRM_URL:
        found[TravelEngineName.OSRM] = OsrmEngine(settings.TRAVEL_OSRM_URL)
    if settings.TRAVEL_VALHALLA_URL:
        found[TravelEngineName.VALHALLA] = ValhallaEngine(settings.TRAVEL_VALHALLA_URL)
    return [found[name] for name in PREFERENCE if name in found]


def graph_at(lon: float, lat: float) -> RoadGraph | None:
    """The road graph that holds a place."""
    return best_graph(known_graphs(Path(settings.ROADS_ROOT)), np.array([lon]), np.array([lat]))


def _places(alignment: Alignment) -> tuple[FloatArray, FloatArray]:
    """Homes of the team, and some accounts: enough to tell which map they are on."""
    team = Rep.objects.filter(workspace_id=alignment.workspace_id, team_id=alignment.team_id, home__isnull=False)
    homes = [(rep.home.x, rep.home.y) for rep in team.only("home")]
    cells = AccountAssignment.objects.filter(
        workspace_id=alignment.workspace_id, alignment_id=alignment.pk, mercator_x__isnull=False
    ).values_list("mercator_x", "mercator_y")[:_SAMPLE]
    grid = np.array(list(cells), dtype=np.int64).reshape(-1, 2)
    lons, lats = degrees(grid[:, 0], grid[:, 1])
    at_home = np.array(homes, dtype=np.float64).reshape(-1, 2)
    return np.concatenate((at_home[:, 0], lons)), np.concatenate((at_home[:, 1], lats))


def named(engines: Iterable[TravelEngine], name: str) -> TravelEngine | None:
    return next((engine for engine in engines if engine.name == name), None)
