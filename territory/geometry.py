"""Areas from outside: parsed strictly, refused with the place and the bound, never repaired.

A repair of a small hostile polygon can keep the processor busy for minutes, and guesses what was meant.
"""

from typing import Any

import numpy as np
import shapely
from django.conf import settings
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from territory.geodesy import area_m2
from workspace.exceptions import Invalid, TooLarge

AREA_MIN_M2 = 1.0
RING_MIN = 4
WGS84_NAMES = {"EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "urn:ogc:def:crs:EPSG::4326"}
KINDS = ("Polygon", "MultiPolygon")


def parse_area(value: Any, *, field: str = "boundary", vertices_max: int | None = None) -> MultiPolygon:
    """A valid MultiPolygon in WGS 84 degrees from a GeoJSON Polygon or MultiPolygon."""
    area = parse_rings(value, field=field, vertices_max=vertices_max or settings.BOUNDARY_MAX_VERTICES)
    return check_area(area, field=field)


def parse_rings(value: Any, *, field: str, vertices_max: int) -> MultiPolygon:
    """The same with closed rings of positions in range, which may still cross each other."""
    polygons = _polygons(value, field)
    _check_count(polygons, field, vertices_max)
    rings = [[_ring(ring, f"{field}.coordinates.{i}.{j}") for j, ring in enumerate(p)] for i, p in enumerate(polygons)]
    return MultiPolygon([Polygon(p[0], p[1:]) for p in rings])


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


def _polygons(value: Any, field: str) -> list[Any]:
    if not isinstance(value, dict):
        raise Invalid.field(field, "must be a GeoJSON object of type Polygon or MultiPolygon")
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in KINDS:
        shown = kind[:40] if isinstance(kind, str) else None
        raise Invalid.field(
            f"{field}.type", "must be Polygon or MultiPolygon", value=shown, bound="Polygon, MultiPolygon"
        )
    if "crs" in value and _crs_name(value["crs"]) not in WGS84_NAMES:
        raise Invalid.field(f"{field}.crs", "must be WGS 84 (EPSG:4326, longitude before latitude) or absent")
    coordinates = value.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons or not all(isinstance(p, list) and p for p in polygons):
        raise Invalid.field(f"{field}.coordinates", f"must be a {kind}'s rings, and hold at least one")
    return polygons


def _crs_name(crs: Any) -> Any:
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None


def _check_count(polygons: list[Any], field: str, vertices_max: int) -> None:
    count = sum(len(ring) for rings in polygons for ring in rings if isinstance(ring, list))
    if count > vertices_max:
        raise TooLarge(
            f"{field}: {count:,} vertices, at most {vertices_max:,} are accepted",
            errors=[Invalid.field(field, "has too many vertices", value=count, bound=vertices_max).errors[0]],
        )


def _ring(ring: Any, place: str) -> NDArray[np.float64]:
    if not isinstance(ring, list) or len(ring) < RING_MIN:
        found = len(ring) if isinstance(ring, list) else None
        raise Invalid.field(place, "a ring needs at least 4 positions", value=found, bound=RING_MIN)
    for index, position in enumerate(ring):
        if not _is_position(position):
            raise Invalid.field(f"{place}.{index}", "a position is [longitude, latitude] in degrees")
    try:
        points = np.array([position[:2] for position in ring], dtype=np.float64)
    except OverflowError:
        raise Invalid.field(place, "positions must be finite numbers") from None
    _check_range(points, place)
    if not np.array_equal(points[0], points[-1]):
        raise Invalid.field(place, "the ring is not closed: its first and last position differ")
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
