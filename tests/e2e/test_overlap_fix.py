"""A manager acts on overlap and white space: looks at the ways out, takes one, undoes it, or lives with the finding."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System

INSIDE, FIELD = "Inside territories 2026", "Field territories 2026"


@pytest.fixture
def desk(system: System, browser: Browser) -> Iterator[Desk]:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    yield desk
    desk.page.context.close()


def findings(desk: Desk, title: str) -> Locator:
    desk.page.get_by_role("tab", name="Findings").click()
    return desk.panel.get_by_role("listitem").filter(has=desk.page.get_by_role("heading", name=re.compile(title)))


def ways_out(desk: Desk, title: str) -> Locator:
    finding = findings(desk, title).first
    finding.get_by_role("button", name="Ways out").click()
    ways = finding.get_by_role("list", name=re.compile("^Ways out"))
    ways.wait_for()
    return ways


def test_an_overlap_is_given_to_one_and_back(desk: Desk, screenshots: Path) -> None:
    desk.open_alignment(INSIDE)
    desk.create_scenario("Without overlaps")
    expect(findings(desk, " overlap$")).to_have_count(2)
    ways = ways_out(desk, " overlap$")
    expect(ways.get_by_role("listitem")).to_have_count(3)
    expect(ways).to_contain_text("Split it along the middle")
    assert desk.violations() == []
    desk.shoot(screenshots / "overlap-ways-out.png")
    ways.get_by_role("button", name=re.compile("^Do it: Give it to")).first.click()
    desk.expect_revision(2)
    expect(findings(desk, " overlap$")).to_have_count(1)
    ways_out(desk, " overlap$").get_by_role("button", name="Do it: Split it along the middle").click()
    desk.expect_revision(3)
    expect(findings(desk, " overlap$")).to_have_count(0)
    desk.page.keyboard.press("ControlOrMeta+z")
    desk.expect_revision(4)
    expect(findings(desk, " overlap$")).to_have_count(1)


def test_white_space_goes_to_the_nearest(desk: Desk, screenshots: Path) -> None:
    desk.open_alignment(FIELD)
    desk.create_scenario("All covered")
    ways = ways_out(desk, "^Nobody covers")
    expect(ways).to_contain_text("nearest: ")
    expect(ways).to_contain_text(re.compile(r": \+\d+ accounts, \+\$"))
    desk.shoot(screenshots / "white-space-ways-out.png")
    ways.get_by_role("button", name=re.compile("^Do it")).first.click()
    desk.expect_revision(2)
    expect(findings(desk, "^Nobody covers")).to_have_count(0)


def test_a_finding_is_accepted_with_a_reason_and_reopened(desk: Desk, screenshots: Path) -> None:
    desk.open_alignment(INSIDE)
    finding = findings(desk, " overlap$").first
    title = finding.get_by_role("heading").inner_text()
    finding.get_by_role("button", name="Accept…").click()
    form = desk.panel.get_by_role("form", name=f"Accept: {title}")
    form.get_by_label("Why it may stay").fill("Both serve the fair together")
    form.get_by_role("button", name="Accept", exact=True).click()
    expect(findings(desk, " overlap$")).to_have_count(1)
    desk.panel.get_by_text("Accepted: 1").click()
    expect(desk.panel).to_contain_text("Both serve the fair together")
    assert desk.violations() == []
    desk.shoot(screenshots / "accepted-finding.png")
    desk.panel.get_by_role("button", name=f"Reopen: {title}").click()
    expect(findings(desk, " overlap$")).to_have_count(2)
