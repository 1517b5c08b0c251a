"""The territories in the files that desktop map programs open: GeoPackage, Shapefile, KML."""

import tempfile
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from pyogrio.raw import write as write_layer

from territory.exports.formats import ExportFormat, Option, Options
from territory.exports.territories_geojson import read_territories
from territory.models import Alignment

CHUNK_BYTES = 1 << 16
LAYER = "territories"


class _File(NamedTuple):
    """suffix: of what GDAL writes; a shapefile is several files, which leave together in a zip."""

    suffix: str
    driver: str


def _write(file: _File, alignment: Alignment, options: Options) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_layer(folder / f"{LAYER}{file.suffix}", file.driver, alignment, options)
        written = sorted(folder.iterdir())
        whole = _zipped(written, folder / f"{LAYER}.zip") if len(written) > 1 else written[0]
        with whole.open("rb") as opened:
            while chunk := opened.read(CHUNK_BYTES):
                yield chunk


def _write_layer(path: Path, driver: str, alignment: Alignment, options: Options) -> None:
    """Names of at most ten characters, which is what a shapefile has room for."""
    rows = list(read_territories(alignment, options))
    shapes = [geometry and shapely.to_wkb(shapely.from_geojson(geometry)) for *_, geometry in rows]
    fields = list(rows[0][1]) if rows else ["code", "name"]
    columns = [np.array([_plain(properties[field]) for _, properties, _ in rows]) for field in fields]
    write_layer(
        path,
        np.array(shapes, dtype=object),
        [column.astype(object) if column.dtype.kind == "U" else column for column in columns],
        fields,
        geometry_type="MultiPolygon",
        crs="EPSG:4326",
        driver=driver,
        layer=LAYER,
        encoding="UTF-8",
    )


def _plain(value: object) -> object:
    """A vacant territory has an empty rep; not every format knows truth values."""
    if value is None:
        return ""
    return int(value) if isinstance(value, bool) else value


def _zipped(files: list[Path], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return path


def _format(key: str, label: str, use: str, content_type: str, file: _File) -> ExportFormat:
    description = f"Each territory's boundary with its rep and totals, {use}."
    options = frozenset({Option.TERRITORY})
    return ExportFormat(key, label, description, content_type, partial(_write, file), options)


FORMATS = (
    _format(
        "territories.gpkg", "Territories (GeoPackage)", "for QGIS, ArcGIS and others",
        "application/geopackage+sqlite3", _File(".gpkg", "GPKG"),
    ),
    _format(
        "territories.shp.zip", "Territories (Shapefile)", "for older map programs", "application/zip",
        _File(".shp", "ESRI Shapefile"),
    ),
    _format(
        "territories.kml", "Territories (KML)", "for Google Earth", "application/vnd.google-earth.kml+xml",
        _File(".kml", "LIBKML"),
    ),
)  # fmt: skip
