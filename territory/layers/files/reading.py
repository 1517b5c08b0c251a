"""What the reading process does: the file's features, judged, described, and made into units."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon

from territory.layers.files.features import Choices, FileLayer
from territory.layers.files.gdal_files import check_drivers, read_container, read_shapefile
from territory.layers.files.json_files import read_geojson, read_topojson
from territory.layers.files.judging import Judged, judge, needs_projection
from territory.layers.files.kinds import FileKind
from territory.layers.files.kml_files import read_kml, read_kmz
from territory.layers.files.looking import describe
from territory.layers.files.naming import Naming, named_areas
from territory.layers.files.touching import touching_pairs
from workspace.exceptions import DomainError, Invalid

READERS: dict[FileKind, Callable[[Path, Choices], FileLayer]] = {
    FileKind.GEOJSON: read_geojson,
    FileKind.TOPOJSON: read_topojson,
    FileKind.KML: read_kml,
    FileKind.KMZ: read_kmz,
    FileKind.SHAPEFILE: read_shapefile,
    FileKind.GEOPACKAGE: read_container,
    FileKind.FLATGEOBUF: read_container,
}


def answer(folder: Path, request: dict[str, Any]) -> dict[str, Any]:
    """What was found, or why not: {"found": …} or {"refused": …}."""
    try:
        return {"found": _read(folder, request)}
    except DomainError as error:
        return {"refused": {"detail": error.detail, "errors": [asdict(entry) for entry in error.errors]}}
    except MemoryError:
        return {"refused": {"detail": "file: needs more memory to read than is allowed", "errors": []}}


def _read(folder: Path, request: dict[str, Any]) -> dict[str, Any]:
    if request["driver"] is not None:
        check_drivers(request["driver"])
    kind, choices = FileKind(request["kind"]), Choices(**request["choices"])
    found = READERS[kind](folder / request["file"], choices)
    if needs_projection(found, choices):
        if request["naming"] is not None:
            raise Invalid.field("file", "does not say in which projection it is (a Shapefile says it in a .prj)")
        return describe(found, None, kind=kind, choices=choices)
    judged = judge(found, choices)
    _refuse_nothing(judged)
    if request["naming"] is not None:
        codes, names, areas = named_areas(found, judged, Naming(**request["naming"]))
        _write(folder, areas)
        return {"codes": codes, "names": names, "n_problems": len(judged.problems)}
    return describe(found, judged, kind=kind, choices=choices)


def _refuse_nothing(judged: Judged) -> None:
    if not judged.areas and not any(problem.can_be_repaired for problem in judged.problems):
        first = judged.problems[0]
        problem = f"holds no area that could be a unit: feature {first.feature} {first.problem}"
        raise Invalid.field("file", problem, value=f"{len(judged.problems):,} features")


def _write(folder: Path, areas: list[MultiPolygon]) -> None:
    """Plain numbers only, so that who reads them runs nothing."""
    wkb = shapely.to_wkb(areas) if areas else []
    offsets = np.cumsum([0, *(len(each) for each in wkb)], dtype=np.int64)
    edges = touching_pairs(areas)
    np.savez(folder / "units.npz", wkb=np.frombuffer(b"".join(wkb), dtype=np.uint8), offsets=offsets, edges=edges)
