"""Records in JSON files: a list of objects, an API's answer around one, or the points of a GeoJSON file."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from accounts.importing.tables import Detected, Row, number_rows, require_header
from workspace.exceptions import Invalid

# An object inside a record becomes columns of its own, "address.city"; deeper ones stay JSON.
SEPARATOR = "."
LON, LAT = "longitude", "latitude"
Record = dict[str, str]


class JsonTable:
    """Numbers keep the digits that the file has, so that ids stay what they are."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self._records = [_flat(found) for found in _objects(_parse(file.read()))]
        names = list(dict.fromkeys(name for record in self._records for name in record))
        if _unwritable(names):
            raise Invalid.field("file", "names a column with half of a character (a lone surrogate)")
        self._names = names
        self.detected = Detected(encoding="utf-8")
        self.header = require_header(names or None)

    def rows(self) -> Iterator[Row]:
        """The line of a record is its place in the list."""
        cells = ([record.get(name, "") for name in self._names] for record in self._records)
        return number_rows((place, row, _unwritable(row)) for place, row in enumerate(cells, start=1))


def _parse(content: bytes) -> Any:
    try:
        return json.loads(content, parse_int=str, parse_float=str, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        problem = f"is not valid JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        raise Invalid.field("file", problem) from None
    except UnicodeDecodeError as error:
        raise Invalid.field("file", f"is not valid JSON: byte {error.start:,} is not UTF-8") from None
    except RecursionError:
        raise Invalid.field("file", "is JSON nested too deeply to be a list of records") from None


def _refuse_constant(name: str) -> Any:
    raise Invalid.field("file", f"is not valid JSON: {name} is no number", value=name)


def _objects(value: Any) -> list[dict[str, Any]]:
    """The records, wherever the file has them."""
    if isinstance(value, dict) and value.get("type") == "FeatureCollection":
        features = value.get("features")
        value = [_of_feature(feature) for feature in features] if isinstance(features, list) else features
    if isinstance(value, dict):
        lists = [inner for inner in value.values() if isinstance(inner, list)]
        if len(lists) != 1:
            problem = "must be a list of records, or an object with one list of them"
            raise Invalid.field("file", problem, value=f"{len(lists)} lists")
        value = lists[0]
    if not isinstance(value, list):
        raise Invalid.field("file", "must be a list of records", value=type(value).__name__)
    for place, record in enumerate(value, start=1):
        if not isinstance(record, dict):
            problem = f"must be a list of records; entry {place:,} is no object"
            raise Invalid.field("file", problem, value=type(record).__name__)
    return value


def _of_feature(feature: Any) -> Any:
    """The properties, with the place of a point as two columns."""
    if not isinstance(feature, dict):
        return feature
    properties = feature.get("properties") or {}
    record = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature:
        record.setdefault("id", feature["id"])
    geometry = feature.get("geometry")
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        place = geometry.get("coordinates")
        if isinstance(place, list) and len(place) >= 2:
            record |= {LON: place[0], LAT: place[1]}
    return record


def _flat(record: dict[str, Any]) -> Record:
    flat: Record = {}
    for name, value in record.items():
        if isinstance(value, dict):
            flat |= {f"{name}{SEPARATOR}{inner}": _text(deeper) for inner, deeper in value.items()}
        else:
            flat[name] = _text(value)
    return flat


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _unwritable(cells: list[str]) -> str | None:
    """JSON can spell out half of a character that takes two; nothing can store it."""
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return "holds half of a character (a lone surrogate)"
    return None
