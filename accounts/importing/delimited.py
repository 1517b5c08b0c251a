"""Tables in text files: comma, semicolon, tab or bar between the cells, quotes around cells with newlines."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from accounts.importing.encoding import SAMPLE_BYTES, detect_encoding
from accounts.importing.tables import Detected, Row, number_rows, require_header
from workspace.exceptions import Invalid

DELIMITERS = (",", ";", "\t", "|")
LINE_MAX = 1_000_000
RECORDS_COMPARED = 100


class DelimitedTable:
    def __init__(self, file: BinaryIO, *, encoding: str = "", delimiter: str = "") -> None:
        self._file = file
        self._encoding = encoding or detect_encoding(file)
        delimiter = delimiter or detect_delimiter(self._sample())
        self.detected = Detected(encoding=self._encoding, delimiter=delimiter)
        self.header = require_header(next((cells for _, cells, _ in self._records() if any(cells)), None))

    def rows(self) -> Iterator[Row]:
        width = len(self.header)
        records = self._records()
        for _, cells, _ in records:
            if any(cells):
                break
        return number_rows((line, cells, problem or _ragged(cells, width)) for line, cells, problem in records)

    def _records(self) -> Iterator[tuple[int, list[str], str | None]]:
        """(line it starts on, cells, what is wrong with its quotes)."""
        text = self._open()
        reader = csv.reader(_lines(text), delimiter=self.detected.delimiter, strict=True)
        try:
            while True:
                line = reader.line_num + 1
                try:
                    yield line, next(reader), None
                except StopIteration:
                    return
                except csv.Error as error:
                    yield line, [], _in_words(error)
        except UnicodeDecodeError as error:
            raise Invalid.field(
                "file",
                f"cannot be read as {self._encoding}: byte {error.object[error.start]:#04x} does not belong there",
            ) from None
        finally:
            text.detach()

    def _open(self) -> io.TextIOWrapper:
        self._file.seek(0)
        errors = "keep_undefined_bytes" if self._encoding == "cp1252" else "strict"
        return io.TextIOWrapper(self._file, encoding=self._encoding, errors=errors, newline="")

    def _sample(self) -> str:
        text = self._open()
        try:
            return text.read(SAMPLE_BYTES)
        except UnicodeDecodeError:
            raise Invalid.field("file", f"cannot be read as {self._encoding}; save it as CSV (UTF-8)") from None
        finally:
            text.detach()


def detect_delimiter(sample: str) -> str:
    """The separator that cuts the most records into as many cells as the header has."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    widths = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cells):
                widths.append(len(cells))
            if len(widths) == RECORDS_COMPARED:
                break
        else:
            # The sample may end inside a record.
            widths = widths[:-1] if len(widths) > 2 and len(sample) == SAMPLE_BYTES else widths
    except csv.Error:
        return 0.0, 0
    if not widths or widths[0] == 1:
        return 0.0, 0
    return round(sum(width == widths[0] for width in widths) / len(widths), 1), widths[0]


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(LINE_MAX):
        number += 1
        if len(line) >= LINE_MAX:
            raise Invalid.field("file", f"line {number:,} is too long for a table", bound=f"{LINE_MAX:,} characters")
        yield line


def _ragged(cells: list[str], width: int) -> str | None:
    if len(cells) == width or not any(cells):
        return None
    if len(cells) > width and not any(cells[width:]):
        return None
    return f"has {len(cells)} cells where the header has {width}"


def _in_words(error: csv.Error) -> str:
    text = str(error)
    if "unexpected end of data" in text:
        return "opens a quote that is never closed"
    if "expected after" in text:
        return "has text after a closing quote; a quote inside a value is written twice"
    if "field larger" in text:
        return f"has a cell of more than {csv.field_size_limit():,} characters; is a quote never closed?"
    return f"cannot be read: {text}"
