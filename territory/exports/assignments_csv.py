from collections.abc import Iterator

from territory.exports.assignment_columns import Cell
from territory.exports.assignment_table import assignment_table, check_columns
from territory.exports.csv_lines import csv_lines, text_cell
from territory.exports.formats import CSV_TYPE, ROW_OPTIONS, ExportFormat, Option, Options
from territory.models import Alignment


def write(alignment: Alignment, options: Options) -> Iterator[bytes]:
    table = assignment_table(alignment, options)
    header = [text_cell(column.header) for column in table.columns]
    return csv_lines(header, ([[_cell(cell) for cell in row] for row in chunk] for chunk in table.chunks()))


def _cell(value: Cell) -> str:
    """Numbers in the shortest form that reads back as the same number."""
    return text_cell(value) if value is None or isinstance(value, str) else str(value)


FORMAT = ExportFormat(
    key="assignments.csv",
    label="Assignments (CSV)",
    description="Every account with its territory, rep and figures. Can be imported again as it is.",
    content_type=CSV_TYPE,
    write=write,
    options=ROW_OPTIONS | {Option.COLUMNS},
    prepare=check_columns,
)
