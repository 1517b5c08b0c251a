"""Who hands over what to whom."""

import datetime

import pytest
from rest_framework.test import APIClient

from territory.models import Alignment
from territory.services.alignments import publish_alignment
from tests.territory.exporting import URL, take_sheets
from tests.territory.world import World

KEY = "transition.xlsx"


def publish(world: World, alignment: Alignment, **fields: object) -> Alignment:
    alignment.refresh_from_db()
    return publish_alignment(alignment.pk, revision=alignment.revision, actor=world.actor, **fields)


@pytest.fixture
def live(world: World) -> Alignment:
    """West (Ines) has 0-0 and 0-1, East (Omar) 1-1; 2-2 is nobody's. One account in each."""
    for place, at in enumerate([(0, 0), (0, 1), (1, 1), (2, 2)], start=1):
        world.account(
            *at, external_id=f"A{place}", name=f"Shop {place}", phone=f"555-{place}", crm_owner="Old owner",
            revenue=100 * place, visits_per_year=6, service_min_per_visit=60,
        )  # fmt: skip
    alignment = world.alignment(name="This year")
    world.territory(alignment, "West", "0-0", "0-1", rep_id=world.rep("Ines", email="ines@example.com").pk)
    world.territory(alignment, "East", "1-1", rep_id=world.rep("Omar").pk)
    return publish(world, alignment)


@pytest.fixture
def next_year(world: World, live: Alignment) -> Alignment:
    """Omar gets 0-1 from Ines and 2-2 from nobody."""
    copy = world.alignment(name="Next year", source="copy", copy_of=live)
    east = copy.territories.get(name="East").pk
    world.edit(copy, "assign_units", unit_ids=world.units("0-1", "2-2"), territory_id=east)
    return copy


def test_each_rep_is_told_what_comes_from_whom_and_what_goes_to_whom(next_year: Alignment, manager: APIClient) -> None:
    summary = take_sheets(manager, KEY, next_year)["Summary"]
    assert summary == [
        {"Rep": "Ines", "Rep id": "R-Ines", "Keeps accounts": 1, "Gets accounts": 0, "Gets revenue": 0,
         "Gets hours a year": 0, "From": None, "Gives accounts": 1, "Gives revenue": 2, "Gives hours a year": 6,
         "To": "Omar (1)"},
        {"Rep": "Omar", "Rep id": "R-Omar", "Keeps accounts": 1, "Gets accounts": 2, "Gets revenue": 6,
         "Gets hours a year": 12, "From": "Ines (1), nobody (1)", "Gives accounts": 0, "Gives revenue": 0,
         "Gives hours a year": 0, "To": None},
    ]  # fmt: skip


def test_every_account_that_changes_hands_is_there_once(next_year: Alignment, manager: APIClient) -> None:
    rows = take_sheets(manager, KEY, next_year)["Hand-overs"]
    assert [(row["Account id"], row["Old rep"], row["New rep"]) for row in rows] == [
        ("A2", "Ines", "Omar"), ("A4", None, "Omar"),
    ]  # fmt: skip
    first = rows[0]
    assert (first["Phone"], first["CRM owner"], first["Old territory"], first["New territory"], first["Revenue"]) == (
        "555-2", "Old owner", "West", "East", 2,
    )  # fmt: skip


def test_who_gets_accounts_has_a_list_to_call_from(next_year: Alignment, manager: APIClient) -> None:
    sheets = take_sheets(manager, KEY, next_year)
    assert list(sheets) == ["Summary", "Hand-overs", "Omar", "About"]
    assert [(row["Account"], row["Introduced by"], row["Their e-mail"]) for row in sheets["Omar"]] == [
        ("Shop 2", "Ines", "ines@example.com"), ("Shop 4", "nobody", None),
    ]  # fmt: skip


def test_the_alignment_in_force_follows_what_was_in_force_before(
    world: World, next_year: Alignment, manager: APIClient
) -> None:
    published = publish(world, next_year, effective_date=datetime.date(2027, 1, 1))
    sheets = take_sheets(manager, KEY, published)
    about = {row["What"]: row["Value"] for row in sheets["About"]}
    assert (about["Follows"], about["Takes effect on"]) == ("This year", "2027-01-01")
    assert len(sheets["Hand-overs"]) == 2


def test_the_other_way_round_by_naming_it(live: Alignment, next_year: Alignment, manager: APIClient) -> None:
    rows = take_sheets(manager, KEY, live, against=next_year.pk)["Hand-overs"]
    assert {(row["Account id"], row["Old rep"], row["New rep"]) for row in rows} == {
        ("A2", "Omar", "Ines"), ("A4", "Omar", None),
    }  # fmt: skip


def test_without_anything_to_follow_it_asks(world: World, manager: APIClient) -> None:
    response = manager.get(f"{URL}/{KEY}", {"alignment": world.alignment().pk})
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "against"


def test_names_that_run_as_formulas_are_defused_on_every_sheet(
    world: World, next_year: Alignment, manager: APIClient
) -> None:
    type(world.rep("x")).objects.filter(name="Omar").update(name="=Omar()")
    sheets = take_sheets(manager, KEY, next_year)
    assert list(sheets) == ["Summary", "Hand-overs", "Omar()", "About"]
    cells = [cell for rows in sheets.values() for row in rows for cell in row.values() if isinstance(cell, str)]
    assert "'=Omar()" in cells
    assert [cell for cell in cells if cell.startswith("=")] == []
