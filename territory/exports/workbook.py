"""Workbooks written row by row to disk: typed cells, a frozen header, and never more than a row in memory."""

import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from accounts.spreadsheet import defuse
from territory.exports.assignment_columns import Cell
from territory.exports.sheet_names import sheet_name
from workspace.exceptions import Conflict

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PIECE_BYTES = 64 * 1024
COLUMN_WIDTH = 16
# The rows that a sheet has, one of them the header.
ROWS_MAX = 1_048_576
# Each holds a file open until the workbook is put together.
SHEETS_MAX = 400


class ExactWorksheet(Worksheet):
    """Writes numbers with as many digits as they have: the library's 16 lose the last bit of every other double."""

    def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
        written = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{written}><v>{float(number)!r}</v></c>")


class Book:
    """The sheets of a workbook that is being written, one after the other."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._bold = workbook.add_format({"bold": True})
        self._taken: set[str] = set()

    def sheet(self, name: str, header: Sequence[str]) -> Worksheet:
        """The next sheet with its header, named as near to this as can be."""
        name = sheet_name(name, self._taken)
        sheet = self._workbook.add_worksheet(name, worksheet_class=ExactWorksheet)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(header) - 1, COLUMN_WIDTH)
        for place, text in enumerate(header):
            sheet.write_string(0, place, defuse(text), self._bold)
        return sheet


class Table:
    """Rows under a header; more of them than a sheet holds go on in a further one."""

    def __init__(self, book: Book, name: str, header: Sequence[str]) -> None:
        self._begin = partial(book.sheet, name, header)
        self._sheet = self._begin()
        self._n_rows = 1

    def write(self, cells: Sequence[Cell]) -> None:
        if self._n_rows == ROWS_MAX:
            self._sheet, self._n_rows = self._begin(), 1
        for place, value in enumerate(cells):
            _write_cell(self._sheet, self._n_rows, place, value)
        self._n_rows += 1


def write_workbook(fill: Callable[[Book], None]) -> Iterator[bytes]:
    """The finished file in pieces."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "book.xlsx"
        workbook = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": name, "use_zip64": True})
        fill(Book(workbook))
        workbook.close()
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                yield piece


def check_sheets(n_sheets: int, *, what: str, instead: str) -> None:
    if n_sheets > SHEETS_MAX:
        raise Conflict(f"There are {n_sheets:,} {what}; a workbook gets at most {SHEETS_MAX} sheets. {instead}")


def _write_cell(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, defuse(value))
    elif value is not None:
        number = float(value)
        # Money beyond what a spreadsheet's number can hold stays exact as text.
        if math.isfinite(number) and Decimal(repr(number)) == Decimal(str(value)):
            sheet.write_number(row, column, number)
        else:
            sheet.write_string(row, column, str(value))
