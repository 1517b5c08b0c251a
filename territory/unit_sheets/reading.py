"""From an uploaded table to rows of (unit code, territory), with the columns that hold them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from accounts.importing.reading import check_size, open_table
from accounts.importing.tables import Detected, Row
from accounts.spreadsheet import undefuse
from workspace.exceptions import Invalid, TooLarge

# What the columns are called in common files, compared in small letters without signs; the first names weigh most.
CODE_NAMES = (
    "unitcode", "geoid", "geoid20", "geoid10", "blockid", "unit", "fips", "fipscode", "countyfips", "zcta5", "zcta",
    "zipcode", "zip", "postalcode", "plz", "h3", "block", "code", "id",
)  # fmt: skip
TERRITORY_NAMES = (
    "territorycode", "district", "territoryid", "territory", "territoryname", "districtid", "assignment", "gebiet",
    "region", "name",
)  # fmt: skip
NAME_NAMES = ("territory", "territoryname", "districtname")
HEADER_LINE = 1
UPLOAD_MAX_BYTES = 32 * 1024 * 1024
# More than any layer has units.
ROWS_MAX = 500_000
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class SheetChoices:
    """What was decided about the file; what is empty is found out."""

    sheet: str = ""
    unit_column: str = ""
    territory_column: str = ""


@dataclass(frozen=True)
class SheetRow:
    """`line` counts as the file does, its header being the first. `territory` is a code or a name, empty for nobody;
    `name` is what a new territory of that code is called.
    """

    line: int
    unit: str
    territory: str
    name: str = ""


@dataclass(frozen=True)
class UnitSheet:
    """`broken`: rows that cannot be read, with the reason."""

    filename: str
    detected: Detected
    columns: list[str]
    unit_column: str
    territory_column: str
    rows: list[SheetRow] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)


def read_unit_sheet(file: BinaryIO, *, filename: str, size: int, choices: SheetChoices) -> UnitSheet:
    """The rows of a CSV, TSV or XLSX sheet. Codes stay text as the file has them."""
    check_size(filename=filename, size=size)
    table = open_table(file, filename=filename, detected={"sheet": choices.sheet or None})
    if len(table.header) < 2:
        problem = "needs two columns, unit code and territory; this table has one"
        raise Invalid.field("file", problem, value=table.header[0][:100])
    unit = _column(table.header, choices.unit_column, CODE_NAMES, field="unit_column", otherwise=0)
    others = [name for name in table.header if name != unit]
    territory = _column(others, choices.territory_column, TERRITORY_NAMES, field="territory_column", otherwise=0)
    name = _found([column for column in others if column != territory], NAME_NAMES)
    sheet = UnitSheet(filename, table.detected, table.header, unit, territory)
    places = [table.header.index(column) for column in (unit, territory, name) if column is not None]
    # A block-equivalency file may start without a header: then the first row is one like the others.
    head = [Row(0, HEADER_LINE, table.header)] if unit.isdecimal() else []
    for row in chain(head, table.rows()):
        if row.number > ROWS_MAX:
            raise TooLarge(f"The sheet has more than {ROWS_MAX:,} rows, which is the most.")
        _take(sheet, row, places)
    return sheet


def _take(sheet: UnitSheet, row: Row, places: Sequence[int]) -> None:
    if row.problem is not None:
        sheet.broken.append((row.line, row.problem))
        return
    unit, territory, *name = (_text(row.cells[place]) if place < len(row.cells) else "" for place in places)
    if unit:
        sheet.rows.append(SheetRow(row.line, unit, territory, *name))
    elif territory:
        sheet.broken.append((row.line, "has a territory and no unit code"))


def _text(cell: str) -> str:
    return undefuse(" ".join(cell.split()))


def _column(header: Sequence[str], chosen: str, names: Sequence[str], *, field: str, otherwise: int) -> str:
    if chosen and chosen not in header:
        problem = f"there is no such column; there are {', '.join(header)}"
        raise Invalid.field(field, problem, value=chosen[:100])
    return chosen or _found(header, names) or header[otherwise]


def _found(header: Sequence[str], names: Sequence[str]) -> str | None:
    plain: dict[str, str] = {}
    for column in header:
        plain.setdefault(_SIGNS.sub("", column).lower(), column)
    return next((plain[name] for name in names if name in plain), None)
