"""The assignments as Parquet: the table of the CSV, with types."""

import io
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rest_framework.test import APIClient

from accounts.spreadsheet import undefuse
from territory.exports import assignments_parquet, rows
from territory.models import Alignment
from tests.territory.exporting import take, take_csv
from tests.territory.world import World

KEY = "assignments.parquet"


@pytest.fixture
def plan(world: World) -> Alignment:
    world.account(0, 0, external_id="00123", revenue=2**53 + 1, custom_metrics={"shelf_m": 2.5}, visits_per_year=0.3)
    world.account(None, None, external_id="1E5", name="'=2", phone="+1 404")
    alignment = world.alignment()
    world.territory(alignment, "North", "0-0", rep_id=world.rep("Ines").pk)
    return alignment


def read(client: APIClient, alignment: Alignment, **options: object) -> pa.Table:
    return pq.read_table(io.BytesIO(take(client, KEY, alignment, **options)))


def test_ids_are_strings_money_is_decimal_and_figures_are_doubles(plan: Alignment, manager: APIClient) -> None:
    table = read(manager, plan)
    types = dict(zip(table.schema.names, table.schema.types, strict=True))
    assert types["Account id"] == types["Postal code"] == types["Currency"] == pa.string()
    assert types["Revenue"] == types["Pipeline"] == pa.decimal128(20, 2)
    assert types["Latitude"] == types["Visits a year"] == types["metric:shelf_m"] == pa.float64()
    first, second = table.to_pylist()
    assert (first["Account id"], second["Account id"]) == ("00123", "1E5")
    assert (first["Revenue"], first["Currency"]) == (Decimal(2**53 + 1).scaleb(-2), "USD")
    assert (first["metric:shelf_m"], second["metric:shelf_m"], second["Latitude"]) == (2.5, None, None)


def test_a_currency_without_decimals_has_none_here(plan: Alignment, manager: APIClient) -> None:
    plan.workspace.currency = "JPY"
    plan.workspace.save()
    assert read(manager, plan).schema.field("Revenue").type == pa.decimal128(20, 0)


def test_it_says_what_the_csv_says(plan: Alignment, manager: APIClient) -> None:
    for row, cells in zip(take_csv(manager, "assignments.csv", plan), read(manager, plan).to_pylist(), strict=True):
        assert row.keys() == cells.keys()
        for column, text in row.items():
            value = cells[column]
            assert value == float(text) if isinstance(value, float) else str("" if value is None else value) == text
    assert undefuse(cells["Name"]) == "'=2"


def test_rows_are_written_in_groups_as_they_come(
    plan: Alignment, manager: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assignments_parquet, "GROUP_ROWS", 1)
    monkeypatch.setattr(rows, "CHUNK_ROWS", 1)
    assert pq.ParquetFile(io.BytesIO(take(manager, KEY, plan))).num_row_groups == 2


def test_chosen_columns_and_an_empty_table(plan: Alignment, manager: APIClient, world: World) -> None:
    territory = world.territory(plan, "Empty").pk
    table = read(manager, plan, columns="territory,revenue", territory=territory)
    assert (table.column_names, table.num_rows) == (["Account id", "Revenue", "Territory"], 0)
