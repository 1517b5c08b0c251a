"""A boundary file becomes a unit layer: dropped, looked at, repaired by choice, made."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System
from tests.territory.boundary_files import BOWTIE, feature, ring


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two sound areas in Georgia and one that crosses itself."""
    crossed = [[x - 83, y + 32] for x, y in BOWTIE]
    areas = [ring(-85, 32), ring(-84, 32), crossed]
    features = [feature([area], code=f"A{i}", name=f"Area {i}") for i, area in enumerate(areas)]
    path = tmp_path / "own areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_a_file_becomes_units_after_a_look_at_it(
    system: System, browser: Browser, file: Path, screenshots: Path
) -> None:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    page = desk.page
    page.goto(f"{system.url}/#/units")
    page.get_by_text("File", exact=True).click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("2 of 3 features can be units")).to_be_visible()
    expect(page.get_by_text("Feature 3 is not a valid area")).to_be_visible()
    desk.shoot(screenshots / "units-from-file.png")
    assert desk.violations() == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    desk.shoot(screenshots / "units-from-file-narrow.png")
    assert desk.violations() == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Repair 1 and show what changes").click()
    expect(page.get_by_text("3 of 3 features can be units")).to_be_visible()
    page.get_by_role("button", name="Make unit layer").click()
    row = page.get_by_role("row").filter(has_text="own areas")
    expect(row).to_contain_text("Ready", timeout=30_000)
    expect(row).to_contain_text("Areas of a file")
    desk.shoot(screenshots / "units-from-file-made.png")


def test_a_file_becomes_a_scenario_of_drawn_territories(
    system: System, browser: Browser, file: Path, screenshots: Path
) -> None:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    page = desk.page
    page.goto(f"{system.url}/#/units")
    page.get_by_text("File", exact=True).click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("Territories: a scenario on the map").check()
    page.get_by_label("Leave out what cannot be a unit").check()
    desk.shoot(screenshots / "territories-from-file.png")
    assert desk.violations() == []
    page.get_by_role("button", name="Make scenario").click()
    expect(desk.alignment_switch).to_contain_text("own areas")
    expect(page.get_by_role("button", name="Area 0").first).to_be_visible()
    expect(page.get_by_role("button", name="Area 1").first).to_be_visible()
    desk.settle()
    desk.shoot(screenshots / "territories-from-file-made.png")
