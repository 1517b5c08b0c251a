"""The assignments table with a type per column, for data warehouses and notebooks.

Ids and other text are strings, money is decimal in major units with its currency in a column of its own, figures are
doubles. Text is defused as in every table: the import takes the apostrophe away again, and data that go on into a
spreadsheet do no harm there.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from accounts.importing.parsing import exponent_of
from accounts.spreadsheet import defuse
from territory.exports.assignment_columns import Cell, Column, Kind
from territory.exports.assignment_table import AssignmentTable, Rows, assignment_table, check_columns
from territory.exports.formats import ROW_OPTIONS, ExportFormat, Option, Options
from territory.models import Alignment

# What is held in memory at a time.
GROUP_ROWS = 20_000
PIECE_BYTES = 64 * 1024
# Room for every bigint of minor units.
MONEY_DIGITS = 20


def write(alignment: Alignment, options: Options) -> Iterator[bytes]:
    table = assignment_table(alignment, options)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "assignments.parquet"
        _fill(path, table)
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                yield piece


def _fill(path: Path, table: AssignmentTable) -> None:
    exponent = exponent_of(table.alignment.workspace.currency)
    schema = pa.schema([(defuse(column.header), _type(column, exponent)) for column in table.columns])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        waiting: Rows = []
        for chunk in table.chunks():
            waiting.extend(chunk)
            if len(waiting) >= GROUP_ROWS:
                writer.write_batch(_batch(waiting, table.columns, schema))
                waiting = []
        if waiting:
            writer.write_batch(_batch(waiting, table.columns, schema))


def _type(column: Column, exponent: int) -> pa.DataType:
    if column.kind == Kind.MONEY:
        return pa.decimal128(MONEY_DIGITS, exponent)
    return pa.float64() if column.kind == Kind.NUMBER else pa.string()


def _batch(rows: Rows, columns: tuple[Column, ...], schema: pa.Schema) -> pa.RecordBatch:
    arrays = [
        pa.array([_value(cell, column.kind) for cell in cells], type=field.type)
        for column, field, cells in zip(columns, schema, zip(*rows, strict=True), strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _value(cell: Cell, kind: Kind) -> Any:
    if cell is None:
        return None
    if kind == Kind.TEXT:
        return defuse(str(cell))
    return float(cell) if kind == Kind.NUMBER else cell


FORMAT = ExportFormat(
    key="assignments.parquet",
    label="Assignments (Parquet)",
    description="The same table with a type per column, for data warehouses and notebooks.",
    content_type="application/vnd.apache.parquet",
    write=write,
    options=ROW_OPTIONS | {Option.COLUMNS},
    prepare=check_columns,
)
