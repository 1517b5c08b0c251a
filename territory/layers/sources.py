"""From a layer's kind and settings to its units."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import shapely
from django.core.files.storage import default_storage
from shapely import MultiPolygon

from territory.geodesy import area_m2
from territory.layers.counties import check_states, counties
from territory.layers.files.features import Choices
from territory.layers.files.limits import BUILD_MAX_S, CODE_MAX
from territory.layers.files.naming import Naming
from territory.layers.files.parsing import read_file_units
from territory.layers.hexagons import check_count, check_resolution, hexagons
from territory.layers.units import Units
from territory.models import BoundaryFile, UnitLayer, UnitLayerKind
from workspace.exceptions import Invalid


@dataclass(frozen=True)
class FileChoice:
    """An uploaded file, and how its features become units."""

    item: BoundaryFile
    naming: Naming
    skip_problems: bool


def layer_settings(
    kind: str,
    *,
    states: Sequence[str],
    resolution: int | None,
    area: MultiPolygon | None,
    file: FileChoice | None = None,
) -> dict[str, Any]:
    """What the build needs, checked before anything is stored."""
    if kind == UnitLayerKind.COUNTIES:
        return {"states": check_states(states)}
    if kind == UnitLayerKind.FILE:
        return file_settings(file)
    if area is None:
        raise Invalid.field("area", "is needed for hexagons: a polygon, or bbox")
    if resolution is None:
        raise Invalid.field("resolution", "is needed for hexagons", bound=[3, 7])
    check_count(area_m2(area), check_resolution(resolution))
    return {"resolution": resolution, "area_wkb": shapely.to_wkb(area, hex=True)}


def read_units(layer: UnitLayer) -> Units:
    if layer.kind == UnitLayerKind.COUNTIES:
        units = counties(layer.settings["states"])
    elif layer.kind == UnitLayerKind.FILE:
        units = units_of_file(layer.settings)
    else:
        units = hexagons(shapely.from_wkb(layer.settings["area_wkb"]), layer.settings["resolution"])
    if not len(units):
        raise Invalid("There is no unit in this choice.")
    return units


def file_settings(file: FileChoice | None) -> dict[str, Any]:
    """What the job needs without the upload's row. What the look at the file found out is refused here already."""
    if file is None:
        raise Invalid.field("boundary_file", "is needed: upload a file first")
    found = file.item.found
    if found["needs_projection"]:
        raise Invalid.field("boundary_file", "does not state its projection; decide that it is longitude and latitude")
    if not found["n_areas"]:
        raise Invalid.field("boundary_file", "holds no area that can be a unit", value=0, bound=1)
    if found["n_problems"] and not file.skip_problems:
        problem = "would leave out features that cannot be units; decide that they are left out"
        raise Invalid.field("skip_problems", problem, value=found["n_problems"], bound=0)
    _check_naming(found["attributes"], file.naming)
    return {
        "stored": file.item.file.name,
        "filename": file.item.filename,
        "choices": file.item.choices,
        "naming": asdict(file.naming),
        "skip_problems": file.skip_problems,
    }


def _check_naming(attributes: list[dict[str, Any]], naming: Naming) -> None:
    known = {attribute["name"]: attribute for attribute in attributes}
    for field, wanted in (("code_attribute", naming.code), ("name_attribute", naming.name)):
        if wanted is not None and wanted not in known:
            raise Invalid.field(field, "is not an attribute of this file", value=wanted)
    if naming.code is None:
        return
    code = known[naming.code]
    if not code["can_be_code"]:
        raise Invalid.field("code_attribute", f"is empty somewhere, or over {CODE_MAX} characters", value=naming.code)
    if not code["is_unique"] and not naming.merge:
        problem = "has the same value in several features; choose another, or merge those of one code"
        raise Invalid.field("code_attribute", problem, value=code["n_distinct"], bound=code["n_filled"])


def units_of_file(settings: dict[str, Any], *, limit_s: float = BUILD_MAX_S) -> Units:
    with default_storage.open(settings["stored"], "rb") as stored:
        return read_file_units(
            stored,
            filename=settings["filename"],
            choices=Choices(**settings["choices"]),
            naming=Naming(**settings["naming"]),
            skip_problems=settings["skip_problems"],
            limit_s=limit_s,
        )
