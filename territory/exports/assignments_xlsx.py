import math
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from accounts.spreadsheet import defuse
from territory.exports.assignment_columns import Cell, assignment_table
from territory.exports.formats import ExportFormat
from territory.models import Alignment

PIECE_BYTES = 64 * 1024
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMN_WIDTH = 16


class ExactWorksheet(Worksheet):
    """Writes numbers with as many digits as they have: the library's 16 lose the last bit of every other double."""

    def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
        written = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{written}><v>{float(number)!r}</v></c>")


def write(alignment: Alignment) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        _fill(file, alignment)
        file.seek(0)
        while piece := file.read(PIECE_BYTES):
            yield piece


def _fill(file: IO[bytes], alignment: Alignment) -> None:
    """Row by row to disk: the workbook never stands in memory."""
    workbook = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = workbook.add_worksheet("Assignments", worksheet_class=ExactWorksheet)
    sheet.freeze_panes(1, 1)
    bold = workbook.add_format({"bold": True})
    table = assignment_table(alignment)
    sheet.set_column(0, len(table.columns) - 1, COLUMN_WIDTH)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, defuse(column.header), bold)
    row = 0
    for chunk in table.chunks():
        for cells in chunk:
            row += 1
            for place, value in enumerate(cells):
                _write_cell(sheet, row, place, value)
    workbook.close()


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


FORMAT = ExportFormat(
    key="assignments.xlsx",
    label="Assignments (Excel)",
    description="The same table as a workbook. Can be imported again as it is.",
    content_type=CONTENT_TYPE,
    write=write,
)
