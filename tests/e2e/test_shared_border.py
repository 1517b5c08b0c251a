"""A border that two drawn territories share: drawn along it, moved once for both, undone once, and alone if wanted."""

from pathlib import Path

import pytest
import shapely
from playwright.sync_api import Browser, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System

WEST = [(560, 300), (760, 300), (770, 480), (560, 480)]
# Its western corners are put near those of the first: the pen snaps to them.
EAST = [(764, 304), (960, 300), (960, 480), (765, 476)]
SHARED, MOVED = (760, 300), (690, 340)
MIDDLE, BENT = (730, 410), (840, 400)


@pytest.fixture
def desk(system: System, browser: Browser) -> Desk:
    opened = Desk.open(browser, system.url, "manager@demo.example")
    opened.create_blank("Side by side")
    opened.choose_tool("Draw")
    for revision, corners in ((2, WEST), (3, EAST)):
        opened.add_drawn(corners, revision=revision)
    opened.page.get_by_role("button", name="Territory 1").first.click()
    opened.choose_tool("Edit")
    opened.page.locator(".marker-icon").first.wait_for()
    return opened


def overlap(desk: Desk) -> float:
    west, east = desk.shapes().values()
    return float(shapely.intersection(west, east).area)


def ground(desk: Desk) -> shapely.Geometry:
    return shapely.union_all(list(desk.shapes().values()))


def test_a_corner_moves_for_both_in_one_edit(desk: Desk, screenshots: Path) -> None:
    before, area = desk.shapes(), ground(desk).area
    assert overlap(desk) == 0, "the second was drawn along the first"
    assert ground(desk).geom_type == "Polygon", "without a gap"

    desk.page.mouse.move(*SHARED)
    desk.page.mouse.down()
    desk.page.mouse.move(*MOVED, steps=6)
    desk.shoot(screenshots / "shared-border-moving.png")
    desk.page.mouse.up()
    desk.expect_revision(4)
    desk.settle()
    after = desk.shapes()
    assert after["Territory 1"].area < before["Territory 1"].area
    assert after["Territory 2"].area > before["Territory 2"].area
    assert overlap(desk) == 0

    desk.drag(MIDDLE, BENT)
    desk.expect_revision(5)
    desk.settle()
    assert overlap(desk) == 0
    assert ground(desk).geom_type == "Polygon"
    desk.shoot(screenshots / "shared-border.png")
    assert desk.violations() == []

    for revision in (6, 7):
        desk.page.keyboard.press("Control+z")
        desk.expect_revision(revision)
    assert desk.shapes() == before
    assert ground(desk).area == pytest.approx(area)


def test_a_double_click_does_no_harm_and_escape_leaves(desk: Desk) -> None:
    desk.page.mouse.dblclick(*SHARED)
    desk.page.mouse.dblclick(660, 400)
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("button", name="Select", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(desk.page.locator(".marker-icon")).to_have_count(0)
    desk.expect_revision(3)


def test_a_border_folded_over_itself_is_refused_and_goes_back(desk: Desk) -> None:
    before = desk.shapes()
    desk.drag(WEST[0], (900, 400))
    expect(desk.page.get_by_text("would fold the border over itself")).to_be_visible()
    assert desk.shapes() == before
    desk.drag(SHARED, MOVED)
    desk.expect_revision(4)


def test_the_neighbour_stays_where_that_is_wanted(desk: Desk) -> None:
    desk.page.get_by_label("neighbours on the same border move along").uncheck(force=True)
    desk.drag(SHARED, (860, 330))
    desk.expect_revision(4)
    assert overlap(desk) > 0
