"""Tables in Parquet files, read a batch at a time; every value becomes text that says exactly the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from accounts.importing.tables import COLUMNS_MAX, Detected, Row, number_rows, require_header
from workspace.exceptions import DomainError, Invalid, TooLarge

BATCH_ROWS = 2_000
UNPACKED_MAX_BYTES = 512 * 1024 * 1024
VALUE_MAX = 100_000


class ParquetTable:
    """Text is read as its dictionary: one long value on a million rows is held once."""

    def __init__(self, file: BinaryIO) -> None:
        self._source = file
        self._texts: list[str] | None = None
        self.detected = Detected()
        with _in_words():
            schema = self._open().schema_arrow
            if len(schema.names) > COLUMNS_MAX:
                raise TooLarge(f"The table has {len(schema.names):,} columns; {COLUMNS_MAX} are the most.")
            for entry in schema:
                _refuse_type(entry)
            self._texts = [entry.name for entry in schema if _is_text(entry.type)]
            self.header = require_header(schema.names or None)

    def rows(self) -> Iterator[Row]:
        """The line of a record is its place in the file."""
        return number_rows((line, cells, None) for line, cells in enumerate(self._records(), start=1))

    def _records(self) -> Iterator[list[str]]:
        with _in_words():
            for batch in self._open().iter_batches(batch_size=BATCH_ROWS, use_threads=False):
                for cells in zip(*(_column(column) for column in batch.columns), strict=True):
                    yield list(cells)

    def _open(self) -> pq.ParquetFile:
        self._source.seek(0)
        table = pq.ParquetFile(
            pa.PythonFile(self._source, mode="r"),
            read_dictionary=self._texts,
            thrift_string_size_limit=10_000_000,
            thrift_container_size_limit=1_000_000,
        )
        n_rows = table.metadata.num_rows
        if n_rows > settings.IMPORT_MAX_ROWS:
            raise TooLarge(f"The file has {n_rows:,} rows; {settings.IMPORT_MAX_ROWS:,} are the most.")
        groups = range(table.metadata.num_row_groups)
        unpacked = sum(table.metadata.row_group(group).total_byte_size for group in groups)
        if unpacked > UNPACKED_MAX_BYTES:
            raise TooLarge(f"The file unpacks to {unpacked:,} bytes; {UNPACKED_MAX_BYTES:,} are the most.")
        return table


@contextmanager
def _in_words() -> Iterator[None]:
    """A broken file makes the reader raise whatever its bytes lead to: all of it means the same to the user."""
    try:
        yield
    except DomainError:
        raise
    except Exception as error:
        problem = f"is not a Parquet file that can be read ({type(error).__name__}); write it anew"
        raise Invalid.field("file", problem) from error


def _refuse_type(entry: pa.Field) -> None:
    kind = entry.type.value_type if pa.types.is_dictionary(entry.type) else entry.type
    if pa.types.is_nested(kind):
        problem = f"has lists or records in column {entry.name!r}; write one column for each value of theirs"
        raise Invalid.field("file", problem, value=str(kind)[:60])
    if (pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind)) and not (
        _is_text(kind) or pa.types.is_decimal(kind)
    ):
        problem = f"has bytes instead of text in column {entry.name!r}; leave it out, or write it as text"
        raise Invalid.field("file", problem, value=str(kind)[:60])


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _column(values: pa.Array) -> list[str]:
    if not pa.types.is_dictionary(values.type):
        return _texts(values)
    known = _texts(values.dictionary)
    return ["" if place is None else known[place] for place in values.indices.to_pylist()]


def _texts(values: pa.Array) -> list[str]:
    if pa.types.is_temporal(values.type):
        values = pc.cast(values, pa.string())
    if _is_text(values.type):
        longest = pc.max(pc.binary_length(values)).as_py() or 0
        if longest > VALUE_MAX:
            raise TooLarge(f"The file has a value of {longest:,} bytes; {VALUE_MAX:,} are the most.")
        return ["" if value is None else value for value in values.to_pylist()]
    return [_text(value) for value in values.to_pylist()]


def _text(value: Any) -> str:
    """Whole numbers without a point, as an id that was once beside an empty cell: 123 and not 123.0."""
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, "f") if isinstance(value, Decimal) else str(value)
