"""A barrier that leaves one territory in two pieces."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from balancing.demo.field_plan import FieldPlan
from balancing.demo.graph import is_connected
from balancing.demo.ground import Ground
from balancing.formulas.contiguity import pieces_per_territory

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

BARRIER_NAME = "Heron Ridge (no through road)"
N_ANGLES = 8
# The smaller piece holds at least this part of the territory's work.
SHARE_MIN = 0.25


@dataclass(frozen=True, eq=False)
class Split:
    """The territory that is cut, and the line that cuts it."""

    territory: int
    line: shapely.MultiLineString


def choose_split(ground: Ground, plan: FieldPlan, workload_h: FloatArray, candidates: list[int]) -> Split:
    """The shortest line along county borders that cuts one candidate in two and leaves every other territory whole."""
    segments = shapely.linestrings(np.stack([_middles(ground, ground.edges[:, side]) for side in (0, 1)], axis=1))
    found: list[Split] = []
    for territory in candidates:
        members = plan.owners == territory
        for side in _sides(ground, members, workload_h):
            line = _border(ground, members & side, members & ~side)
            kept = ground.edges[~shapely.intersects(segments, line)]
            pieces = pieces_per_territory(plan.owners, kept, plan.n_territories)
            if pieces[territory] == 2 and (np.delete(pieces, territory) == 1).all():
                found.append(Split(territory, line))
    if not found:
        raise ValueError(f"no line along county borders cuts any of the territories {candidates} in two")
    return min(found, key=lambda split: split.line.length)


def _sides(ground: Ground, members: BoolArray, workload_h: FloatArray) -> list[BoolArray]:
    """Ways to halve a territory by a straight look: counties on one side of its middle, both sides in one piece."""
    middle_lon, middle_lat = ground.lon[members].mean(), ground.lat[members].mean()
    found = []
    for angle in np.linspace(0, np.pi, N_ANGLES, endpoint=False):
        beyond = (ground.lon - middle_lon) * np.cos(angle) + (ground.lat - middle_lat) * np.sin(angle) > 0
        share = workload_h[members & beyond].sum() / max(workload_h[members].sum(), 1e-9)
        whole = all(part.any() and is_connected(part, ground.edges) for part in (members & beyond, members & ~beyond))
        if whole and SHARE_MIN <= share <= 1 - SHARE_MIN:
            found.append(beyond)
    return found


def _border(ground: Ground, one: BoolArray, other: BoolArray) -> shapely.MultiLineString:
    """What the two areas share, as lines."""
    areas = [shapely.union_all(ground.boundaries[part]) for part in (one, other)]
    shared = shapely.intersection(*areas)
    lines = [part for part in shapely.get_parts(shared) if part.geom_type == "LineString"]
    merged = shapely.line_merge(shapely.multilinestrings(lines))
    return merged if merged.geom_type == "MultiLineString" else shapely.multilinestrings([merged])


def _middles(ground: Ground, counties: IntArray) -> FloatArray:
    return np.column_stack([ground.lon[counties], ground.lat[counties]])
