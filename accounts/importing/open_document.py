"""Tables in ODS workbooks, read row by row from `content.xml`; what repeats is bounded before it is written out.

OpenDocument 1.3, part 3, 9.1 (tables) and 19.385 (values). A cell or row may say that it stands for a billion of its
kind: programs write the emptiness beside a table that way.
"""

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from accounts.importing.archives import CELLS_MAX, broken, check_archive
from accounts.importing.tables import Detected, Row, fit, number_rows, overflow, require_header
from workspace.exceptions import DomainError, Invalid, TooLarge

CONTENT, MIMETYPE = "content.xml", "mimetype"
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
# As wide as sheets are in the programs that write them.
COLUMNS_WRITTEN_MAX = 16_384
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_NUMBERS = {"float", "percentage", "currency"}


def is_open_document(file: BinaryIO) -> bool:
    """A zip archive that names itself a spreadsheet of this kind, or a template of one."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive, archive.open(MIMETYPE) as kind:
            return kind.read(len(SPREADSHEET)) == SPREADSHEET
    # What is no such archive is said in words by the reader of other workbooks.
    except Exception:
        return False


class OpenDocumentTable:
    def __init__(self, file: BinaryIO, *, sheet: str | None = None) -> None:
        if CONTENT not in check_archive(file):
            raise Invalid.field("file", "is an ODS workbook without content; save it anew")
        self._file = file
        sheets = list(self._sheets())
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

    def _sheets(self) -> Iterator[str]:
        for event, element, _ in self._walk():
            if event == "start" and element.tag == f"{_TABLE}table":
                yield _name(element)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """(line, cells) of the sheet; emptiness after the last text is left out."""
        inside, line, n_blank, n_cells = False, 0, 0, 0
        for event, element, depth in self._walk():
            if element.tag == f"{_TABLE}table" and depth == 1:
                if event == "end" and inside:
                    return
                inside = event == "start" and _name(element) == self.detected.sheet
            if not inside or depth > 1 or event == "start" or element.tag != f"{_TABLE}table-row":
                continue
            cells, repeat = _row(element), _repeat(element, "rows")
            if not cells:
                n_blank += repeat
                continue
            n_cells += len(cells) * repeat
            if n_cells > CELLS_MAX:
                raise TooLarge(f"The sheet has more than {CELLS_MAX:,} cells, which is the most.")
            for _ in range(n_blank):
                line += 1
                yield line, []
            n_blank = 0
            for _ in range(repeat):
                line += 1
                yield line, cells

    def _walk(self) -> Iterator[tuple[str, Element, int]]:
        """(event, element, how many tables it is in); rows are forgotten once they are read."""
        self._file.seek(0)
        open_elements: list[Element] = []
        depth = 0
        try:
            with zipfile.ZipFile(self._file) as archive, archive.open(CONTENT) as content:
                for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
                    is_table = element.tag == f"{_TABLE}table"
                    if event == "start":
                        open_elements.append(element)
                        depth += is_table
                        yield event, element, depth
                        continue
                    open_elements.pop()
                    yield event, element, depth
                    depth -= is_table
                    if element.tag == f"{_TABLE}table-row" and open_elements:
                        open_elements[-1].clear()
        except DomainError:
            raise
        # A broken file makes the parser and the archive raise whatever they come to: it all means the same to the user.
        except Exception as error:
            raise broken(error) from error


def _name(table: Element) -> str:
    return table.get(f"{_TABLE}name") or "Sheet"


def _repeat(element: Element, what: str) -> int:
    claimed = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(claimed) if claimed.isdecimal() and len(claimed) < 12 and int(claimed) else 1


def _row(row: Element) -> list[str]:
    cells: list[str] = []
    n_empty = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        text, repeat = _text(cell), _repeat(cell, "columns")
        if not text:
            n_empty += repeat
            continue
        if len(cells) + n_empty + repeat > COLUMNS_WRITTEN_MAX:
            raise TooLarge(f"A row of the sheet is more than {COLUMNS_WRITTEN_MAX:,} cells wide, which is the most.")
        cells += [""] * n_empty + [text] * repeat
        n_empty = 0
    return cells


def _text(cell: Element) -> str:
    """A cell as XLSX reads it: 123 and not 123.0, and 00501 where that is what the sheet shows."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind in _NUMBERS:
        return _number(cell.get(f"{_OFFICE}value", ""), _shown(cell))
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "") or _shown(cell)
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", "").upper()
    return _shown(cell) or cell.get(f"{_OFFICE}string-value", "")


def _number(value: str, shown: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return value or shown
    if shown.isdecimal() and shown.startswith("0") and float(shown) == number:
        return shown
    is_whole = number.is_integer() and abs(number) < 1e15
    return str(int(number)) if is_whole else value


def _shown(cell: Element) -> str:
    return "\n".join("".join(_pieces(paragraph)) for paragraph in cell if paragraph.tag == f"{_TEXT}p")


def _pieces(element: Any) -> Iterator[str]:
    if element.tag == f"{_TEXT}s":
        count = element.get(f"{_TEXT}c", "1")
        yield " " * (min(int(count), 1_000) if count.isdecimal() and len(count) < 6 else 1)
    elif element.tag == f"{_TEXT}tab":
        yield "\t"
    elif element.tag == f"{_TEXT}line-break":
        yield "\n"
    elif element.tag != f"{_OFFICE}annotation":
        yield element.text or ""
        for inner in element:
            yield from _pieces(inner)
            yield inner.tail or ""
