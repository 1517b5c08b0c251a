"""Areas and lines from outside: parsed strictly, refused with the place and the bound, never repaired.

A repair of a small hostile polygon can keep the processor busy for minutes, and guesses what was meant.
"""

from typing import Any

import numpy as np
import shapely
from django.conf import settings
from numpy.typing import NDArray
from shapely import LineString, MultiLineString, MultiPolygon, Polygon

from territory.geodesy import area_m2
from workspace.exceptions import Invalid, TooLarge

AREA_MIN_M2 = 1.0
RING_MIN = 4
LINE_MIN = 2
WGS84_NAMES = {"EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "urn:ogc:def:crs:EPSG::4326"}
AREA_KINDS = ("Polygon", "MultiPolygon")
LINE_KINDS = ("LineString", "MultiLineString")


def parse_area(value: Any, *, field: str = "boundary", vertices_max: int | None = None) -> MultiPolygon:
    """A valid MultiPolygon in WGS 84 degrees from a GeoJSON Polygon or MultiPolygon."""
    area = parse_rings(value, field=field, vertices_max=vertices_max or settings.BOUNDARY_MAX_VERTICES)
    return check_area(area, field=field)


def parse_rings(value: Any, *, field: str, vertices_max: int) -> MultiPolygon:
    """The same with closed rings of positions in range, which may still cross each other."""
    polygons = _parts(value, field, AREA_KINDS)
    _check_count([ring for rings in polygons for ring in rings], field, vertices_max)
    rings = [[_ring(ring, f"{field}.coordinates.{i}.{j}") for j, ring in enumerate(p)] for i, p in enumerate(polygons)]
    return MultiPolygon([Polygon(p[0], p[1:]) for p in rings])


def parse_barrier(
    value: Any, *, field: str = "geometry", vertices_max: int | None = None
) -> MultiLineString | MultiPolygon:
    """A valid MultiLineString or MultiPolygon in WGS 84 degrees from GeoJSON lines or areas."""
    lines = _parts(value, field, (*LINE_KINDS, *AREA_KINDS))
    if value["type"] in AREA_KINDS:
        return parse_area(value, field=field, vertices_max=vertices_max)
    _check_count(lines, field, vertices_max)
    points = [_positions(line, f"{field}.coordinates.{i}", "line", LINE_MIN) for i, line in enumerate(lines)]
    for index, line in enumerate(points):
        place = f"{field}.coordinates.{index}"
        if np.abs(np.diff(line[:, 0])).max() > 180:
            raise Invalid.field(place, "crosses the antimeridian; split it there", bound=180)
        if (line == line[0]).all():
            raise Invalid.field(place, "the line has no length: all its positions are the same")
    return MultiLineString([LineString(line) for line in points])


def parse_bbox(value: list[float], *, field: str = "bbox") -> MultiPolygon:
    """The rectangle [west, south, east, north] in degrees."""
    west, south, east, north = value
    for lon, lat in ((west, south), (east, north)):
        _check_range(np.array([[lon, lat]]), field)
    if not (west < east and south < north):
        raise Invalid.field(field, "must be [west, south, east, north] with west < east and south < north", value=value)
    return MultiPolygon([shapely.box(west, south, east, north)])


def check_area(area: MultiPolygon, *, field: str) -> MultiPolygon:
    if not area.is_valid:
        raise Invalid.field(field, f"is not a valid area: {shapely.is_valid_reason(area)} (longitude latitude)")
    west, _, east, _ = area.bounds
    if any(part.bounds[2] - part.bounds[0] > 180 for part in area.geoms):
        problem = "spans more than 180 degrees of longitude; split it at the antimeridian"
        raise Invalid.field(field, problem, value=round(east - west, 6), bound=180)
    if area_m2(area) < AREA_MIN_M2:
        raise Invalid.field(field, "encloses no ground", bound="1 m²")
    return area


def _parts(value: Any, field: str, kinds: tuple[str, ...]) -> list[Any]:
    """Lines, or polygons as lists of rings."""
    named = f"{', '.join(kinds[:-1])} or {kinds[-1]}"
    if not isinstance(value, dict):
        raise Invalid.field(field, f"must be a GeoJSON object of type {named}")
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in kinds:
        shown = kind[:40] if isinstance(kind, str) else None
        raise Invalid.field(f"{field}.type", f"must be {named}", value=shown, bound=", ".join(kinds))
    if "crs" in value and _crs_name(value["crs"]) not in WGS84_NAMES:
        raise Invalid.field(f"{field}.crs", "must be WGS 84 (EPSG:4326, longitude before latitude) or absent")
    coordinates = value.get("coordinates")
    parts = coordinates if kind.startswith("Multi") else [coordinates]
    if not isinstance(parts, list) or not parts or not all(isinstance(part, list) and part for part in parts):
        held = "rings" if kind in AREA_KINDS else "positions"
        raise Invalid.field(f"{field}.coordinates", f"must be a {kind}'s {held}, and hold at least one")
    return parts


def _crs_name(crs: Any) -> Any:
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None


def _check_count(rows: list[Any], field: str, vertices_max: int | None) -> None:
    vertices_max = vertices_max or settings.BOUNDARY_MAX_VERTICES
    count = sum(len(row) for row in rows if isinstance(row, list))
    if count > vertices_max:
        raise TooLarge(
            f"{field}: {count:,} vertices, at most {vertices_max:,} are accepted",
            errors=[Invalid.field(field, "has too many vertices", value=count, bound=vertices_max).errors[0]],
        )


def _ring(ring: Any, place: str) -> NDArray[np.float64]:
    points = _positions(ring, place, "ring", RING_MIN)
    if not np.array_equal(points[0], points[-1]):
        raise Invalid.field(place, "the ring is not closed: its first and last position differ")
    return points


def parse_places(value: Any, *, field: str, most: int) -> list[list[float]]:
    """Places as [longitude, latitude] in WGS 84 degrees."""
    if not isinstance(value, list) or len(value) > most:
        raise Invalid.field(field, f"must be a list of at most {most} places", bound=most)
    return [[float(x) for x in place] for place in _positions(value, field, "list", 1)] if value else []


def _positions(row: Any, place: str, noun: str, least: int) -> NDArray[np.float64]:
    if not isinstance(row, list) or len(row) < least:
        found = len(row) if isinstance(row, list) else None
        raise Invalid.field(place, f"a {noun} needs at least {least} positions", value=found, bound=least)
    for index, position in enumerate(row):
        if not _is_position(position):
            raise Invalid.field(f"{place}.{index}", "a position is [longitude, latitude] in degrees")
    try:
        points = np.array([position[:2] for position in row], dtype=np.float64)
    except OverflowError:
        raise Invalid.field(place, "positions must be finite numbers") from None
    _check_range(points, place)
    return points


def _is_position(position: Any) -> bool:
    """Two numbers, or three: a height is dropped."""
    return (
        isinstance(position, list)
        and 2 <= len(position) <= 3
        and all(isinstance(number, int | float) and not isinstance(number, bool) for number in position)
    )


def _check_range(points: NDArray[np.float64], place: str) -> None:
    if not np.isfinite(points).all():
        raise Invalid.field(place, "positions must be finite numbers")
    lon, lat = points[:, 0], points[:, 1]
    bad = np.flatnonzero((np.abs(lon) > 180) | (np.abs(lat) > 90))
    if not len(bad):
        return
    index = int(bad[0])
    hint = ""
    if np.abs(lat).max() <= 180 and np.abs(lon).max() <= 90:
        hint = "; GeoJSON puts longitude before latitude, the axes look swapped"
    if abs(lat[index]) > 90:
        raise Invalid.field(
            f"{place}.{index}", f"latitude must be from -90 to 90{hint}", value=float(lat[index]), bound=[-90, 90]
        )
    raise Invalid.field(
        f"{place}.{index}", "longitude must be from -180 to 180", value=float(lon[index]), bound=[-180, 180]
    )
