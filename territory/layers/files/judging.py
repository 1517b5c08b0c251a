"""Which features of a file can be units: projected, checked one by one, repaired where that was asked for."""

import re
from dataclasses import dataclass, field

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely import Geometry, MultiPolygon, Polygon

from territory.geodesy import area_m2
from territory.geometry import check_area
from territory.layers.files.features import Choices, FileLayer, Problem
from territory.layers.files.limits import REPAIR_MAX_VERTICES, VERTICES_MAX
from workspace.exceptions import DomainError, Invalid, TooLarge

_PLACE = re.compile(r"\[(-?[\d.eE+-]+) (-?[\d.eE+-]+)\]")
_AREAS = {"Polygon", "MultiPolygon"}


@dataclass(frozen=True)
class Repair:
    """A feature that was made valid, and how much ground that gave or took."""

    feature: int
    before_m2: float
    after_m2: float


@dataclass
class Judged:
    """Areas by the position of their feature; the others are in `problems`."""

    areas: dict[int, MultiPolygon] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)


def needs_projection(found: FileLayer, choices: Choices) -> bool:
    return found.crs is None and not choices.is_longitude_latitude


def judge(found: FileLayer, choices: Choices) -> Judged:
    """Every feature on its own: a bad one never takes the others with it, and never goes in silence."""
    judged = Judged(problems=list(found.problems))
    shapes = np.array(found.shapes, dtype=object)
    n_vertices = int(shapely.get_num_coordinates(shapes).sum())
    if n_vertices > VERTICES_MAX:
        error = Invalid.field("file", "has too many vertices", value=n_vertices, bound=VERTICES_MAX)
        raise TooLarge(error.detail, errors=error.errors)
    told = {problem.feature for problem in found.problems}
    for index, shape in enumerate(_in_degrees(shapes, found.crs)):
        if index + 1 not in told:
            _judge_one(judged, index, shape, choices)
    judged.problems.sort(key=lambda problem: problem.feature)
    return judged


def _in_degrees(shapes: np.ndarray, crs: str | None) -> np.ndarray:
    if crs is None:
        return shapes
    try:
        source = CRS.from_user_input(crs)
        is_degrees = source.equals(CRS.from_epsg(4326), ignore_axis_order=True)
        project = Transformer.from_crs(source, "EPSG:4326", always_xy=True)
    except CRSError:
        raise Invalid.field("file", "is in a projection nobody knows", value=crs[:200]) from None
    if is_degrees:
        return shapes
    return shapely.transform(shapes, lambda points: np.column_stack(project.transform(points[:, 0], points[:, 1])))


def _judge_one(judged: Judged, index: int, shape: Geometry | None, choices: Choices) -> None:
    number = index + 1
    if shape is None or shape.is_empty:
        judged.problems.append(Problem(number, "has no geometry" if shape is None else "encloses no ground"))
        return
    if shape.geom_type not in _AREAS:
        judged.problems.append(Problem(number, f"is a {shape.geom_type}, not an area"))
        return
    area = shape if isinstance(shape, MultiPolygon) else MultiPolygon([shape])
    outside = _outside(area)
    if outside is not None:
        judged.problems.append(Problem(number, outside))
        return
    if not area.is_valid:
        _judge_broken(judged, number, area, choices)
        return
    _accept(judged, number, area)


def _accept(judged: Judged, number: int, area: MultiPolygon) -> bool:
    try:
        judged.areas[number - 1] = check_area(area, field="area")
    except DomainError as error:
        judged.problems.append(Problem(number, error.errors[0].problem))
        return False
    return True


def _outside(area: MultiPolygon) -> str | None:
    """Refused before anything is computed with it."""
    points = shapely.get_coordinates(area)
    if not np.isfinite(points).all():
        return "has positions that are no finite numbers, or lie outside its projection"
    lon, lat = np.abs(points[:, 0]).max(), np.abs(points[:, 1]).max()
    if lon > 180 or lat > 90:
        axis, value, bound = ("latitude", lat, 90) if lat > 90 else ("longitude", lon, 180)
        return f"{axis} must be from -{bound} to {bound} (reaches {value:g})"
    return None


def _judge_broken(judged: Judged, number: int, area: MultiPolygon, choices: Choices) -> None:
    reason = shapely.is_valid_reason(area)
    place = _PLACE.search(reason)
    lon, lat = (float(place[1]), float(place[2])) if place else (None, None)
    words = f"is not a valid area: {_PLACE.sub('', reason).strip().lower()}"
    is_small = int(shapely.get_num_coordinates(area)) <= REPAIR_MAX_VERTICES
    if choices.repair and is_small:
        mended = _mended(area)
        if mended is not None and _accept(judged, number, mended):
            judged.repairs.append(Repair(number, area_m2(area), area_m2(mended)))
            return
        if mended is not None:
            return
        words += "; it could not be repaired"
    judged.problems.append(Problem(number, words, lon, lat, can_be_repaired=is_small and not choices.repair))


def _mended(area: MultiPolygon) -> MultiPolygon | None:
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(area, method="structure", keep_collapsed=False)))
    polygons = [part for part in parts if isinstance(part, Polygon) and not part.is_empty]
    mended = MultiPolygon(polygons)
    return mended if polygons and mended.is_valid else None
