"""Rows that come as JSON objects instead of lines of a file: the same checks, the same reasons."""

from collections.abc import Sequence
from typing import Any

from accounts.importing.fields import METRIC_PREFIX, find_field
from accounts.importing.problems import Problem
from accounts.importing.tables import Row
from accounts.models import ImportKind

METRICS, LOCATION = "metrics", "location"


class ObjectRows:
    """`header` holds the fields' keys, which all rows share; `problems` what is wrong before any value is read.

    Rows count from 1, as those of a file do.
    """

    def __init__(self, objects: Sequence[Any]) -> None:
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        flat = [_flat(each) for each in objects]
        self.header = list(next((each for each in flat if isinstance(each, dict)), {}))
        texts = {key for key in self.header if (field := find_field(ImportKind.ACCOUNTS, key)) and field.kind == "text"}
        for number, each in enumerate(flat, start=1):
            wrong = [*self._problems(number, each, texts)]
            self.problems += wrong
            if not wrong:
                self.rows.append(Row(number, number, [_text(each[key]) for key in self.header]))

    @property
    def n_broken(self) -> int:
        return len({problem.row for problem in self.problems})

    def _problems(self, number: int, row: Any, texts: set[str]) -> list[Problem]:
        if isinstance(row, str):
            return [Problem(number, row)]
        missing = [key for key in self.header if key not in row]
        added = [key for key in row if key not in self.header]
        uneven = [
            *(
                Problem(number, "is missing here and given in the first row; null empties it", column=k)
                for k in missing
            ),
            *(Problem(number, "is given here and missing in the first row; null empties it", column=k) for k in added),
        ]
        return uneven or [
            Problem(number, wrong, column=key, value=str(value)[:200])
            for key, value in row.items()
            if (wrong := _wrong_type(value, is_text=key in texts))
        ]


def _flat(row: Any) -> dict[str, Any] | str:
    """Fields by key, metrics and place among them; or why it is no row."""
    if not isinstance(row, dict):
        return "must be an object of fields"
    flat = {key: value for key, value in row.items() if key not in {METRICS, LOCATION}}
    metrics, place = row.get(METRICS), row.get(LOCATION, {})
    if metrics is not None:
        if not isinstance(metrics, dict):
            return "metrics must be an object of numbers by key"
        flat |= {key if key == "size" else f"{METRIC_PREFIX}{key}": value for key, value in metrics.items()}
    if LOCATION in row:
        if place is not None and (not isinstance(place, dict) or set(place) != {"lon", "lat"}):
            return "location must be {lon, lat} or null"
        flat |= place or {"lon": None, "lat": None}
    return flat


def _wrong_type(value: Any, *, is_text: bool) -> str | None:
    if isinstance(value, bool | list | dict):
        return "must be text or null" if is_text else "must be a number or null"
    if is_text and isinstance(value, float):
        return "must be text: a number may lose digits"
    return None


def _text(value: Any) -> str:
    return "" if value is None else str(value)
