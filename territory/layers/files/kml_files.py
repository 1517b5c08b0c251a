"""KML 2.2 (OGC 07-147r2) and KMZ: placemarks with polygons, read without following any link in them."""

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import shapely
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import parse
from shapely import Geometry, Polygon

from territory.layers.files.archive import members, open_archive, unpack
from territory.layers.files.features import Choices, FileLayer, check_n_features
from workspace.exceptions import Invalid

WGS84 = "EPSG:4326"
_AREAS = {"Polygon", "MultiGeometry"}
_OTHERS = {"Point", "LineString", "LinearRing", "Model", "Track", "MultiTrack"}


def read_kmz(path: Path, choices: Choices) -> FileLayer:
    with open_archive(path) as archive:
        documents = members(archive, [".kml"])
        if not documents:
            raise Invalid.field("file", "is a KMZ archive without a KML document in it")
        first = next((entry for entry in documents if entry.filename.lower() == "doc.kml"), documents[0])
        return read_kml(unpack(archive, first, path.with_name("doc.kml")), choices)


def read_kml(path: Path, choices: Choices) -> FileLayer:
    try:
        root = parse(path, forbid_dtd=True).getroot()
    except DefusedXmlException:
        raise Invalid.field("file", "is KML with a document type or entities, which are not accepted") from None
    except (ParseError, ValueError, LookupError) as error:
        raise Invalid.field("file", f"is not valid KML: {error}") from None
    if root is None or _local(root) not in {"kml", "Document", "Folder", "Placemark"}:
        raise Invalid.field("file", "is XML but no KML", value=_local(root)[:40] if root is not None else None)
    placemarks = [element for element in root.iter() if _local(element) == "Placemark"]
    if not placemarks:
        raise Invalid.field("file", "is KML without placemarks; links to other files are not followed")
    check_n_features(len(placemarks))
    found = FileLayer([{"name": path.stem, "n_features": len(placemarks)}], path.stem, WGS84)
    for placemark in placemarks:
        shape, problem = _shape(placemark)
        found.add(shape, _attributes(placemark), problem)
    return found


def _attributes(placemark: Element) -> dict[str, Any]:
    attributes: dict[str, Any] = {"id": placemark.get("id")} if placemark.get("id") else {}
    for element in placemark:
        if _local(element) in {"name", "description"}:
            attributes[_local(element)] = element.text
        if _local(element) == "ExtendedData":
            for data in element.iter():
                if _local(data) == "SimpleData":
                    attributes[data.get("name", "")] = data.text
                elif _local(data) == "Data":
                    attributes[data.get("name", "")] = next((e.text for e in data if _local(e) == "value"), None)
    attributes.pop("", None)
    return attributes


def _shape(placemark: Element) -> tuple[Geometry | None, str | None]:
    for element in placemark:
        if _local(element) in _OTHERS:
            return None, f"is a {_local(element)}, not an area"
        if _local(element) in _AREAS:
            inside = {_local(inner) for inner in element} & _OTHERS if _local(element) == "MultiGeometry" else set()
            if inside:
                return None, f"mixes areas with {', '.join(sorted(inside))}"
            return _areas(element)
    return None, "has no geometry"


def _areas(element: Element) -> tuple[Geometry | None, str | None]:
    polygons = [inner for inner in element.iter() if _local(inner) == "Polygon"]
    if not polygons:
        return None, "has no polygon"
    try:
        return shapely.multipolygons([_polygon(polygon) for polygon in polygons]), None
    except ValueError as error:
        return None, f"has coordinates that cannot be read: {error}"[:200]


def _polygon(polygon: Element) -> Polygon:
    outer = [_ring(boundary) for boundary in polygon if _local(boundary) == "outerBoundaryIs"]
    holes = [_ring(boundary) for boundary in polygon if _local(boundary) == "innerBoundaryIs"]
    if len(outer) != 1:
        raise ValueError("a polygon needs one outer boundary")
    return Polygon(outer[0], holes)


def _ring(boundary: Element) -> list[tuple[float, float]]:
    text = next((element.text or "" for element in boundary.iter() if _local(element) == "coordinates"), "")
    ring = [_position(part) for part in text.split()]
    if len(ring) < 4:
        raise ValueError(f"a ring needs at least 4 positions, has {len(ring)}")
    if ring[0] != ring[-1]:
        raise ValueError("a ring is not closed: its first and last position differ")
    return ring


def _position(text: str) -> tuple[float, float]:
    lon, lat, *_ = text.split(",")
    return float(lon), float(lat)


def _local(element: Element) -> str:
    """The name without its namespace: documents of old and new KML mix theirs."""
    return str(element.tag).rpartition("}")[2]
