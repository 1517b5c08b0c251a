"""The inside team's plan: boundaries drawn by hand, as it were, that overlap around two large cities."""

from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np
import shapely
from numpy.typing import NDArray

from balancing.demo.ground import Ground
from balancing.demo.places import Places
from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import Problem
from balancing.engine.solve import solve

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

TOLERANCE = 0.06
EFFORT = 0.3
OVERLAP_CITIES = (("GA", "Atlanta"), ("NC", "Charlotte"))
# The neighbour's boundary reaches this far around the city.
OVERLAP_RADIUS_KM = 45.0
KM_PER_DEGREE = 111.2
# Inner borders are drawn with fewer corners than counties have; the outer edge stays, or coastal accounts drop out.
DRAWN_TOLERANCE_DEGREES = 0.02
BRIDGE_DEGREES = 0.02
# Kept away from third boundaries: lines that all but run together cross when they are rounded.
CLEARANCE_DEGREES = 0.002


@dataclass(frozen=True)
class Overlap:
    """`claimed_by` reaches over a city that lies in `owner`."""

    city: str
    owner: int
    claimed_by: int


@dataclass(frozen=True, eq=False)
class InsidePlan:
    owners: IntArray
    boundaries: list[shapely.MultiPolygon]
    overlaps: list[Overlap]


def make_inside_plan(
    rng: np.random.Generator, ground: Ground, places: Places, workload_h: FloatArray, n_reps: int
) -> InsidePlan:
    problem = Problem.from_degrees(
        ground.lon, ground.lat, workload_h, ground.edges, n_reps, tolerances=[TOLERANCE], metric_names=("workload",)
    )
    parameters = SolveParameters(starts=1, effort=EFFORT, with_bound=False)
    owners = solve(problem, parameters, rng=rng).labels.astype(np.int64)
    areas = [shapely.union_all(ground.boundaries[owners == k]) for k in range(n_reps)]
    drawn = list(shapely.coverage_simplify(areas, DRAWN_TOLERANCE_DEGREES, simplify_boundary=False))
    for k, area in enumerate(drawn):
        drawn[k] = _with_islands(area, drawn[:k] + drawn[k + 1 :])
    overlaps: list[Overlap] = []
    for state, city in OVERLAP_CITIES:
        overlaps.append(_reach_over(drawn, _point_of(places, state, city), city, done=overlaps))
    return _owners_first(InsidePlan(owners, [_as_multipolygon(area) for area in drawn], overlaps))


def _owners_first(plan: InsidePlan) -> InsidePlan:
    """Renumbered: of two who claim an account the first gets it, and work is balanced where that is its owner."""
    before: dict[int, set[int]] = {k: set() for k in range(len(plan.boundaries))}
    for overlap in plan.overlaps:
        before[overlap.claimed_by].add(overlap.owner)
    order = list(TopologicalSorter(before).static_order())
    place = np.argsort(order)
    return InsidePlan(
        owners=place[plan.owners],
        boundaries=[plan.boundaries[k] for k in order],
        overlaps=[Overlap(o.city, int(place[o.owner]), int(place[o.claimed_by])) for o in plan.overlaps],
    )


def _with_islands(area: shapely.Geometry, others: list[shapely.Geometry]) -> shapely.Geometry:
    """One outline: whoever draws by hand draws around the islands too."""
    mainland, *islands = sorted(shapely.get_parts(area), key=shapely.area, reverse=True)
    for island in sorted(islands, key=lambda part: shapely.distance(part, mainland)):
        bridge = shapely.buffer(shapely.shortest_line(mainland, island), BRIDGE_DEGREES)
        water = shapely.difference(bridge, shapely.union_all(others))
        mainland = shapely.union_all([mainland, island, water])
    return mainland


def _reach_over(drawn: list[shapely.Geometry], point: shapely.Point, city: str, *, done: list[Overlap]) -> Overlap:
    """Widen the nearest other boundary by a tongue that holds the city; each pair of territories once."""
    owner = int(np.flatnonzero(shapely.intersects(drawn, point))[0])
    used = [{overlap.owner, overlap.claimed_by} for overlap in done]
    others = [k for k in range(len(drawn)) if k != owner and {k, owner} not in used]
    nearest = min(others, key=lambda k: shapely.distance(drawn[k], point))
    foot = shapely.get_point(shapely.shortest_line(drawn[nearest], point), 0)
    discs = [_disc(point, OVERLAP_RADIUS_KM), _disc(foot, OVERLAP_RADIUS_KM / 3)]
    tongue = shapely.convex_hull(shapely.union_all(discs))
    third = shapely.union_all([area for k, area in enumerate(drawn) if k not in {owner, nearest}])
    land = shapely.difference(shapely.union(drawn[nearest], drawn[owner]), shapely.buffer(third, CLEARANCE_DEGREES))
    drawn[nearest] = shapely.union(drawn[nearest], shapely.intersection(tongue, land))
    return Overlap(city, owner, nearest)


def _point_of(places: Places, state: str, city: str) -> shapely.Point:
    place = next(i for i, name in enumerate(places.names) if (places.states[i], name) == (state, city))
    return shapely.Point(places.lon[place], places.lat[place])


def _disc(point: shapely.Point, radius_km: float) -> shapely.Polygon:
    """A circle on the ground, drawn with 64 corners."""
    angles = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    radius = radius_km / KM_PER_DEGREE
    lon = point.x + radius * np.cos(angles) / np.cos(np.radians(point.y))
    return shapely.polygons(np.column_stack([lon, point.y + radius * np.sin(angles)]))


def _as_multipolygon(area: shapely.Geometry) -> shapely.MultiPolygon:
    parts = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    return shapely.multipolygons(parts)
