"""What every source of rows looks like, whatever the file's format."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from django.conf import settings

from workspace.exceptions import Invalid, TooLarge

COLUMNS_MAX = 500


class Row(NamedTuple):
    """One record: counted under the header, on this line of the file. `cells` is empty for a blank row."""

    number: int
    line: int
    cells: list[str]
    problem: str | None = None


@dataclass(frozen=True)
class Detected:
    encoding: str = ""
    delimiter: str = ""
    sheet: str | None = None
    sheets: list[str] = field(default_factory=list)


class Table(Protocol):
    detected: Detected
    header: list[str]

    def rows(self) -> Iterator[Row]:
        """The rows under the header, from the file's start; blank rows at its end are left out."""


def header_names(cells: list[str]) -> list[str]:
    """Column names that are never empty and never twice the same."""
    if len(cells) > COLUMNS_MAX:
        raise TooLarge(f"The table has {len(cells):,} columns; {COLUMNS_MAX} are the most.")
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(cells, start=1):
        base = " ".join(cell.replace("\x00", "").split())[:200] or f"Column {position}"
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base} ({count})"
        taken.add(name)
        names.append(name)
    return names


def fit(cells: list[str], width: int) -> list[str]:
    return cells[:width] + [""] * (width - len(cells))


def overflow(cells: list[str], width: int) -> str | None:
    return f"has text in column {len(cells)}; the header has {width}" if any(cells[width:]) else None


def number_rows(records: Iterable[tuple[int, list[str], str | None]]) -> Iterator[Row]:
    """Count records given as (line, cells, problem), holding blank ones back until it is known that more follows."""
    number, most = 0, settings.IMPORT_MAX_ROWS
    blank: list[Row] = []
    for line, cells, problem in records:
        number += 1
        if number > most:
            raise TooLarge(f"The file has more than {most:,} rows, which is the most.")
        if problem is None and not any(map(str.strip, cells)):
            blank.append(Row(number, line, []))
            continue
        yield from blank
        blank.clear()
        yield Row(number, line, cells, problem)


def require_header(cells: list[str] | None) -> list[str]:
    if cells is None:
        raise Invalid.field("file", "holds no table: there is no row with text in it")
    return header_names(cells)
