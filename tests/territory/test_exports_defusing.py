"""Text that a spreadsheet would run as a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.spreadsheet import defuse, undefuse
from territory.models import Territory
from tests.territory.exporting import take, take_csv, take_workbook
from tests.territory.world import World

FORMULA_STARTS = "=+-@\t\r\n\x00＝＋－＠"
CORPUS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.com","x")',
    "+44 20 7946 0000",
    "-2+3",
    "-",
    "@SUM(A1:A9)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'=1+1",
    "''=1+1",
]
HARMLESS = ["Oak Hardware", "1=1", "a@b.example", "'quoted'", "'", "", "(404) 555-0100", " =1", "–dash", "007"]
TEXT_FILES = ("assignments.csv", "salesforce_account_owner.csv", "salesforce_territory2.csv",
              "salesforce_object_territory2_association.csv", "units.csv", "block-equivalency.csv")  # fmt: skip


@pytest.mark.parametrize("text", CORPUS)
def test_a_formula_gets_an_apostrophe_in_front(text: str) -> None:
    assert defuse(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert defuse(text) == text


@given(st.text(alphabet=st.sampled_from([*FORMULA_STARTS, "'", "a", "1", " "])) | st.text())
def test_reading_a_defused_cell_gives_the_text_back(text: str) -> None:
    assert undefuse(defuse(text)) == text


@given(st.text(alphabet=st.sampled_from([*FORMULA_STARTS, "'", "a"])) | st.text())
def test_no_defused_cell_starts_a_formula(text: str) -> None:
    assert defuse(text)[:1] not in set(FORMULA_STARTS)


@pytest.mark.parametrize("text", [text for text in CORPUS if text.isprintable()])
def test_no_text_cell_of_any_export_starts_a_formula(world: World, manager: APIClient, text: str) -> None:
    fields = ("name", "street", "city", "region", "phone", "segment", "crm_owner")
    world.account(0, 0, external_id=text, postal_code=text[:20], **dict.fromkeys(fields, text))
    rep = world.rep("Ines")
    type(rep).objects.update(external_id=text, name=text)
    alignment = world.alignment()
    world.territory(alignment, text, "0-0", rep_id=rep.pk)
    Territory.objects.update(code=text[:40])
    for key in TEXT_FILES:
        content = take(manager, key, alignment).decode()
        for row in csv.reader(io.StringIO(content, newline="")):
            assert [cell for cell in row if cell[:1] in set(FORMULA_STARTS) and not _is_number(cell)] == []
    for row in take_workbook(manager, alignment):
        assert [cell for cell in row.values() if isinstance(cell, str) and cell[:1] in set(FORMULA_STARTS)] == []


def test_negative_numbers_stay_numbers(world: World, manager: APIClient) -> None:
    world.account(0, 0, revenue=-500)
    alignment = world.alignment()
    [row] = take_csv(manager, "assignments.csv", alignment)
    assert (row["Revenue"], row["Longitude"]) == ("-5.00", "-83.75")
    [cells] = take_workbook(manager, alignment)
    assert (cells["Revenue"], cells["Longitude"]) == (-5, -83.75)


def test_money_beyond_a_spreadsheets_numbers_stays_exact_as_text(world: World, manager: APIClient) -> None:
    world.account(0, 0, revenue=-(2**53 + 1))
    [cells] = take_workbook(manager, world.alignment())
    assert cells["Revenue"] == "-90071992547409.93"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
