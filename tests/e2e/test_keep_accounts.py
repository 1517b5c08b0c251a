"""Accounts kept with a territory by name: a loop around them, who gains and who loses, one edit, one undo."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System

# Around some counties south of Atlanta.
LOOP = [(590, 280), (650, 285), (650, 330), (590, 330), (588, 290)]


@pytest.fixture
def desk(system: System, browser: Browser) -> Desk:
    opened = Desk.open(browser, system.url, "manager@demo.example")
    opened.create_scenario("Key accounts")
    return opened


def panel(desk: Desk) -> Locator:
    return desk.page.get_by_role("dialog", name="Keep accounts with a territory")


def loop(desk: Desk) -> None:
    desk.page.mouse.move(*LOOP[0])
    desk.page.mouse.down()
    for corner in LOOP[1:]:
        desk.page.mouse.move(*corner, steps=4)
    desk.page.mouse.up()


def test_accounts_in_a_loop_are_kept_after_a_look_and_undone_in_one_step(desk: Desk, screenshots: Path) -> None:
    desk.page.keyboard.press("o")
    loop(desk)
    expect(panel(desk)).to_contain_text("account")
    panel(desk).get_by_label("Keep with").select_option(label="Tallahassee FL")
    rows = panel(desk).get_by_role("row")
    expect(rows.filter(has_text="Tallahassee FL")).to_contain_text("+")
    expect(rows.nth(2)).to_contain_text("−")
    panel(desk).get_by_label("Reason").fill("Served from Florida")
    desk.shoot(screenshots / "keep-accounts.png")
    assert desk.violations() == []
    panel(desk).get_by_role("button", name="Keep").click()
    desk.expect_revision(2)
    expect(panel(desk)).to_have_count(0)
    desk.page.keyboard.press("Control+z")
    desk.expect_revision(3)


def test_escape_drops_the_loop_and_then_the_tool(desk: Desk) -> None:
    desk.page.keyboard.press("o")
    loop(desk)
    expect(panel(desk)).to_contain_text("account")
    desk.page.keyboard.press("Escape")
    expect(panel(desk)).to_have_count(0)
    desk.page.mouse.dblclick(900, 620)
    expect(panel(desk)).to_have_count(0)
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("button", name="Select", exact=True)).to_have_attribute("aria-pressed", "true")
    desk.expect_revision(1)
