"""Small boundary files, written by the tests that read them."""

import io
import json
import zipfile
from typing import Any

import numpy as np
import pyogrio
import shapely
from shapely import Polygon

from territory.layers.files.features import Choices
from territory.layers.files.parsing import look_at

BOWTIE = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]


def ring(west: float, south: float, size: float = 1) -> list[list[float]]:
    return [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]


def feature(coordinates: Any, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def geojson(*features: dict[str, Any], **members: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **members}).encode()


def row_of_squares(n: int = 3) -> bytes:
    """Squares side by side: S0 | S1 | S2 …"""
    return geojson(*(feature([ring(i, 0)], code=f"S{i}", name=f"Square {i}") for i in range(n)))


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def kml(*rings: list[list[float]], head: str = "") -> bytes:
    placemarks = "".join(
        f"<Placemark><name>P{i}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        + " ".join(f"{x},{y},0" for x, y in points)
        + "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        for i, points in enumerate(rings)
    )
    return f'{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{placemarks}</Document></kml>'.encode()


def topojson() -> bytes:
    """Two squares; arc 1 is their common edge."""
    arcs = [[[1, 0], [0, 0], [0, 1], [1, 1]], [[1, 1], [1, 0]], [[1, 0], [2, 0], [2, 1], [1, 1]]]
    geometries = [
        {"type": "Polygon", "id": "a", "arcs": [[0, 1]], "properties": {"name": "Left"}},
        {"type": "Polygon", "id": "b", "arcs": [[2, 1]], "properties": {"name": "Right"}},
    ]
    objects = {"squares": {"type": "GeometryCollection", "geometries": geometries}}
    return json.dumps({"type": "Topology", "objects": objects, "arcs": arcs}).encode()


def by_gdal(path: Any, driver: str, *, crs: str | None, shapes: list[Polygon], names: list[str]) -> None:
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapely.normalize(shapes)),
        [np.array(names, dtype=object)],
        ["name"],
        geometry_type="Polygon",
        driver=driver,
        crs=crs,
    )


def look(content: bytes, filename: str, limit_s: float = 30, **choices: Any) -> dict[str, Any]:
    return look_at(io.BytesIO(content), filename=filename, choices=Choices(**choices), limit_s=limit_s)
