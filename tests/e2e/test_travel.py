"""A manager has travel measured on roads and sees how far a rep gets."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.balancing.travel.drawn import KM_EAST, KM_NORTH, write_roads
from tests.e2e.desk import Desk
from tests.e2e.system import System

FIELD, TERRITORY = "Field territories 2026", "Athens GA"
WEST, SOUTH, STEP, N_COLUMNS, N_ROWS = -85.7, 30.3, 0.04, 125, 120


@pytest.fixture(scope="module")
def roads(system: System, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Country roads in a grid over Georgia."""
    path = tmp_path_factory.mktemp("roads") / "georgia.osm"
    places = {
        f"{column} {row}": ((WEST + STEP * column) / KM_EAST, (SOUTH + STEP * row) / KM_NORTH)
        for column in range(N_COLUMNS)
        for row in range(N_ROWS)
    }
    rows = [[f"{column} {row}" for column in range(N_COLUMNS)] for row in range(N_ROWS)]
    columns = [list(column) for column in zip(*rows, strict=True)]
    write_roads(path, places, [(way, {"highway": "secondary"}) for way in rows + columns])
    system.manage("build_roads", str(path), "--name", "georgia")


@pytest.fixture
def desk(system: System, roads: None, browser: Browser) -> Iterator[Desk]:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    yield desk
    desk.page.context.close()


def test_travel_is_measured_by_road_and_drawn(desk: Desk, screenshots: Path) -> None:
    page = desk.page
    desk.open_alignment(FIELD)
    page.get_by_role("button", name=TERRITORY).first.click()
    page.get_by_role("tab", name="Travel").click()
    panel = page.get_by_role("tabpanel", name="Travel")
    expect(panel).to_contain_text("Not measured yet")
    page.get_by_role("button", name="Measure by road").click()
    expect(panel.get_by_role("rowheader", name="Longest")).to_be_visible(timeout=60_000)
    expect(panel).to_contain_text(re.compile(r"Road graph georgia [0-9a-f]{12}"))
    expect(panel).to_contain_text(re.compile(r"[\d,]+ h, [\d,]+ km a year"))
    expect(page.get_by_role("button", name="Measure by road")).to_have_count(0)
    page.get_by_label("Show how far one gets").check(force=True)
    expect(panel).to_contain_text("10, 20, 30, 60 minutes from")
    assert desk.violations() == []
    page.get_by_role("button", name="Show Athens GA on the map").click()
    page.mouse.move(720, 500)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    desk.settle()
    desk.shoot(screenshots / "travel.png")
    page.emulate_media(color_scheme="dark")
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "travel-dark.png")
