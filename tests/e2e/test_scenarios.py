"""A manager keeps order among scenarios: names and notes, archive and taking up again, delete."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System


@pytest.fixture
def desk(system: System, browser: Browser) -> Iterator[Desk]:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    desk.create_scenario("Merge the south")
    yield desk
    desk.page.context.close()


def choose(desk: Desk, item: str) -> None:
    desk.page.get_by_role("button", name="More about this alignment").click()
    desk.page.get_by_role("menuitem", name=item).click()


def listed(desk: Desk, name: str) -> Locator:
    return desk.page.get_by_role("menuitem").filter(has=desk.page.get_by_text(name, exact=True))


def test_a_scenario_gets_notes_and_another_name(desk: Desk, screenshots: Path) -> None:
    choose(desk, "Name, add notes…")
    dialog = desk.page.get_by_role("dialog", name="Name and notes")
    dialog.get_by_label("Name").fill("Merge Mobile and Tallahassee")
    dialog.get_by_label("Notes").fill("Asked for by Bettina, assumes no hire before May")
    assert desk.violations() == []
    desk.shoot(screenshots / "name-and-notes.png")
    dialog.get_by_role("button", name="Save").click()
    expect(desk.alignment_switch).to_contain_text("Merge Mobile and Tallahassee")
    desk.alignment_switch.click()
    expect(listed(desk, "Merge Mobile and Tallahassee")).to_contain_text("assumes no hire before May")


def test_an_archived_scenario_is_out_of_the_way_and_comes_back(desk: Desk) -> None:
    choose(desk, "Archive")
    expect(desk.alignment_switch).to_contain_text("Field territories 2026")
    desk.alignment_switch.click()
    expect(listed(desk, "Merge the south")).to_have_count(0)
    desk.page.get_by_role("menuitem", name=re.compile("^Show archived")).click()
    listed(desk, "Merge the south").first.click()
    desk.settle()
    choose(desk, "Take up again")
    expect(desk.page.get_by_role("button", name="Publish…")).to_be_visible()


def test_a_deleted_scenario_is_gone_once_that_was_confirmed(desk: Desk) -> None:
    desk.alignment_switch.click()
    before = listed(desk, "Merge the south").count()
    desk.page.keyboard.press("Escape")
    choose(desk, "Delete…")
    dialog = desk.page.get_by_role("dialog", name="Delete “Merge the south”?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(desk.alignment_switch).to_contain_text("Merge the south")
    choose(desk, "Delete…")
    dialog.get_by_role("button", name="Delete").click()
    expect(desk.alignment_switch).to_contain_text("Field territories 2026")
    desk.alignment_switch.click()
    expect(listed(desk, "Merge the south")).to_have_count(before - 1)
