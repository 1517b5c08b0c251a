"""Barriers on the map: drawn, counted, bridged, imported, deleted; what they part is not neighbours any more."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System

LINE = [(560, 420), (760, 400), (960, 430)]


@pytest.fixture
def desk(system: System, browser: Browser) -> Desk:
    return Desk.open(browser, system.url, "manager@demo.example")


@pytest.fixture
def panel(desk: Desk) -> Locator:
    return desk.page.get_by_role("dialog", name="Barriers")


def cut_pairs(desk: Desk) -> int:
    """How many pairs of units are parted in the layer of counties, as the server has it."""
    layers = desk.page.request.get(f"{desk.url}/api/v1/unit-layers").json()
    table = desk.page.request.get(f"{desk.url}/api/v1/unit-layers/{layers[0]['id']}/units").json()
    return sum(cut for _, _, cut in table["edges"])


def draw(desk: Desk, points: list[tuple[int, int]]) -> Locator:
    """Click along the points, the last one twice; the panel that then asks what it is."""
    for point in points[:-1]:
        desk.page.mouse.click(*point)
    desk.page.mouse.dblclick(*points[-1])
    return desk.page.get_by_role("dialog", name="New barrier")


def ask(desk: Desk, panel: Locator, name: str, item: str) -> None:
    panel.get_by_role("button", name=f"More about {name}").click()
    desk.page.get_by_role("menuitem", name=item).click()


def test_a_drawn_barrier_parts_units_until_it_is_bridged_and_deleted(
    desk: Desk, panel: Locator, screenshots: Path
) -> None:
    desk.create_scenario("With a river")
    before = cut_pairs(desk)
    desk.page.keyboard.press("w")
    expect(panel).to_contain_text("Heron Ridge")
    form = draw(desk, LINE)
    expect(form.get_by_role("status")).to_contain_text("neighbouring units in")
    parted = int(re.search(r"Cuts ([\d,]+) pairs?", form.get_by_role("status").inner_text())[1].replace(",", ""))
    assert parted > 3
    form.get_by_label("Name").fill("Long River")
    desk.shoot(screenshots / "barrier-new.png")
    assert desk.violations() == []
    form.get_by_role("button", name="Add barrier").click()
    expect(panel).to_contain_text("Long River")
    cut = cut_pairs(desk)
    assert before < cut <= before + parted
    expect(desk.panel).to_contain_text("Tallahassee FL is in 2 pieces")
    desk.shoot(screenshots / "barrier-list.png")

    ask(desk, panel, "Long River", "Add a bridge")
    expect(panel.get_by_role("status")).to_contain_text("Click where one may pass Long River")
    desk.settle()
    panel.get_by_role("button", name="Bridge at the map’s middle").click()
    expect(panel).to_contain_text("1 bridge")
    assert cut_pairs(desk) == cut - 1
    desk.settle()
    desk.shoot(screenshots / "barrier-bridge.png")

    ask(desk, panel, "Long River", "Name, kind, hard or soft…")
    form = desk.page.get_by_role("dialog", name="Long River")
    form.get_by_text("Soft: passing costs").click()
    form.get_by_label("Cost of a crossing").fill("25")
    form.get_by_role("button", name="Save").click()
    expect(panel).to_contain_text("soft, 25 km a crossing")
    assert cut_pairs(desk) == before
    expect(desk.panel).not_to_contain_text("Tallahassee FL is in 2 pieces")
    desk.shoot(screenshots / "barrier-soft.png")
    assert desk.violations() == []

    ask(desk, panel, "Long River", "Delete…")
    desk.page.get_by_role("dialog", name="Delete Long River?").get_by_role("button", name="Delete").click()
    expect(panel).not_to_contain_text("Long River")
    assert cut_pairs(desk) == before


def test_escape_drops_the_line_then_leaves_the_tool(desk: Desk, panel: Locator) -> None:
    desk.create_scenario("Nothing drawn")
    desk.page.keyboard.press("w")
    form = draw(desk, LINE)
    expect(form).to_be_visible()
    form.get_by_label("Name").press("Escape")
    expect(form).to_be_hidden()
    expect(panel).to_be_visible()
    desk.page.mouse.click(*LINE[0])
    desk.page.keyboard.press("Escape")
    expect(panel).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_an_area_is_ended_with_enter(desk: Desk, panel: Locator) -> None:
    desk.create_scenario("With a range")
    desk.page.keyboard.press("w")
    desk.page.get_by_text("Area", exact=True).click()
    for point in [(700, 350), (860, 360), (800, 520)]:
        desk.page.mouse.click(*point)
    desk.page.keyboard.press("Enter")
    form = desk.page.get_by_role("dialog", name="New barrier")
    expect(form.get_by_label("Kind")).to_have_value("restricted")
    form.get_by_label("Name").fill("Proving ground")
    form.get_by_role("button", name="Add barrier").click()
    expect(panel).to_contain_text("Proving ground")
    ask(desk, panel, "Proving ground", "Delete…")
    desk.page.get_by_role("dialog", name="Delete Proving").get_by_role("button", name="Delete").click()
    expect(panel).not_to_contain_text("Proving ground")


def test_barriers_come_from_a_file(desk: Desk, panel: Locator, tmp_path: Path) -> None:
    lines = {"Flint": [[-84.1, 31.0], [-84.0, 32.0]], "Oconee": [[-83.1, 32.0], [-83.2, 33.0]]}
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for name, line in lines.items()
    ]
    path = tmp_path / "rivers.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    desk.create_scenario("Rivers from a file")
    before = cut_pairs(desk)
    desk.page.keyboard.press("w")
    panel.locator("input[type=file]").set_input_files(path)
    desk.page.get_by_role("dialog", name="2 new barriers").get_by_role("button", name="Add 2 barriers").click()
    expect(panel).to_contain_text("Oconee")
    assert cut_pairs(desk) > before
    for name in lines:
        ask(desk, panel, name, "Delete…")
        desk.page.get_by_role("dialog", name=f"Delete {name}?").get_by_role("button", name="Delete").click()
        expect(panel).not_to_contain_text(name)
    assert cut_pairs(desk) == before
