"""Shapefile, GeoPackage and FlatGeobuf through GDAL, with the one driver that belongs to the format loaded."""

import codecs
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from territory.layers.files.archive import members, open_archive, unpack
from territory.layers.files.features import Choices, FileLayer, check_n_features, choose_layer
from territory.layers.files.limits import ATTRIBUTES_MAX
from workspace.exceptions import Invalid

_SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_OTHER_FORMATS = (".geojson", ".json", ".topojson", ".kml", ".gpkg", ".fgb", ".gml", ".gpx")
# What a .dbf without a stated code page is in when it is no UTF-8.
FALLBACK_ENCODING = "windows-1252"


def check_drivers(allowed: str) -> None:
    """Refuse to go on where GDAL has loaded more than it was told to."""
    loaded = set(pyogrio.list_drivers())
    if loaded != {allowed}:
        raise RuntimeError(f"Drivers loaded besides {allowed}: {sorted(loaded - {allowed})}")


def read_shapefile(path: Path, choices: Choices) -> FileLayer:
    """The layers of a ZIP are its .shp files; each is unpacked with its parts under a name of our own."""
    with open_archive(path) as archive:
        parts = {entry.filename: entry for entry in members(archive, _SHAPEFILE_PARTS)}
        stems = [name[:-4] for name in parts if name.lower().endswith(".shp")]
        if not stems:
            raise _no_shapefile(archive)
        layers = [{"name": stem, "n_features": max(parts_size(parts, stem), 0)} for stem in stems]
        layer = choose_layer(layers, choices.layer)
        suffixes = {}
        for name, entry in parts.items():
            if name[:-4] == layer:
                suffixes[name[-4:].lower()] = unpack(archive, entry, path.with_name(f"layer{name[-4:].lower()}"))
    if ".dbf" not in suffixes:
        names = ", ".join(sorted(suffixes))
        raise Invalid.field("file", f"is a Shapefile without .dbf, so without any attribute; it holds {names}")
    encoding = _encoding(suffixes[".dbf"], suffixes.get(".cpg"))
    found = _read(suffixes[".shp"], layers, layer, None, encoding=encoding)
    found.encoding = encoding
    layers[[entry["name"] for entry in layers].index(layer)]["n_features"] = len(found.shapes)
    return found


def parts_size(parts: dict[str, Any], stem: str) -> int:
    """How many features a .shp has, by its index: a header of 100 bytes, and 8 for each."""
    index = next((entry for name, entry in parts.items() if name.lower() == f"{stem}.shx".lower()), None)
    return (index.file_size - 100) // 8 if index is not None else 1


def read_container(path: Path, choices: Choices) -> FileLayer:
    """GeoPackage and FlatGeobuf."""
    try:
        names = [(str(name), kind) for name, kind in pyogrio.list_layers(path)]
    except DataSourceError as error:
        raise _unreadable(error) from None
    layers = []
    for name, _ in names[:100]:
        info = pyogrio.read_info(path, layer=name)
        layers.append({"name": name, "n_features": int(info["features"])})
    layer = choose_layer(layers, choices.layer)
    return _read(path, layers, layer, layer, encoding=None)


def _read(path: Path, layers: list[dict[str, Any]], layer: str, name: str | None, *, encoding: str | None) -> FileLayer:
    try:
        info = pyogrio.read_info(path, layer=name, encoding=encoding)
        check_n_features(int(info["features"]))
        if len(info["fields"]) > ATTRIBUTES_MAX:
            raise Invalid.field("file", "has too many attributes", value=len(info["fields"]), bound=ATTRIBUTES_MAX)
        meta, _, geometries, fields = pyogrio.raw.read(
            path, layer=name, encoding=encoding, force_2d=True, datetime_as_string=True
        )
    except (DataSourceError, DataLayerError, UnicodeDecodeError, ValueError, OSError) as error:
        raise _unreadable(error) from None
    if geometries is None:
        raise Invalid.field("layer", "is a table without geometry", value=layer[:100])
    found = FileLayer(layers, layer, meta["crs"])
    shapes = shapely.from_wkb(geometries, on_invalid="ignore")
    columns = [str(column) for column in meta["fields"]]
    for index, shape in enumerate(shapes):
        attributes = {column: _scalar(values[index]) for column, values in zip(columns, fields, strict=True)}
        found.add(shape, attributes, None if shape is not None else _missing(geometries[index]))
    return found


def _missing(wkb: bytes | None) -> str:
    return "has no geometry" if wkb is None else "has rings that are too short or not closed"


def _scalar(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return ", ".join(map(str, value.tolist()))
    return value.item() if isinstance(value, np.generic) and not isinstance(value, np.datetime64) else value


def _encoding(table: Path, declared: Path | None) -> str:
    """The code page a .cpg names; without one UTF-8 where the table is, else the usual one of old tables."""
    name = declared.read_bytes()[:40].decode("ascii", "ignore").strip() if declared is not None else ""
    if name:
        for candidate in (name, f"cp{name}", name.replace("ANSI ", "cp"), name.replace(" ", "")):
            try:
                return codecs.lookup(candidate).name
            except LookupError:
                continue
        raise Invalid.field("file", "is a Shapefile whose .cpg names a code page nobody knows", value=name)
    try:
        table.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return FALLBACK_ENCODING
    return "utf-8"


def _no_shapefile(archive: Any) -> Invalid:
    held = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
    others = [entry.filename for entry in members(archive, _OTHER_FORMATS)]
    if others:
        return Invalid.field("file", "is a ZIP archive without a .shp; unpack it and upload one", value=others[0][:100])
    return Invalid.field("file", "is a ZIP archive without a .shp", value=", ".join(held)[:200] or "nothing in it")


def _unreadable(error: Exception) -> Invalid:
    return Invalid.field("file", "cannot be read: " + _without_paths(str(error)))


def _without_paths(text: str) -> str:
    """The reader's words without folders of the server."""
    words = [Path(word.strip("'\":;,.")).name if "/" in word else word for word in text.split()]
    return " ".join(words)[:200]
