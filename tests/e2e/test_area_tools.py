"""Box, give to the neighbour, fill and split by keys: first what would change, then one edit and one undo."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System

# Among the small counties south of Atlanta; a line across Tallahassee from west to east; the middle of Savannah.
BORDER, ACROSS, MIDDLE = (600, 300), [(600, 440), (760, 440)], (820, 330)


@pytest.fixture
def desk(system: System, browser: Browser) -> Desk:
    opened = Desk.open(browser, system.url, "manager@demo.example")
    opened.create_scenario("By areas")
    return opened


def plan(desk: Desk) -> Locator:
    return desk.page.get_by_role("dialog", name="What would change")


def test_a_unit_is_given_to_the_neighbour_after_a_look(desk: Desk, screenshots: Path) -> None:
    desk.page.keyboard.press("g")
    desk.page.mouse.dblclick(*BORDER)
    expect(plan(desk)).to_have_count(1)
    expect(plan(desk).get_by_role("row")).to_have_count(3)
    desk.shoot(screenshots / "give.png")
    assert desk.violations() == []
    desk.page.keyboard.press("Escape")
    expect(plan(desk)).to_have_count(0)
    desk.expect_revision(1)

    desk.page.mouse.click(*BORDER)
    plan(desk).get_by_role("button", name="Move 1 unit").click()
    desk.expect_revision(2)
    desk.page.keyboard.press("Control+z")
    desk.expect_revision(3)


def test_a_territory_is_split_along_a_line_and_put_together_again(desk: Desk, screenshots: Path) -> None:
    desk.page.keyboard.press("x")
    desk.drag(*ACROSS)
    expect(plan(desk)).to_contain_text("Tallahassee FL 2")
    desk.shoot(screenshots / "split.png")
    plan(desk).get_by_role("button", name="Move").click()
    desk.expect_revision(2)
    added = desk.page.get_by_role("complementary", name="Scorecard").get_by_text("Tallahassee FL 2")
    expect(added).to_be_visible()
    desk.page.keyboard.press("Control+z")
    desk.expect_revision(3)
    expect(added).to_have_count(0)


def test_a_territory_is_split_between_two_homes(desk: Desk) -> None:
    desk.page.keyboard.press("x")
    desk.page.mouse.click(*MIDDLE)
    dialog = desk.page.get_by_role("dialog", name="Split Savannah GA")
    dialog.get_by_label("Other rep").select_option(index=1)
    expect(dialog.get_by_role("button", name="Show the split")).to_be_enabled()
    assert desk.violations() == []
    desk.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    desk.expect_revision(1)


def test_a_box_says_what_it_holds_and_escape_leaves_the_tool(desk: Desk) -> None:
    desk.page.keyboard.press("b")
    desk.drag((560, 280), (680, 380))
    inside = desk.page.get_by_role("dialog", name="Inside the loop")
    expect(inside.get_by_role("button", name="Move")).to_be_enabled()
    inside.get_by_role("button", name="Give to the neighbour").click()
    expect(plan(desk)).to_be_visible()
    for _ in range(2):
        desk.page.keyboard.press("Escape")
    expect(plan(desk)).to_have_count(0)
    expect(desk.page.get_by_role("button", name="Select", exact=True)).to_have_attribute("aria-pressed", "true")


def test_a_territory_without_a_hole_says_so(desk: Desk) -> None:
    desk.page.keyboard.press("f")
    desk.page.mouse.click(*MIDDLE)
    expect(desk.page.get_by_text("“Savannah GA” encloses no units of nobody")).to_be_visible()
    desk.expect_revision(1)


def test_every_tool_stays_on_the_bar_at_any_width(desk: Desk) -> None:
    bar = desk.page.get_by_role("toolbar", name="Map tools")
    for width in (1024, 1440, 1920, 2560):
        desk.page.set_viewport_size({"width": width, "height": 900})
        desk.settle()
        edge = bar.bounding_box()
        tools = [tool.bounding_box() for tool in bar.get_by_role("button").all()]
        assert edge is not None
        assert len(tools) == 14
        assert all(tool is not None and tool["x"] + tool["width"] <= edge["x"] + edge["width"] for tool in tools)
