import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from accounts.spreadsheet import defuse


def csv_lines(header: Sequence[str], chunks: Iterable[list[list[str]]]) -> Iterator[bytes]:
    """UTF-8 CSV after RFC 4180; without a byte-order mark, which CRM loaders read as part of the first header."""
    yield _encode([header])
    for rows in chunks:
        yield _encode(rows)


def text_cell(value: str | None) -> str:
    return defuse(value or "")


def _encode(rows: Iterable[Sequence[str]]) -> bytes:
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows(rows)
    return lines.getvalue().encode()
