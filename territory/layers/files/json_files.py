"""GeoJSON (RFC 7946) and TopoJSON 1.0, feature by feature, without a library that mends in silence."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from pyproj import CRS, Transformer

from territory.geometry import WGS84_NAMES, parse_rings
from territory.layers.files.features import Choices, FileLayer, check_n_features, choose_layer
from territory.layers.files.limits import VERTICES_MAX
from territory.layers.topojson import as_it_is, decode_arcs
from workspace.exceptions import DomainError, Invalid

WGS84 = "EPSG:4326"
_EPSG = re.compile(r"^(?:urn:ogc:def:crs:)?EPSG:[^:]*:?(\d{4,6})$", re.IGNORECASE)
_TYPES = {"Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"}


def read_geojson(path: Path, choices: Choices) -> FileLayer:
    data = _load(path)
    if not isinstance(data, dict):
        raise Invalid.field("file", "is JSON but no GeoJSON: the outermost value must be an object")
    features = _features(data)
    check_n_features(len(features))
    project = _projection(data.get("crs"))
    name = data.get("name") if isinstance(data.get("name"), str) else path.stem
    found = FileLayer([{"name": name, "n_features": len(features)}], name, WGS84)
    for feature in features:
        _add_feature(found, feature, project)
    return found


def read_topojson(path: Path, choices: Choices) -> FileLayer:
    data = _load(path)
    if not isinstance(data, dict) or data.get("type") != "Topology" or not isinstance(data.get("objects"), dict):
        raise Invalid.field("file", "is no TopoJSON: it needs type Topology and objects")
    collections = {name: _geometries(value) for name, value in data["objects"].items()}
    layers = [{"name": name, "n_features": len(found)} for name, found in collections.items()]
    layer = choose_layer(layers, choices.layer)
    check_n_features(len(collections[layer]))
    try:
        arcs = decode_arcs(data)
    except (KeyError, TypeError, ValueError):
        raise Invalid.field("file", "is TopoJSON with arcs that are no lists of positions") from None
    if sum(map(len, arcs)) > VERTICES_MAX or any(arc.ndim != 2 or arc.shape[1] < 2 for arc in arcs):
        raise Invalid.field("file", "has arcs that are no positions, or too many", bound=VERTICES_MAX)
    found = FileLayer(layers, layer, WGS84)
    flat = [arc[:, :2] for arc in arcs]
    for geometry in collections[layer]:
        _add_arcs(found, geometry, flat)
    return found


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Invalid.field("file", f"is not in UTF-8, as JSON must be (byte {error.start:,})") from None
    except RecursionError:
        raise Invalid.field("file", "is JSON nested too deep") from None
    except ValueError as error:
        raise Invalid.field("file", f"is not valid JSON: {error}") from None


def _features(data: dict[str, Any]) -> list[Any]:
    kind = data.get("type")
    if kind == "FeatureCollection":
        if not isinstance(data.get("features"), list):
            raise Invalid.field("file", "is a FeatureCollection without a list of features")
        return list(data["features"])
    if kind == "Feature":
        return [data]
    if isinstance(kind, str) and kind in _TYPES:
        return [{"type": "Feature", "properties": None, "geometry": data}]
    shown = str(kind)[:40] if kind is not None else None
    raise Invalid.field("file", "has a type that GeoJSON does not know (capital letters count)", value=shown)


def _projection(crs: Any) -> Transformer | None:
    """The old `crs` member: absent and WGS 84 mean the same; another EPSG code is projected, nothing else is."""
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or len(name) > 100:
        raise Invalid.field("crs", "must name its projection, like EPSG:26914")
    if name in WGS84_NAMES:
        return None
    code = _EPSG.match(name)
    if code is None:
        raise Invalid.field("crs", "must be an EPSG code, like EPSG:26914", value=name)
    try:
        source = CRS.from_epsg(int(code[1]))
    except Exception:
        raise Invalid.field("crs", "is an EPSG code nobody knows", value=name) from None
    return Transformer.from_crs(source, WGS84, always_xy=True)


def _add_feature(found: FileLayer, feature: Any, project: Transformer | None) -> None:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        found.add(None, {}, "is no Feature")
        return
    properties = feature.get("properties")
    attributes = properties if isinstance(properties, dict) else {}
    if isinstance(feature.get("id"), str | int | float) and "id" not in attributes:
        attributes = {"id": feature["id"], **attributes}
    geometry = feature.get("geometry")
    if geometry is None:
        found.add(None, attributes, "has no geometry")
        return
    if project is not None and isinstance(geometry, dict):
        geometry = {**geometry, "coordinates": _projected(geometry.get("coordinates"), project)}
    try:
        found.add(parse_rings(geometry, field="geometry", vertices_max=VERTICES_MAX), attributes)
    except DomainError as error:
        found.add(None, attributes, words(error).removeprefix("geometry: "))
    except (ValueError, TypeError) as error:
        found.add(None, attributes, f"cannot be read as an area: {error}"[:200])


def words(error: DomainError) -> str:
    """A refusal as one line, with the value where there is one."""
    shown = [f"{entry.field}: {entry.problem}" + _valued(entry.value) for entry in error.errors]
    return "; ".join(shown) or error.detail


def _valued(value: Any) -> str:
    return f" (is {value})" if value is not None else ""


def _projected(value: Any, project: Transformer) -> Any:
    """Coordinates ring by ring; what is no ring is left for the parser to refuse."""
    if not isinstance(value, list) or not value:
        return value
    if not _is_ring(value):
        return [_projected(inner, project) for inner in value]
    points = np.array([position[:2] for position in value], dtype=np.float64)
    lon, lat = project.transform(points[:, 0], points[:, 1])
    return np.column_stack([lon, lat]).tolist()


def _is_ring(value: list[Any]) -> bool:
    return all(
        isinstance(position, list) and len(position) >= 2 and all(isinstance(n, int | float) for n in position[:2])
        for position in value
    )


def _geometries(value: Any) -> list[Any]:
    if isinstance(value, dict) and value.get("type") == "GeometryCollection":
        inner = value.get("geometries")
        return list(inner) if isinstance(inner, list) else []
    return [value]


def _add_arcs(found: FileLayer, geometry: Any, arcs: list[Any]) -> None:
    if not isinstance(geometry, dict):
        found.add(None, {}, "is no geometry")
        return
    properties = geometry.get("properties")
    attributes = properties if isinstance(properties, dict) else {}
    if isinstance(geometry.get("id"), str | int | float) and "id" not in attributes:
        attributes = {"id": geometry["id"], **attributes}
    if geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        kind = geometry.get("type")
        found.add(None, attributes, "has no geometry" if kind is None else f"is a {str(kind)[:40]}, not an area")
        return
    try:
        shape = as_it_is(geometry, arcs)
    except (KeyError, TypeError, ValueError, IndexError):
        found.add(None, attributes, "refers to arcs that are not there, or do not close")
        return
    found.add(shape, attributes)
