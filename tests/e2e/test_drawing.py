"""Territories drawn by hand on an empty map: draw, move a corner, cut, remove and undo."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

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
        outline(desk.page, corners)
        desk.page.get_by_role("dialog").get_by_role("button", name="Add territory").click()
        desk.expect_revision(revision)
        desk.settle()
    second = desk.page.get_by_role("complementary", name="Scorecard").get_by_text("Territory 2")
    expect(second).to_be_visible()

    desk.page.get_by_role("button", name="Territory 1").first.click()
    desk.choose_tool("Edit")
    desk.page.locator(".marker-icon").first.wait_for()
    desk.drag((640, 470), (600, 520))
    desk.expect_revision(4)
    desk.settle()

    desk.choose_tool("Cut")
    outline(desk.page, HOLE)
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


def outline(page: Page, corners: list[tuple[int, int]]) -> None:
    """Click every corner, and the first once more."""
    page.locator(".cursor-marker").wait_for(state="attached")
    placed = page.locator(".marker-icon:not(.cursor-marker)")
    for number, corner in enumerate(corners, start=1):
        page.mouse.move(*corner)
        page.mouse.click(*corner)
        expect(placed).to_have_count(number)
    page.mouse.move(*corners[0])
    page.mouse.click(*corners[0])
