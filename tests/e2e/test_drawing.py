"""Territories drawn by hand on an empty map: draw, move a corner, cut, remove and undo."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System

WEST = [(620, 300), (800, 300), (820, 450), (640, 470)]
EAST = [(824, 304), (960, 310), (960, 450), (823, 452)]
HOLE = [(680, 340), (740, 340), (740, 400), (680, 400)]


def test_territories_are_drawn_mended_cut_and_removed(system: System, browser: Browser, screenshots: Path) -> None:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    desk.create_blank("By hand")
    expect(desk.page.get_by_text("No territory yet")).to_be_visible()

    desk.choose_tool("Draw")
    for revision, corners in ((2, WEST), (3, EAST)):
        desk.add_drawn(corners, revision=revision)
    second = desk.page.get_by_role("complementary", name="Scorecard").get_by_text("Territory 2")
    expect(second).to_be_visible()

    desk.page.get_by_role("button", name="Territory 1").first.click()
    desk.choose_tool("Edit")
    desk.page.locator(".marker-icon").first.wait_for()
    desk.drag((640, 470), (600, 520))
    desk.expect_revision(4)
    desk.settle()

    desk.choose_tool("Cut")
    desk.outline(HOLE)
    desk.expect_revision(5)
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "drawn.png")

    desk.choose_tool("Delete")
    desk.page.mouse.click(900, 400)
    desk.page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    desk.expect_revision(6)
    expect(second).to_have_count(0)
    desk.page.get_by_role("button", name="Undo").click()
    desk.expect_revision(7)
    expect(second).to_be_visible()
