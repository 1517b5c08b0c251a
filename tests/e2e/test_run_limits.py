"""Limits in the run panel as a person sets them: by keyboard, told before the run what cannot be, kept with the run."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.desk import DESK, PHONE, Desk
from tests.e2e.system import System


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def desk(request: pytest.FixtureRequest, system: System, browser: Browser) -> Desk:
    desk = Desk.open(browser, system.url, "manager@demo.example", **request.param)
    desk.page.get_by_role("tab", name="Rebalance").click()
    return desk


def add_limit(desk: Desk, number: int, **sides: str) -> None:
    desk.panel.get_by_role("button", name="Add a limit").click()
    for side, value in sides.items():
        desk.panel.get_by_label(f"At {side}, limit {number}").fill(value)


def test_what_limits_rule_out_is_told_before_the_run_and_goes_with_them(desk: Desk, screenshots: Path) -> None:
    panel = desk.panel
    fold = panel.locator("summary", has_text="Limits")
    expect(fold).to_contain_text("named accounts stay")
    fold.press("Enter")
    add_limit(desk, 1, most="300")
    expect(fold).to_contain_text("1 limit")
    told = panel.get_by_role("status").filter(has_text="These limits cannot be met")
    expect(told).to_contain_text(re.compile(r"may have at most [\d,]+ accounts, and the total is [\d,]+ accounts"))
    assert desk.violations() == []
    desk.shoot(screenshots / f"limits-{desk.page.viewport_size['width']}.png")
    panel.get_by_role("button", name="Remove limit 1").press("Enter")
    expect(panel.get_by_role("button", name="Add a limit")).to_be_focused()
    expect(told).to_be_hidden()


def test_a_limit_that_contradicts_another_wish_says_so_where_it_stands(desk: Desk) -> None:
    panel = desk.panel
    panel.locator("summary", has_text="Limits").click()
    add_limit(desk, 1, least="900", most="300")
    expect(panel.get_by_role("alert")).to_have_text("The least is above the most: lower one or raise the other.")
    expect(panel.get_by_role("button", name="Rebalance", exact=True)).to_be_disabled()
    panel.get_by_label("At least, limit 1").fill("")
    panel.get_by_label("Metric of limit 1").select_option("Revenue")
    panel.get_by_label("Tolerance of Revenue: must it be kept?").select_option("may be missed")
    expect(panel.get_by_role("alert")).to_contain_text("revenue may be missed: choose “must be kept” below")
    assert desk.violations() == []
    panel.get_by_label("Tolerance of Revenue: must it be kept?").select_option("must be kept")
    expect(panel.get_by_role("button", name="Rebalance", exact=True)).to_be_enabled()


def test_limits_are_kept_by_the_run_and_asked_for_again_with_one_click(system: System, browser: Browser) -> None:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    desk.page.get_by_role("tab", name="Rebalance").click()
    panel = desk.panel
    panel.locator("summary", has_text="Limits").click()
    add_limit(desk, 1, most="640")
    add_limit(desk, 2, least="1000000")
    panel.get_by_label("Metric of limit 2").select_option("Revenue")
    panel.get_by_label("Room to grow").fill("2")
    outcome = desk.rebalance(within_s=60)
    assert "All limits met" in outcome
    assert desk.violations() == []
    panel.get_by_role("button", name="New run").click()
    again = panel.get_by_role("listitem").filter(has_text="2 limits, 2 % room to grow").first
    again.get_by_role("button", name="Run again as on").click()
    panel.get_by_role("button", name="Accept", exact=True).wait_for(timeout=60_000)
    expect(panel.get_by_text("Same data, wishes, seed and optimizer")).to_contain_text("the same plan")


def test_short_borders_are_chosen_with_a_start_from_nothing(system: System, browser: Browser) -> None:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    desk.page.get_by_role("tab", name="Rebalance").click()
    expect(desk.panel.get_by_label("borders: few neighbours apart")).to_be_hidden()
    desk.panel.get_by_label("nothing: the best map for these reps").check()
    desk.panel.get_by_label("borders: few neighbours apart").check()
    assert desk.violations() == []
    outcome = desk.rebalance(within_s=60)
    assert "Neighbours apart" in outcome
    assert "This run kept borders short, not distances" in outcome
