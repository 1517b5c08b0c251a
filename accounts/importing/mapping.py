"""Which column becomes which field, and what is wrong with that choice before a single row is read."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from accounts.importing.columns import looks_like
from accounts.importing.fields import ImportField, fields_of, find_field
from accounts.importing.parsing import degrees
from accounts.importing.problems import BadValue, Problem
from accounts.importing.tables import Row

# Nobody sells south of here, so that most latitudes there are longitudes of the Americas.
INHABITED_SOUTH = -60.0
HALF = 0.5


def columns_hash(header: Iterable[str]) -> str:
    """The shape of a file: its column names, in any order."""
    return hashlib.sha256(json.dumps(sorted(header)).encode()).hexdigest()


def mapped_fields(kind: str, mapping: Mapping[str, str]) -> dict[str, ImportField]:
    """{column: field} of a mapping that has been checked."""
    return {column: field for column, key in mapping.items() if (field := find_field(kind, key))}


def mapping_problems(*, kind: str, header: list[str], mapping: Mapping[str, str], sample: list[Row]) -> list[Problem]:
    problems = [
        *(_problem("There is no such column in the file.", column) for column in mapping if column not in header),
        *(
            _problem(f"There is no field {key!r}.", column)
            for column, key in mapping.items()
            if find_field(kind, key) is None
        ),
        *_used_twice(mapping),
        *_missing(kind, set(mapping.values())),
    ]
    return problems or _swapped_axes(header, mapping, sample)


def _used_twice(mapping: Mapping[str, str]) -> Iterable[Problem]:
    first: dict[str, str] = {}
    for column, key in mapping.items():
        if key in first:
            yield _problem(f"Both {first[key]!r} and this column are mapped to {key!r}; one field takes one.", column)
        first.setdefault(key, column)


def _missing(kind: str, mapped: set[str]) -> Iterable[Problem]:
    for entry in fields_of(kind):
        if entry.required and entry.key not in mapped:
            yield _problem(f"No column is mapped to {entry.label} ({entry.key}), which every row needs.")
    for one, other in (("lat", "lon"), ("lon", "lat")):
        if one in mapped and other not in mapped:
            yield _problem(f"A column is mapped to {one!r} but none to {other!r}; a place needs both.")


def _swapped_axes(header: list[str], mapping: Mapping[str, str], sample: list[Row]) -> list[Problem]:
    columns = {key: column for column, key in mapping.items()}
    if "lat" not in columns:
        return []
    lat_column, lon_column = columns["lat"], columns["lon"]
    points = _points(sample, header.index(lat_column), header.index(lon_column))
    if not points:
        return []
    swap_fits = [(lat, lon) for lat, lon in points if abs(lon) <= 90]
    n_suspect = sum(abs(lat) > 90 or lat < INHABITED_SOUTH for lat, _ in swap_fits)
    named_wrongly = looks_like(lat_column, "lon") and looks_like(lon_column, "lat") and len(swap_fits) == len(points)
    if n_suspect <= HALF * len(points) and not named_wrongly:
        return []
    return [
        Problem(
            row=0,
            column=lat_column,
            problem=f"Latitude and longitude look swapped: choose {lon_column!r} for latitude and {lat_column!r} for "
            "longitude.",
            value=f"{points[0][0]:g}, {points[0][1]:g}",
            bound="between -90 and 90",
        )
    ]


def _points(sample: list[Row], lat_index: int, lon_index: int) -> list[tuple[float, float]]:
    parse = degrees(180)
    points = []
    for row in sample:
        if max(lat_index, lon_index) >= len(row.cells):
            continue
        try:
            lat, lon = parse(row.cells[lat_index]), parse(row.cells[lon_index])
        except BadValue:
            continue
        if lat is not None and lon is not None and (lat or lon):
            points.append((lat, lon))
    return points


def _problem(text: str, column: str | None = None) -> Problem:
    return Problem(row=0, column=column, problem=text)
