"""What an upload is shown to hold: attributes with samples, which of them could be the code, and what is wrong."""

import re
from dataclasses import asdict
from typing import Any

import shapely

from territory.layers.files.features import Choices, FileLayer
from territory.layers.files.judging import Judged
from territory.layers.files.limits import CODE_MAX, PROBLEMS_LISTED_MAX, SAMPLES_SHOWN

_CODE_WORDS = ("geoid", "fips", "code", "zip", "plz", "zcta", "postcode", "id")
_WORD = re.compile(r"[^a-z]+")


def describe(found: FileLayer, judged: Judged | None, *, kind: str, choices: Choices) -> dict[str, Any]:
    """`judged` is None while nobody has said in which projection the file is."""
    indices = sorted(judged.areas) if judged is not None else range(len(found.rows))
    attributes = [_attribute(name, [found.rows[index].get(name, "") for index in indices]) for name in found.columns()]
    code = _suggested_code(attributes)
    return {
        "kind": kind,
        "layers": found.layers,
        "layer": found.layer,
        "crs": found.crs[:200] if found.crs is not None else None,
        "encoding": found.encoding,
        "needs_projection": judged is None,
        "n_features": len(found.shapes),
        "attributes": attributes,
        "code_attribute": code,
        "name_attribute": _suggested_name(attributes, code),
        "choices": {"is_longitude_latitude": choices.is_longitude_latitude, "repair": choices.repair},
        **_verdict(judged),
    }


def _verdict(judged: Judged | None) -> dict[str, Any]:
    if judged is None:
        empty: dict[str, Any] = {"problems": [], "repairs": []}
        return {"n_areas": 0, "bounds": None, "n_problems": 0, "n_repairable": 0, "n_repairs": 0, **empty}
    bounds = shapely.total_bounds(list(judged.areas.values())).tolist() if judged.areas else None
    return {
        "n_areas": len(judged.areas),
        "bounds": bounds,
        "n_problems": len(judged.problems),
        "n_repairable": sum(problem.can_be_repaired for problem in judged.problems),
        "n_repairs": len(judged.repairs),
        "problems": [asdict(problem) for problem in judged.problems[:PROBLEMS_LISTED_MAX]],
        "repairs": [asdict(repair) for repair in judged.repairs[:PROBLEMS_LISTED_MAX]],
    }


def _attribute(name: str, values: list[str]) -> dict[str, Any]:
    filled = [value for value in values if value]
    distinct = list(dict.fromkeys(filled))
    can_be_code = len(filled) == len(values) > 0 and all(len(value) <= CODE_MAX for value in distinct)
    return {
        "name": name,
        "samples": [value[:80] for value in distinct[:SAMPLES_SHOWN]],
        "n_filled": len(filled),
        "n_distinct": len(distinct),
        "can_be_code": can_be_code,
        "is_unique": can_be_code and len(distinct) == len(values),
    }


def _suggested_code(attributes: list[dict[str, Any]]) -> str | None:
    """Of the attributes that differ in every feature the one that is called a code, else the first."""
    unique = [attribute["name"] for attribute in attributes if attribute["is_unique"]]
    for word in _CODE_WORDS:
        for name in unique:
            if word in _WORD.split(name.lower()) or (len(word) > 2 and word in name.lower()):
                return str(name)
    return unique[0] if unique else None


def _suggested_name(attributes: list[dict[str, Any]], code: str | None) -> str | None:
    others = [attribute for attribute in attributes if attribute["name"] != code and attribute["n_filled"]]
    called = [attribute["name"] for attribute in others if "name" in attribute["name"].lower()]
    worded = [a["name"] for a in others if any(not sample.replace(".", "").isdigit() for sample in a["samples"])]
    return next(iter([*called, *worded]), None)
