import io
import zipfile
from datetime import date

import openpyxl
import pytest

from accounts.importing.reading import open_table
from accounts.importing.tables import Row, Table
from tests.accounts.files import rewritten, workbook
from workspace.exceptions import Invalid, TooLarge

SHEET = "xl__worksheets__sheet1.xml"
SHEET_XML = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{dimension}<sheetData>{rows}'
    "</sheetData></worksheet>"
)


def opened(content: bytes) -> Table:
    return open_table(io.BytesIO(content), filename="a.xlsx")


def rows_of(content: bytes) -> list[Row]:
    return list(opened(content).rows())


def sheet(rows: str, dimension: str = "") -> bytes:
    return rewritten(workbook(["id"]), **{SHEET: SHEET_XML.format(dimension=dimension, rows=rows).encode()})


def test_numbers_used_as_ids_read_as_they_look() -> None:
    content = workbook(["id", "x", "on", "day"], [123, 1.5, True, date(2026, 3, 1)], [123.0, 1e20, None, None])
    assert [row.cells for row in rows_of(content)] == [
        ["123", "1.5", "TRUE", "2026-03-01T00:00:00"],
        ["123", "1e+20", "", ""],
    ]


def test_a_number_format_of_zeros_keeps_leading_zeros() -> None:
    book = openpyxl.Workbook()
    book.active.append(["zip"])
    book.active.append([501])
    book.active["A2"].number_format = "00000"
    buffer = io.BytesIO()
    book.save(buffer)
    assert rows_of(buffer.getvalue())[0].cells == ["00501"]


def test_rows_carry_the_sheets_own_line_numbers() -> None:
    rows = rows_of(workbook([], ["id", "name"], [1, "Oak"], [], [2, "Pine"]))
    assert [(row.number, row.line, row.cells) for row in rows] == [
        (1, 3, ["1", "Oak"]),
        (2, 4, []),
        (3, 5, ["2", "Pine"]),
    ]


def test_text_beside_the_table_is_named() -> None:
    assert "column 3; the header has 2" in str(rows_of(workbook(["id", "name"], [1, "Oak", "?"]))[0].problem)


def test_sheets_are_listed_and_an_unknown_one_is_refused() -> None:
    content = workbook(["id"], [1], sheets=["First", "Second"])
    assert opened(content).detected.sheets == ["First", "Second"]
    with pytest.raises(Invalid, match="First, Second"):
        open_table(io.BytesIO(content), filename="a.xlsx", detected={"sheet": "Third"})


def test_a_huge_declared_dimension_is_refused_by_what_it_declares() -> None:
    content = sheet('<row r="1"><c r="A1"><v>1</v></c></row>', '<dimension ref="A1:XFD1048576"/>')
    with pytest.raises(TooLarge, match="1,048,576 rows × 16,384 columns"):
        opened(content)


def test_cells_far_apart_do_not_fill_memory() -> None:
    wide = '<row r="1"><c r="A1"><v>1</v></c></row>'
    wide += "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 2000))
    with pytest.raises(TooLarge, match="5,000,000 cells"):
        rows_of(sheet(wide, '<dimension ref="A1:B2"/>'))


def test_a_part_packed_a_thousandfold_is_refused() -> None:
    padding = b"<!--" + b" " * 20_000_000 + b"-->"
    content = rewritten(workbook(["id"], [1]), **{SHEET: SHEET_XML.format(dimension="", rows="").encode() + padding})
    assert len(content) < 100_000
    with pytest.raises(TooLarge, match="100-fold"):
        opened(content)


def test_nested_entities_are_not_expanded() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "' + "x" * 1000 + '">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 50}">' for n in range(6)
    )  # fmt: skip
    xml = bomb + ']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    xml += '<c r="A1" t="inlineStr"><is><t>&g;</t></is></c></row></sheetData></worksheet>'
    with pytest.raises(Invalid, match="not a workbook that can be read"):
        rows_of(rewritten(workbook(["id"], [1]), **{SHEET: xml.encode()}))


@pytest.mark.parametrize("part", [SHEET, "xl__workbook.xml", "xl__styles.xml", "[Content_Types].xml"])
def test_a_workbook_with_a_broken_part_is_refused_in_words(part: str) -> None:
    with pytest.raises(Invalid, match="not a workbook that can be read"):
        rows_of(rewritten(workbook(["id"], [1]), **{part: b"<broken"}))


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("notes.txt", "hello")
    with pytest.raises(Invalid, match="zip archive, not an XLSX workbook"):
        opened(buffer.getvalue())


def test_a_cut_off_workbook_is_refused() -> None:
    with pytest.raises(Invalid, match="not a workbook that can be read"):
        opened(workbook(["id"], [1])[:-200])


def test_a_workbook_without_text_is_refused() -> None:
    with pytest.raises(Invalid, match="holds no table"):
        opened(workbook())
