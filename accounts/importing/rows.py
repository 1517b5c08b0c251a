"""Checking rows, a column at a time: good ones become values, bad ones become problems."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from accounts.importing.fields import ImportField
from accounts.importing.parsing import Parser, detect_style
from accounts.importing.problems import BadValue, Problem
from accounts.importing.tables import Row


@dataclass
class Checked:
    """Rows after the checks: `values` holds one list per field, all as long as `rows`."""

    rows: list[Row]
    values: dict[str, list[Any]]
    problems: list[Problem] = field(default_factory=list)
    n_bad: int = 0
    n_blank: int = 0


class RowChecker:
    """Holds what a check needs beyond the row itself: how numbers are written, and which ids came before."""

    def __init__(
        self,
        *,
        header: list[str],
        fields: dict[str, ImportField],
        sample: list[Row],
        currency: str,
        delimiter: str,
        teams: dict[str, int],
    ) -> None:
        self._columns: list[tuple[str, int, ImportField, Parser]] = []
        for column, entry in fields.items():
            index = header.index(column)
            cells = (row.cells[index] for row in sample if len(row.cells) > index)
            style = detect_style(cells, delimiter=delimiter)
            parser = team_parser(teams) if entry.key == "team" else entry.parser(style, currency)
            self._columns.append((column, index, entry, parser))
        self._column_of = {entry.key: column for column, entry in fields.items()}
        self._first_row_of: dict[str, int] = {}

    def check(self, rows: Iterable[Row]) -> Checked:
        whole, broken, n_blank = _whole_rows(rows)
        values, bad = self._examine(whole)
        good = [position for position in range(len(whole)) if position not in bad]
        if bad:
            values = {key: [column[position] for position in good] for key, column in values.items()}
        return Checked(
            rows=[whole[position] for position in good],
            values=values,
            problems=sorted([*broken, *(p for each in bad.values() for p in each)], key=lambda p: p.row),
            n_bad=len(bad) + len(broken),
            n_blank=n_blank,
        )

    def look_at(self, row: Row) -> tuple[dict[str, Any], list[Problem]]:
        """One row for the eye: what each field becomes, None where it cannot be read."""
        whole, broken, _ = _whole_rows([row])
        values, bad = self._examine(whole)
        return {key: column[0] for key, column in values.items() if column}, broken or bad.get(0, [])

    def _examine(self, rows: list[Row]) -> tuple[dict[str, list[Any]], dict[int, list[Problem]]]:
        bad: dict[int, list[Problem]] = {}
        values = {
            entry.key: list(self._parse(rows, column, index, parser, bad))
            for column, index, entry, parser in self._columns
        }
        for _, _, entry, _ in self._columns:
            if entry.required:
                self._require(entry, rows, values, bad)
        if "lat" in values and "lon" in values:
            self._check_places(rows, values, bad)
        if "external_id" in values:
            self._check_ids(rows, values, bad)
        return values, bad

    def _parse(
        self, rows: list[Row], column: str, index: int, parse: Parser, bad: dict[int, list[Problem]]
    ) -> Iterator[Any]:
        for position, row in enumerate(rows):
            try:
                yield parse(row.cells[index])
            except BadValue as wrong:
                problem = Problem(row.number, wrong.problem, row.line, column, row.cells[index], wrong.bound)
                bad.setdefault(position, []).append(problem)
                yield None

    def _require(
        self, entry: ImportField, rows: list[Row], values: dict[str, list[Any]], bad: dict[int, list[Problem]]
    ) -> None:
        for position, value in enumerate(values[entry.key]):
            if value == "":
                self._add(bad, position, rows[position], entry.key, "is empty, and every row needs it")

    def _check_places(self, rows: list[Row], values: dict[str, list[Any]], bad: dict[int, list[Problem]]) -> None:
        lats, lons = values["lat"], values["lon"]
        for position, (lat, lon) in enumerate(zip(lats, lons, strict=True)):
            if lat == 0 and lon == 0:
                lats[position] = lons[position] = None
            elif (lat is None) != (lon is None) and position not in bad:
                missing, given = ("lat", "lon") if lat is None else ("lon", "lat")
                text = f"is empty where {self._column_of[given]!r} has a value; a place needs both"
                self._add(bad, position, rows[position], missing, text)
            elif lat is None and lon is not None:
                self._hint_at_swap(rows[position], lon, bad[position])

    def _hint_at_swap(self, row: Row, lon: float, problems: list[Problem]) -> None:
        for place, problem in enumerate(problems):
            if problem.column == self._column_of["lat"] and problem.problem == "is out of range" and 0 < abs(lon) <= 90:
                hint = f"is out of range; is it swapped with {self._column_of['lon']!r} ({lon:g})?"
                problems[place] = Problem(row.number, hint, row.line, problem.column, problem.value, problem.bound)

    def _check_ids(self, rows: list[Row], values: dict[str, list[Any]], bad: dict[int, list[Problem]]) -> None:
        first = self._first_row_of
        for position, value in enumerate(values["external_id"]):
            if not value:
                continue
            number = rows[position].number
            earlier = first.setdefault(value, number)
            if earlier != number:
                self._add(bad, position, rows[position], "external_id", f"is the same as in row {earlier:,}", value)

    def _add(
        self, bad: dict[int, list[Problem]], position: int, row: Row, key: str, text: str, value: str = ""
    ) -> None:
        bad.setdefault(position, []).append(Problem(row.number, text, row.line, self._column_of[key], value))


def team_parser(teams: dict[str, int]) -> Parser:
    """A team's id by its name; the first team where the cell is empty."""

    def parse(value: str) -> int:
        name = value.strip().lower()
        found = teams.get(name) if name else next(iter(teams.values()), None)
        if found is None:
            raise BadValue("is not a team of this workspace", f"one of: {', '.join(teams) or 'none yet'}")
        return found

    return parse


def _whole_rows(rows: Iterable[Row]) -> tuple[list[Row], list[Problem], int]:
    whole: list[Row] = []
    broken: list[Problem] = []
    n_blank = 0
    for row in rows:
        if row.problem is not None:
            broken.append(Problem(row.number, row.problem, row.line, value=" | ".join(row.cells)))
        elif row.cells:
            whole.append(row)
        else:
            n_blank += 1
    return whole, broken, n_blank
