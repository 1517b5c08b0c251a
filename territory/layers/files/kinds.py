"""Which format a file is in, by what it begins with and what it is called: never a guess of the reading library."""

import re
from enum import StrEnum
from pathlib import Path

from workspace.exceptions import Invalid


class FileKind(StrEnum):
    GEOJSON = "geojson"
    TOPOJSON = "topojson"
    SHAPEFILE = "shapefile"
    KML = "kml"
    KMZ = "kmz"
    GEOPACKAGE = "geopackage"
    FLATGEOBUF = "flatgeobuf"


ACCEPTED = "GeoJSON, TopoJSON, zipped Shapefile, KML, KMZ, GeoPackage or FlatGeobuf"
_HEAD_BYTES = 64 * 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SQLITE = b"SQLite format 3\x00"
_FLATGEOBUF = b"fgb\x03"
_TOPOLOGY = re.compile(rb'"type"\s*:\s*"Topology"')
_SHAPEFILE = b"\x00\x00\x27\x0a"
_PARTS = {".shp", ".shx", ".dbf", ".prj", ".cpg"}


def kind_of_file(path: Path, filename: str) -> FileKind:
    """The format, or a refusal that says what was found instead. A ZIP is a Shapefile until it is opened."""
    suffix = Path(filename.lower()).suffix
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip():
        raise Invalid.field("file", "is empty")
    if head.startswith(_ZIP):
        return FileKind.KMZ if suffix == ".kmz" else FileKind.SHAPEFILE
    if head.startswith(_SQLITE):
        return _named(FileKind.GEOPACKAGE, suffix, {".gpkg"})
    if head.startswith(_FLATGEOBUF):
        return _named(FileKind.FLATGEOBUF, suffix, {".fgb"})
    if head.startswith(_SHAPEFILE) or suffix in _PARTS:
        raise Invalid.field("file", "is one part of a Shapefile; put .shp, .shx, .dbf and .prj into one ZIP archive")
    if suffix in {".zip", ".kmz"}:
        raise Invalid.field("file", "is called a ZIP archive but is none")
    return _text_kind(path, head, suffix)


def _text_kind(path: Path, head: bytes, suffix: str) -> FileKind:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<") or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _named(FileKind.KML, suffix, {".kml"})
    if suffix in {".topojson", ".json", ".geojson"}:
        is_topology = suffix == ".topojson" or _TOPOLOGY.search(text) or _ends_as_topology(path)
        return FileKind.TOPOJSON if is_topology else FileKind.GEOJSON
    raise Invalid.field("file", f"must be {ACCEPTED}", value=suffix[:20] or None)


def _ends_as_topology(path: Path) -> bool:
    """A long file may name its type last."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _HEAD_BYTES, 0))
        return _TOPOLOGY.search(file.read()) is not None


def _named(kind: FileKind, suffix: str, suffixes: set[str]) -> FileKind:
    if suffix not in suffixes:
        expected = ", ".join(sorted(suffixes))
        problem = f"must be {ACCEPTED}; only a file named {expected} begins like this one"
        raise Invalid.field("file", problem, value=suffix[:20] or None)
    return kind
