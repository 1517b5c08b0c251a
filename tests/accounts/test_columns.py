import csv
import gzip
from pathlib import Path

import pytest

from accounts.importing.columns import Suggestion, suggest
from accounts.importing.fields import ACCOUNT_FIELDS, REP_FIELDS
from accounts.importing.mapping import columns_hash, mapping_problems
from accounts.importing.tables import Row

ACCOUNT_KEYS = [field.key for field in ACCOUNT_FIELDS]
HEADER = ["id", "name", "lat", "lon"]
MAPPING = {"id": "external_id", "name": "name", "lat": "lat", "lon": "lon"}


def suggested(header: list[str], *rows: list[str], fields: list[str] = ACCOUNT_KEYS) -> dict[str, str | None]:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in header]
    return {name: each.field for name, each in zip(header, suggest(header, columns, fields=fields), strict=True)}


def test_salesforce_names_are_known() -> None:
    header = ["Id", "Account Name", "BillingStreet", "BillingCity", "BillingState", "BillingPostalCode",
              "BillingLatitude", "BillingLongitude", "AnnualRevenue", "OwnerId", "NumberOfEmployees",
              "Industry"]  # fmt: skip
    assert suggested(header) == {
        "Id": "external_id", "Account Name": "name", "BillingStreet": "street", "BillingCity": "city",
        "BillingState": "region", "BillingPostalCode": "postal_code", "BillingLatitude": "lat",
        "BillingLongitude": "lon", "AnnualRevenue": "revenue", "OwnerId": "crm_owner", "NumberOfEmployees": "size",
        "Industry": "segment",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (["Kundennummer", "Firma", "Straße", "PLZ", "Ort", "Umsatz"],
         ["external_id", "name", "street", "postal_code", "city", "revenue"]),
        (["Code client", "Raison sociale", "Adresse", "Code postal", "Ville", "Chiffre d'affaires"],
         ["external_id", "name", "street", "postal_code", "city", "revenue"]),
        (["Código cliente", "Empresa", "Dirección", "CP", "Ciudad", "Ventas"],
         ["external_id", "name", "street", "postal_code", "city", "revenue"]),
    ],
)  # fmt: skip
def test_common_words_of_other_languages_are_known(header: list[str], fields: list[str]) -> None:
    assert list(suggested(header).values()) == fields


def test_one_field_is_suggested_for_one_column_only() -> None:
    fields = [field for field in suggested(["lat", "latitude", "BillingLatitude", "geo lat"]).values() if field]
    assert fields == ["lat"]


def test_values_that_do_not_fit_lower_the_confidence() -> None:
    fits, contradicts = (
        suggest(["latitude"], [values], fields=ACCOUNT_KEYS)[0] for values in (["33.7", "34.1"], ["north", "south"])
    )
    assert fits.confidence > 0.9
    assert contradicts.confidence < 0.4


def test_an_unknown_column_gets_no_suggestion() -> None:
    assert suggest(["qwertz"], [["1"]], fields=ACCOUNT_KEYS) == [Suggestion(None, 0.0)]


def test_rep_columns_are_known() -> None:
    header = ["Rep ID", "Name", "Email", "Team", "Capacity h", "Home lat", "Home lon"]
    keys = [field.key for field in REP_FIELDS]
    assert list(suggested(header, fields=keys).values()) == [
        "external_id", "name", "email", "team", "capacity_h", "lat", "lon",
    ]  # fmt: skip


@pytest.mark.shared_data
def test_the_georgia_companies_map_by_themselves(shared_data: Path) -> None:
    with gzip.open(shared_data / "accounts" / "ga_businesses_ppp_2020.csv.gz", "rt", encoding="utf-8") as file:
        reader = csv.reader(file)
        header, *rows = [next(reader) for _ in range(20)]
    found = suggested(header, *rows)
    wanted = {
        "account_id": "external_id", "name": "name", "address": "street", "city": "city", "state": "region",
        "zip": "postal_code", "zip_lat": "lat", "zip_lon": "lon", "loan_amount_usd": "revenue",
        "jobs_reported": "size",
    }  # fmt: skip
    assert {column: found[column] for column in wanted} == wanted


def problems(mapping: dict[str, str], *rows: list[str]) -> list[str]:
    sample = [Row(number, number + 1, cells) for number, cells in enumerate(rows, start=1)]
    found = mapping_problems(kind="accounts", header=HEADER, mapping=mapping, sample=sample)
    return [f"{each.column}: {each.problem}" for each in found]


def test_a_complete_mapping_has_no_problem() -> None:
    assert problems(MAPPING, ["1", "Oak", "33.7", "-84.4"]) == []


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ({"id": "external_id"}, "No column is mapped to Name"),
        ({"name": "name"}, "No column is mapped to Account id"),
        ({**MAPPING, "lon": "lat"}, "Both 'lat' and this column are mapped to 'lat'"),
        ({"id": "external_id", "name": "name", "lat": "lat"}, "mapped to 'lat' but none to 'lon'"),
        ({**MAPPING, "shape": "street"}, "There is no such column"),
        ({**MAPPING, "lat": "altitude"}, "There is no field 'altitude'"),
        ({**MAPPING, "lat": "metric:DROP TABLE"}, "There is no field"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused_in_words(mapping: dict[str, str], says: str) -> None:
    assert any(says in problem for problem in problems(mapping))


@pytest.mark.parametrize(
    "point",
    [["-84.4", "33.7"], ["-118.2", "34.1"]],
    ids=["longitude fits a latitude but is far south", "longitude is beyond any latitude"],
)
def test_swapped_axes_are_noticed_from_the_values(point: list[str]) -> None:
    swapped = problems(MAPPING, *(["1", "Oak", *point] for _ in range(5)))
    assert len(swapped) == 1
    assert "look swapped" in swapped[0]


def test_swapped_axes_are_noticed_from_the_names() -> None:
    mapping = {**MAPPING, "lat": "lon", "lon": "lat"}
    assert "look swapped" in problems(mapping, ["1", "Oak", "48.1", "11.6"])[0]


def test_columns_with_exchanged_names_can_be_mapped_the_other_way() -> None:
    mapping = {**MAPPING, "lat": "lon", "lon": "lat"}
    assert problems(mapping, ["1", "Oak", "-118.2", "34.1"]) == []


def test_one_odd_row_does_not_make_the_axes_swapped() -> None:
    rows = [["1", "Oak", "33.7", "-84.4"]] * 3 + [["2", "Pine", "-84.4", "33.7"]]
    assert problems(MAPPING, *rows) == []


def test_the_shape_of_a_file_is_its_column_names_in_any_order() -> None:
    assert columns_hash(["a", "b"]) == columns_hash(["b", "a"])
    assert columns_hash(["a", "b"]) != columns_hash(["a,b"])
