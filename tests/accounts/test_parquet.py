"""Parquet files: every value as text that says the same, and refusals of what is no flat table."""

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from accounts.importing.reading import open_table
from accounts.models import Account
from tests.accounts.files import import_file
from tests.cast import Cast
from workspace.exceptions import DomainError, TooLarge


def parquet(columns: dict[str, Any], **options: Any) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer, **options)
    return buffer.getvalue()


def rows_of(content: bytes) -> list[list[str]]:
    return [row.cells for row in open_table(io.BytesIO(content), filename="a.parquet").rows()]


@pytest.mark.parametrize(
    ("values", "reads"),
    [
        (["00123", None, "1E5"], ["00123", "", "1E5"]),
        ([12345678901234567, 2**63 - 1, None], ["12345678901234567", "9223372036854775807", ""]),
        (pa.array([2**64 - 1, 0, 1], pa.uint64()), ["18446744073709551615", "0", "1"]),
        ([123.0, 1.5, float("nan")], ["123", "1.5", ""]),
        ([Decimal("0.10"), Decimal("12345678901234567890.12"), None], ["0.10", "12345678901234567890.12", ""]),
        ([True, False, None], ["true", "false", ""]),
        ([date(2026, 3, 1), None, None], ["2026-03-01", "", ""]),
        ([datetime(2026, 3, 1, 12, 30), None, None], ["2026-03-01 12:30:00.000000", "", ""]),
        (pa.array([1, None, None], pa.timestamp("ns")), ["1970-01-01 00:00:00.000000001", "", ""]),
        (pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"]),
        (pa.array(["a", None, "ß"], pa.large_string()), ["a", "", "ß"]),
        (pa.nulls(3), ["", "", ""]),
    ],
)  # fmt: skip
def test_a_value_becomes_text_without_loss(values: Any, reads: list[str]) -> None:
    assert rows_of(parquet({"id": ["1", "2", "3"], "x": values})) == [
        [key, text] for key, text in zip("123", reads, strict=True)
    ]


def test_rows_of_all_row_groups_come_in_order() -> None:
    ids = [str(number) for number in range(5_000)]
    assert [cells[0] for cells in rows_of(parquet({"id": ids, "n": ids}, row_group_size=700))] == ids


GOOD = parquet({"id": ["1"], "name": ["Oak"]})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (GOOD[:-20], "not a Parquet file that can be read"),
        (GOOD[:4], "not a Parquet file that can be read"),
        (GOOD.replace(b"name", b"n\xffme"), "not a Parquet file that can be read"),
        (b"PAR1" + b"\xff" * 200 + b"PAR1", "not a Parquet file that can be read"),
        (parquet({"id": ["1"], "tags": [["a", "b"]]}), "lists or records in column 'tags'"),
        (parquet({"id": ["1"], "place": [{"lat": 1.0}]}), "lists or records in column 'place'"),
        (parquet({"id": ["1"], "raw": [b"\xff\x00"]}), "bytes instead of text in column 'raw'"),
        (parquet({f"c{number}": ["x"] for number in range(600)}), "600 columns; 500 are the most"),
        (parquet({}), "holds no table"),
        (parquet({"id": ["x" * 200_000]}), "a value of 200,000 bytes"),
    ],
)
def test_what_is_no_flat_table_is_refused_in_words(content: bytes, says: str) -> None:
    with pytest.raises(DomainError, match=says):
        rows_of(content)


def test_a_long_file_is_refused_before_it_is_read(settings: Any) -> None:
    settings.IMPORT_MAX_ROWS = 10
    with pytest.raises(TooLarge, match="11 rows; 10 are the most"):
        rows_of(parquet({"id": ["x"] * 11}))


def test_what_unpacks_to_too_much_is_refused_before_it_is_read() -> None:
    column = pa.array(["x" * 90_000]).dictionary_encode().take(pa.array([0] * 10))
    content = parquet(
        {"id": pa.chunked_array([column] * 700).cast(pa.string())}, use_dictionary=False, compression="zstd"
    )
    assert len(content) < 5_000_000
    with pytest.raises(TooLarge, match="unpacks to"):
        rows_of(content)


def test_a_file_without_rows_is_refused(here: Cast) -> None:
    with pytest.raises(DomainError, match="no rows under it"):
        import_file(here.ops, parquet({"id": pa.array([], pa.string())}), filename="a.parquet")


def test_accounts_come_from_a_parquet_file_with_their_ids_whole(here: Cast) -> None:
    content = parquet(
        {
            "account_id": [12345678901234567, 12345678901234568],
            "name": ["Oak", "Pine"],
            "latitude": [33.75, 32.08],
            "longitude": [-84.39, -81.09],
            "revenue": [Decimal("1200.50"), Decimal("880.00")],
        }
    )
    assert import_file(here.ops, content, filename="a.parquet")["n_created"] == 2
    assert dict(Account.objects.values_list("external_id", "revenue_minor")) == {
        "12345678901234567": 120050,
        "12345678901234568": 88000,
    }
