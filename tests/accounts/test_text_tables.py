import io

import pytest

from accounts.importing.delimited import DelimitedTable
from accounts.importing.reading import open_table
from accounts.importing.tables import Row
from workspace.exceptions import Invalid, TooLarge


def read(content: bytes, filename: str = "a.csv") -> tuple[list[str], list[Row]]:
    table = open_table(io.BytesIO(content), filename=filename)
    return table.header, list(table.rows())


def cells(content: bytes) -> list[list[str]]:
    return [row.cells for row in read(content)[1]]


@pytest.mark.parametrize(
    ("codec", "detected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("latin-1", "cp1252"),
    ],
)
def test_text_reads_the_same_in_every_encoding(codec: str, detected: str) -> None:
    table = DelimitedTable(io.BytesIO("id,name\n1,Café Müller & Söhne GmbH\n".encode(codec)))
    assert [row.cells for row in table.rows()] == [["1", "Café Müller & Söhne GmbH"]]
    assert table.detected.encoding == detected


def test_cyrillic_text_is_not_taken_for_western() -> None:
    text = "id,name\n" + "".join(f"{n},Общество с ограниченной ответственностью Берёзка {n}\n" for n in range(30))
    assert cells(text.encode("cp1251"))[0][1].startswith("Общество с ограниченной")


def test_one_foreign_byte_far_into_the_file_is_still_found() -> None:
    content = b"id,name\n" + b"1,plain\n" * 40_000 + "2,Café\n".encode("cp1252")
    assert cells(content)[-1] == ["2", "Café"]


def test_a_byte_that_windows_1252_leaves_undefined_stays_visible() -> None:
    assert cells(b"id,name\n1,caf\xe9 \x81\n") == [["1", "café \x81"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    content = delimiter.join(["id", "name", "lat"]) + "\n" + delimiter.join(["1", "Oak", "33"]) + "\n"
    assert cells(content.encode()) == [["1", "Oak", "33"]]


def test_decimal_commas_do_not_hide_the_semicolon() -> None:
    assert cells(b"id;lat;lon\n1;33,75;-84,39\n2;32,08;-81,09\n")[1] == ["2", "32,08", "-81,09"]


def test_a_header_of_one_column_is_a_table() -> None:
    assert read(b"id\n1\n2\n")[0] == ["id"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_all_newlines_are_newlines(newline: str) -> None:
    header, rows = read(newline.join(["id,name", "1,Oak", "2,Pine"]).encode())
    assert header == ["id", "name"]
    assert [(row.number, row.line, row.cells) for row in rows] == [(1, 2, ["1", "Oak"]), (2, 3, ["2", "Pine"])]


def test_quoted_newlines_move_the_line_but_not_the_row() -> None:
    rows = read(b'id,name\n1,"Oak\nHardware\nInc"\n2,Pine\n3,Elm\n')[1]
    assert [(row.number, row.line) for row in rows] == [(1, 2), (2, 5), (3, 6)]
    assert rows[0].cells == ["1", "Oak\nHardware\nInc"]


def test_blank_rows_count_but_not_at_the_end() -> None:
    rows = read(b"\n\nid,name\n1,Oak\n\n , \n2,Pine\n,\n\n")[1]
    assert [(row.number, row.cells) for row in rows] == [(1, ["1", "Oak"]), (2, []), (3, []), (4, ["2", "Pine"])]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("1,Oak,extra", "has 3 cells where the header has 2"),
        ("1", "has 1 cells where the header has 2"),
        ('1,"Oak" Inc', "text after a closing quote"),
        ('1,"Oak', "never closed"),
        (f'1,"{"x" * 140_000}"', "more than 131,072 characters"),
    ],
)
def test_a_broken_row_is_named_and_the_others_are_read(line: str, says: str) -> None:
    rows = read(f"id,name\n0,Elm\n{line}\n".encode())[1]
    assert rows[0].problem is None
    assert rows[1].number == 2
    assert rows[1].line == 3
    assert says in str(rows[1].problem)


def test_empty_cells_beyond_the_header_are_harmless() -> None:
    assert read(b"id,name\n1,Oak,,\n")[1][0].problem is None


def test_column_names_are_never_empty_nor_twice_the_same() -> None:
    assert read(b"id,,name,name, id \n1,2,3,4,5\n")[0] == ["id", "Column 2", "name", "name (2)", "id (2)"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n\r\n\t", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG picture"),
        (b"%PDF-1.7\nid,name\n", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "an old Excel workbook"),
        (b"\x1f\x8b\x08\x00" + bytes(100), "a gzip archive"),
        (bytes(range(256)) * 20, "binary data"),
        (b"id,name\n" + b"x" * 1_000_001, "too long for a table"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        read(content)


def test_a_file_of_another_kind_is_refused_by_its_name() -> None:
    with pytest.raises(Invalid, match="CSV, TSV, XLSX, ODS, JSON, GeoJSON or Parquet"):
        read(b"<kml></kml>", filename="places.kml")


def test_a_table_too_wide_is_refused() -> None:
    with pytest.raises(TooLarge, match="501 columns"):
        read(b",".join(b"c%d" % n for n in range(501)) + b"\n")


def test_a_table_too_long_is_refused(settings: object) -> None:
    settings.IMPORT_MAX_ROWS = 3
    with pytest.raises(TooLarge, match="more than 3 rows"):
        read(b"id\n1\n2\n3\n4\n")
