"""A boundary from a file becomes a territory's: on units after a look at what moves, drawn in one edit."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect
from shapely.geometry import box, mapping

from tests.e2e.desk import Desk
from tests.e2e.system import System


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two areas on the border of Georgia and Florida."""
    areas = {"Big Bend": box(-84.6, 30.2, -83.2, 31.2), "Coast": box(-82.6, 30.2, -81.4, 31.4)}
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": mapping(area)} for name, area in areas.items()
    ]
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


@pytest.fixture
def desk(system: System, browser: Browser) -> Desk:
    return Desk.open(browser, system.url, "manager@demo.example")


def ask(desk: Desk, item: str) -> Locator:
    desk.page.get_by_role("button", name="More about this alignment").click()
    desk.page.get_by_role("menuitem", name=item).click()
    return desk.page.get_by_role("dialog")


def test_a_territory_takes_the_units_of_a_boundary(desk: Desk, file: Path, screenshots: Path) -> None:
    desk.create_scenario("From a file")
    dialog = ask(desk, "Import a boundary…")
    dialog.locator("input[type=file]").set_input_files(file)
    dialog.get_by_label("Area in the file").select_option(label="Big Bend")
    dialog.get_by_label("Territory").select_option(label="Jacksonville FL")
    expect(dialog.get_by_role("status")).to_contain_text("accounts")
    desk.shoot(screenshots / "import-boundary.png")
    assert desk.violations() == []
    dialog.get_by_role("button", name="Show what would move").click()
    plan = desk.page.get_by_role("dialog", name="What would change")
    expect(plan).to_contain_text("Jacksonville FL")
    desk.shoot(screenshots / "import-boundary-plan.png")
    plan.get_by_role("button", name="Move").click()
    desk.expect_revision(2)
    desk.page.keyboard.press("Control+z")
    desk.expect_revision(3)


def test_a_drawn_territory_takes_the_boundary_itself(desk: Desk, file: Path) -> None:
    desk.create_blank("Drawn from a file")
    desk.choose_tool("Draw")
    desk.add_drawn([(620, 300), (800, 300), (820, 450), (640, 470)], revision=2)
    dialog = ask(desk, "Import a boundary…")
    dialog.locator("input[type=file]").set_input_files(file)
    dialog.get_by_label("Area in the file").select_option(label="Coast")
    dialog.get_by_role("button", name="Make it the boundary of Territory 1").click()
    desk.expect_revision(3)
    [shape] = desk.shapes().values()
    assert shape.equals(box(-82.6, 30.2, -81.4, 31.4))


def test_a_file_that_holds_no_area_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    desk.create_scenario("From nothing")
    dialog = ask(desk, "Import a boundary…")
    path = tmp_path / "note.json"
    path.write_text("not json")
    dialog.locator("input[type=file]").set_input_files(path)
    expect(dialog).to_contain_text("cannot be read as JSON")
    expect(dialog.get_by_role("button", name="Show what would move")).to_be_disabled()
