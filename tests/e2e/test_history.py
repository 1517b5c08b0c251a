"""The history of a scenario: a point of it gets a name, is compared with now, and becomes a scenario of its own."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System


def test_a_point_of_the_history_is_named_compared_and_opened(
    system: System, browser: Browser, screenshots: Path
) -> None:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    desk.create_scenario("With a past")
    desk.paint("Athens GA", at=(600, 300), to=(612, 312))
    desk.expect_revision(2)
    desk.settle()
    desk.page.get_by_role("button", name="More about this alignment").click()
    desk.page.get_by_role("menuitem", name="History").click()
    drawer = desk.page.get_by_role("dialog", name="History of “With a past”")
    first = drawer.get_by_role("listitem").filter(has_text="revision 1")
    expect(drawer.get_by_role("listitem").first).to_contain_text(re.compile(r"revision 2 · \d+ units?"))
    first.get_by_role("button", name="Name").click()
    first.get_by_label("Name of revision 1").fill("Before the review")
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_text("Before the review")).to_be_visible()
    desk.shoot(screenshots / "history.png")
    assert desk.violations() == []

    first.get_by_role("button", name="Compare with now").click()
    comparison = desk.page.get_by_role("region", name="Compare two alignments")
    expect(comparison.get_by_label("Before: which alignment")).to_contain_text("With a past, revision 1")
    expect(comparison.get_by_role("region", name="Differences")).to_contain_text("Athens GA")
    comparison.get_by_role("button", name="Close the comparison").click()
    desk.open_alignment("With a past, revision 1")
    desk.expect_revision(1)
