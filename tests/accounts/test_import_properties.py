"""Whatever the file: importing it again changes nothing, every row is accounted for, and nobody crashes."""

import csv
import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.importing.columns import suggest
from accounts.importing.fields import ACCOUNT_FIELDS, find_field
from accounts.importing.reading import open_table
from accounts.importing.rows import RowChecker
from accounts.models import Account
from tests.accounts.files import HEADER, import_file
from tests.accounts.test_open_document import ods, row
from tests.accounts.test_parquet import parquet
from tests.cast import Cast
from workspace.exceptions import DomainError

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.one_of(st.floats(-200, 200).map(str), st.integers(-5, 10**6).map(str), WORDS)
ROWS = st.lists(
    st.tuples(st.one_of(st.integers(0, 30).map(str), WORDS), WORDS, NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=15
)
COUNTS = ("n_created", "n_updated", "n_unchanged", "n_skipped", "n_bad")


def as_csv(rows: list[tuple[str, ...]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([HEADER.split(","), *rows])
    return buffer.getvalue()


@given(rows=ROWS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_file_again_changes_nothing(here: Cast, rows: list[tuple[str, ...]]) -> None:
    Account.objects.all().delete()
    content = as_csv(rows)
    try:
        first = import_file(here.ops, content, skip_bad_rows=True)
    except DomainError:
        return
    again = import_file(here.ops, content, skip_bad_rows=True)
    assert (again["n_created"], again["n_updated"]) == (0, 0)
    for result in (first, again):
        assert sum(result[name] for name in COUNTS) == result["n_rows"]
    assert Account.objects.count() == first["n_created"]


def read_all(content: bytes, filename: str) -> None:
    """With the suggested mapping every row is good or reported, unless the file is refused in words."""
    with suppress(DomainError):
        table = open_table(io.BytesIO(content), filename=filename)
        rows = list(table.rows())
        cells = [[row.cells[index] for row in rows if len(row.cells) > index] for index in range(len(table.header))]
        suggestions = suggest(table.header, cells, fields=[field.key for field in ACCOUNT_FIELDS])
        pairs = zip(table.header, suggestions, strict=True)
        found = {name: find_field("accounts", suggestion.field or "") for name, suggestion in pairs}
        checker = RowChecker(
            header=table.header,
            fields={name: field for name, field in found.items() if field},
            sample=rows,
            currency="USD",
            delimiter=table.detected.delimiter,
            teams={},
        )
        checked = checker.check(rows)
        assert len(checked.rows) + checked.n_bad + checked.n_blank == len(rows)


@given(content=st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_report_or_a_refusal(content: bytes) -> None:
    read_all(content, "a.csv")


@given(content=st.text(st.sampled_from('",;\n\r\t |ab1.-\x00é'), max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_quotes_and_delimiters_give_a_report_or_a_refusal(content: str) -> None:
    read_all(content.encode(), "a.csv")


def with_other_bytes(content: bytes, changes: list[tuple[float, int]]) -> bytes:
    broken = bytearray(content)
    for place, byte in changes:
        broken[int(place * (len(broken) - 1))] = byte
    return bytes(broken)


COLUMNS = {"id": ["1", None, "3"], "name": ["Oak", "Pine", "Oak"], "lat": [33.5, None, 34.5], "n": [1, 2, None]}
BYTES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=4)


@given(changes=BYTES)
@settings(max_examples=400, deadline=None)
def test_a_parquet_file_with_other_bytes_gives_a_report_or_a_refusal(changes: list[tuple[float, int]]) -> None:
    read_all(with_other_bytes(parquet(COLUMNS), changes), "a.parquet")


CELLS = "".join(
    row(*("" if cell is None else str(cell) for cell in cells)) for cells in zip(*COLUMNS.values(), strict=True)
)


@given(content=st.text(st.sampled_from('<>/="&; atble:row-cp19'), max_size=60))
@settings(max_examples=300, deadline=None)
def test_an_ods_file_with_other_content_gives_a_report_or_a_refusal(content: str) -> None:
    read_all(ods(("A", row(*COLUMNS) + CELLS + content)), "a.ods")


@given(changes=BYTES)
@settings(max_examples=300, deadline=None)
def test_an_ods_file_with_other_bytes_gives_a_report_or_a_refusal(changes: list[tuple[float, int]]) -> None:
    read_all(with_other_bytes(ods(("A", row(*COLUMNS) + CELLS)), changes), "a.ods")


@pytest.mark.shared_data
@pytest.mark.parametrize("archive", ["csv_edge_cases_csv-spectrum.zip", "csv_xls_encodings_csvkit.zip"])
def test_messy_files_of_other_projects_give_a_report_or_a_refusal(shared_data: Path, archive: str) -> None:
    with zipfile.ZipFile(shared_data / "messy" / archive) as files:
        for name in files.namelist():
            for claimed in (name, "a.csv", "a.xlsx"):
                read_all(files.read(name), claimed)
