"""ODS workbooks: values as the sheet shows them, and refusals of what claims or repeats too much."""

import io
import zipfile

import pytest

from accounts.importing.reading import open_table
from accounts.importing.tables import Row, Table
from accounts.models import Account
from tests.accounts.files import import_file
from tests.cast import Cast
from workspace.exceptions import DomainError, Invalid, TooLarge

HEAD = (
    '<?xml version="1.0"?>{doctype}<office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
TAIL = "</office:spreadsheet></office:body></office:document-content>"


def cell(text: str = "", *, kind: str = "string", value: str = "", repeat: int = 1) -> str:
    attribute = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    valued = f' office:{attribute}="{value}"' if value else ""
    return (
        f'<table:table-cell office:value-type="{kind}"{valued} table:number-columns-repeated="{repeat}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def row(*cells: str, repeat: int = 1) -> str:
    made = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f'<table:table-row table:number-rows-repeated="{repeat}">{made}</table:table-row>'


def empty(repeat: int = 1) -> str:
    return f'<table:table-cell table:number-columns-repeated="{repeat}"/>'


def ods(*sheets: tuple[str, str], doctype: str = "", padding: str = "", content: str | None = None) -> bytes:
    tables = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        whole = HEAD.format(doctype=doctype) + tables + padding + TAIL if content is None else content
        archive.writestr("content.xml", whole)
    return buffer.getvalue()


def opened(content: bytes, sheet: str | None = None) -> Table:
    return open_table(io.BytesIO(content), filename="a.ods", detected={"sheet": sheet})


def rows_of(*rows: str) -> list[Row]:
    return list(opened(ods(("Accounts", "".join(rows)))).rows())


@pytest.mark.parametrize(
    ("given", "reads"),
    [
        (cell("00123"), "00123"),
        (cell("12", kind="float", value="12"), "12"),
        (cell("12.00", kind="float", value="12.0"), "12"),
        (cell("00501", kind="float", value="501"), "00501"),
        (cell("1.5E+20", kind="float", value="1.5E+20"), "1.5E+20"),
        (cell("80 %", kind="percentage", value="0.8"), "0.8"),
        (cell("1,200.50 $", kind="currency", value="1200.5"), "1200.5"),
        (cell("3/1/26", kind="date", value="2026-03-01"), "2026-03-01"),
        (cell("TRUE", kind="boolean", value="true"), "TRUE"),
        (cell('Oak<text:s text:c="2"/>&amp; <text:span>Sons</text:span>'), "Oak  & Sons"),
        (cell("one</text:p><text:p>two"), "one\ntwo"),
        (cell("x", kind="float", value="no number"), "no number"),
    ],
)
def test_a_cell_reads_as_the_sheet_shows_it(given: str, reads: str) -> None:
    assert rows_of(row("id"), row(given))[0].cells == [reads]


def test_emptiness_that_repeats_is_not_written_out() -> None:
    rows = rows_of(
        row("id", "name", empty(16_380)),
        row("1", empty(), empty(16_000)),
        row(empty(16_384), repeat=2),
        row("2", "Pine"),
        row(empty(16_384), repeat=1_048_000),
    )
    assert [(each.number, each.line, each.cells) for each in rows] == [
        (1, 2, ["1", ""]),
        (2, 3, []),
        (3, 4, []),
        (4, 5, ["2", "Pine"]),
    ]


def test_rows_and_cells_that_repeat_are_read_as_often() -> None:
    rows = rows_of(row("id", "a", "b"), row("1", cell("x", repeat=2), repeat=3))
    assert [each.cells for each in rows] == [["1", "x", "x"]] * 3


def test_rows_in_groups_and_header_rows_are_rows() -> None:
    grouped = f"<table:table-header-rows>{row('id')}</table:table-header-rows>"
    grouped += f"<table:table-row-group>{row('1')}{row('2')}</table:table-row-group>{row('3')}"
    assert [each.cells for each in rows_of(grouped)] == [["1"], ["2"], ["3"]]


def test_sheets_are_listed_and_chosen() -> None:
    content = ods(("Notes", row("note") + row("x")), ("Data", row("id") + row("7")))
    assert opened(content).detected.sheets == ["Notes", "Data"]
    assert [each.cells for each in opened(content, "Data").rows()] == [["7"]]
    with pytest.raises(Invalid, match="Notes, Data"):
        opened(content, "Third")


BOMB = '<!DOCTYPE b [<!ENTITY a "' + "x" * 1000 + '"><!ENTITY b "' + "&a;" * 1000 + '">]>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (ods(("A", row("id") + row(cell("x", repeat=1_000_000_000)))), "16,384 cells wide"),
        (ods(("A", row("id") + row("x", repeat=900_000_000))), "5,000,000 cells"),
        (ods(("A", row("id") + row(empty(), repeat=99_999_999) + row("x"))), "1,000,000 rows"),
        (ods(("A", row(*(f"c{n}" for n in range(600))) + row("x"))), "600 columns; 500 are the most"),
        (ods(("A", row("id") + row("x")), padding="<!--" + " " * 30_000_000 + "-->"), "100-fold"),
        (ods(("A", row("id") + row("&b;")), doctype=BOMB), "not a workbook that can be read"),
        (ods(content=""), "not a workbook that can be read"),
        (ods(content="<broken"), "not a workbook that can be read"),
        (ods(("A", row("id") + row("x")))[:-40], "not a workbook that can be read"),
        (ods(("A", "")), "holds no table"),
        (ods(), "without a sheet"),
    ],
)
def test_what_cannot_be_a_table_is_refused_in_words(content: bytes, says: str) -> None:
    with pytest.raises(DomainError, match=says):
        list(opened(content).rows())


def test_a_workbook_is_told_by_its_content_not_by_its_name() -> None:
    content = ods(("A", row("id") + row("1")))
    assert next(iter(open_table(io.BytesIO(content), filename="a.xlsx").rows())).cells == ["1"]


def test_a_document_without_content_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(Invalid, match="without content"):
        opened(buffer.getvalue())


def test_an_upload_that_is_too_large_for_its_kind_is_refused(here: Cast, settings: object) -> None:
    settings.UPLOAD_ODS_MAX_BYTES = 100  # type: ignore[attr-defined]
    with pytest.raises(TooLarge, match="100 are the most for ODS"):
        import_file(here.ops, ods(("A", row("id") + row("1"))), filename="a.ods")


def test_accounts_come_from_an_ods_file(here: Cast) -> None:
    rows = row("account id", "name", "latitude", "longitude", "revenue")
    rows += row("00123", "Café", *(cell(kind="float", value=value) for value in ("33.75", "-84.39", "1200.5")))
    result = import_file(here.ops, ods(("A", rows)), filename="a.ods")
    assert result["n_created"] == 1
    account = Account.objects.get(external_id="00123")
    assert (account.name, account.revenue_minor, account.location.coords) == ("Café", 120050, (-84.39, 33.75))
