"""Tables in XLSX workbooks, read row by row; sizes are checked before and while reading."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

import openpyxl
from openpyxl.workbook.workbook import Workbook

from accounts.importing.archives import CELLS_MAX, broken, check_archive
from accounts.importing.tables import Detected, Row, fit, number_rows, overflow, require_header
from workspace.exceptions import DomainError, Invalid, TooLarge

_ZEROS = re.compile(r"0+")


class WorkbookTable:
    def __init__(self, file: BinaryIO, *, sheet: str | None = None) -> None:
        if "[Content_Types].xml" not in check_archive(file):
            raise Invalid.field("file", "is a zip archive, not an XLSX workbook")
        self._book = _open(file)
        sheets = [each.title for each in self._book.worksheets]
        if not sheets:
            raise Invalid.field("file", "is a workbook without a sheet of cells")
        if sheet is not None and sheet not in sheets:
            raise Invalid.field("sheet", f"there is no sheet {sheet!r}; there are: {', '.join(sheets)}", value=sheet)
        self.detected = Detected(sheet=sheet or sheets[0], sheets=sheets)
        self.header = require_header(next((cells for _, cells in self._records() if any(cells)), None))

    def rows(self) -> Iterator[Row]:
        width = len(self.header)
        records = self._records()
        for _, cells in records:
            if any(cells):
                break
        return number_rows((line, fit(cells, width), overflow(cells, width)) for line, cells in records)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        try:
            sheet = self._book[str(self.detected.sheet)]
            _check_claim(sheet)
            sheet.reset_dimensions()
            n_cells = 0
            for line, cells in enumerate(sheet.iter_rows(), start=1):
                n_cells += len(cells)
                if n_cells > CELLS_MAX:
                    raise TooLarge(f"The sheet has more than {CELLS_MAX:,} cells, which is the most.")
                yield line, [_text(cell) for cell in cells]
        except DomainError:
            raise
        except Exception as error:
            raise broken(error) from error


def _open(file: BinaryIO) -> Workbook:
    file.seek(0)
    # A broken workbook makes the reader raise whatever its XML leads to: all of it means the same to the user.
    try:
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        raise broken(error) from error


def _check_claim(sheet: Any) -> None:
    claimed = (sheet.max_row or 0) * (sheet.max_column or 0)
    if claimed > CELLS_MAX:
        raise TooLarge(
            f"The sheet claims {sheet.max_row:,} rows × {sheet.max_column:,} columns; {CELLS_MAX:,} cells are the most."
            " Delete the empty rows and columns beside the table, or save it as CSV."
        )


def _text(cell: Any) -> str:
    """A cell as it reads in the sheet: 123 and not 123.0, and 00501 where the number format says so."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int):
        number_format = cell.number_format or ""
        return str(value).zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)
