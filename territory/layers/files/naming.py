"""Units from areas: the attribute that is the code, the one that is the name, and what happens to equal codes."""

from collections import defaultdict
from dataclasses import dataclass

import shapely
from shapely import MultiPolygon, Polygon, get_parts

from territory.layers.files.features import FileLayer
from territory.layers.files.judging import Judged
from territory.layers.files.limits import CODE_MAX, NAME_MAX
from workspace.exceptions import Invalid

_SHOWN = 5


@dataclass(frozen=True)
class Naming:
    """`code` None takes the number of the feature in the file; `name` None takes the code."""

    code: str | None
    name: str | None
    merge: bool


def named_areas(found: FileLayer, judged: Judged, naming: Naming) -> tuple[list[str], list[str], list[MultiPolygon]]:
    """Codes, names and areas in the order of the file; equal codes are one area where that was chosen."""
    for wanted, field in ((naming.code, "code_attribute"), (naming.name, "name_attribute")):
        if wanted is not None and wanted not in found.columns():
            raise Invalid.field(field, "is not an attribute of this layer", value=wanted[:100])
    by_code: dict[str, list[int]] = defaultdict(list)
    for index in sorted(judged.areas):
        by_code[_code(found, index, naming)].append(index)
    repeated = {code: indices for code, indices in by_code.items() if len(indices) > 1}
    if repeated and not naming.merge:
        raise _repeated(repeated, len(judged.areas))
    areas = [_merged([judged.areas[index] for index in indices], code) for code, indices in by_code.items()]
    names = [_name(found, indices[0], naming) or code for code, indices in by_code.items()]
    return list(by_code), names, areas


def _code(found: FileLayer, index: int, naming: Naming) -> str:
    if naming.code is None:
        return str(index + 1)
    code = found.rows[index].get(naming.code, "")
    if not code:
        raise Invalid.field("code_attribute", f"is empty in feature {index + 1}; choose another", value=naming.code)
    if len(code) > CODE_MAX:
        problem = f"is longer than {CODE_MAX} characters in feature {index + 1}"
        raise Invalid.field("code_attribute", problem, value=code[:80], bound=CODE_MAX)
    return code


def _name(found: FileLayer, index: int, naming: Naming) -> str:
    return found.rows[index].get(naming.name, "")[:NAME_MAX] if naming.name is not None else ""


def _repeated(repeated: dict[str, list[int]], n_areas: int) -> Invalid:
    shown = "; ".join(
        f"“{code}” in features {', '.join(str(index + 1) for index in indices[:_SHOWN])}"
        for code, indices in list(repeated.items())[:_SHOWN]
    )
    problem = f"has the same value in several features ({shown}); choose another attribute, or merge equal codes"
    return Invalid.field("code_attribute", problem, value=len(repeated), bound=f"{n_areas} different values")


def _merged(areas: list[MultiPolygon], code: str) -> MultiPolygon:
    if len(areas) == 1:
        return areas[0]
    parts = get_parts(shapely.union_all(areas))
    merged = MultiPolygon([part for part in parts if isinstance(part, Polygon)])
    if not merged.is_valid:
        raise Invalid.field("merge_equal_codes", "gives an area that is not valid", value=code[:80])
    return merged
