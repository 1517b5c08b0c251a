"""All problems of a file as CSV, written while the file is checked: the first ones are also kept for the screen."""

import codecs
import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

from accounts.importing.problems import Problem
from accounts.spreadsheet import defuse

SHOWN_MAX = 200
COLUMNS = ("row", "line", "column", "value", "problem", "bound")
_IN_MEMORY_BYTES = 1024 * 1024
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


@contextmanager
def problem_report() -> Iterator["ProblemReport"]:
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as file:
        yield ProblemReport(file)


class ProblemReport:
    def __init__(self, file: IO[bytes]) -> None:
        self.shown: list[dict[str, Any]] = []
        self._file = file
        # Excel reads a CSV without the mark as Windows-1252.
        file.write(codecs.BOM_UTF8)
        self._write([COLUMNS])

    def add(self, problems: Iterable[Problem]) -> None:
        entries = [problem.as_dict() for problem in problems]
        self.shown += entries[: SHOWN_MAX - len(self.shown)]
        self._write([_cell(entry[name]) for name in COLUMNS] for entry in entries)

    def file(self) -> IO[bytes]:
        self._file.seek(0)
        return self._file

    def _write(self, rows: Iterable[Sequence[Any]]) -> None:
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows(rows)
        self._file.write(buffer.getvalue().encode())


def _cell(value: Any) -> Any:
    """No formula that a spreadsheet would run; numbers stay numbers."""
    return defuse(value) if isinstance(value, str) and not _NUMBER.fullmatch(value) else value
