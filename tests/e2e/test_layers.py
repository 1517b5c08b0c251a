"""What the map shows and how: layers, classes, labels, saved views, search and measuring."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System

MANAGER = "manager@demo.example"


@pytest.fixture
def desk(system: System, browser: Browser) -> Desk:
    return Desk.open(browser, system.url, MANAGER)


def layers(desk: Desk) -> Locator:
    desk.page.get_by_role("button", name="Layers: what the map shows").click()
    panel = desk.page.get_by_role("dialog", name="Layers")
    expect(panel).to_be_visible()
    return panel


def legend(desk: Desk) -> Locator:
    return desk.page.get_by_role("complementary", name="Legend")


def test_units_are_shaded_in_natural_classes_that_the_legend_tells(desk: Desk, screenshots: Path) -> None:
    panel = layers(desk)
    panel.get_by_role("checkbox", name="Units by metric").check()
    expect(panel.get_by_label("Classes")).to_have_value("natural")
    panel.get_by_label("How many").select_option("4")
    rows = legend(desk).get_by_role("listitem").filter(has_text="$")
    expect(rows).to_have_count(4)
    natural = rows.all_inner_texts()
    assert natural[0].startswith("below $")
    assert natural[-1].endswith("and more")
    panel.get_by_label("Classes").select_option("quantile")
    expect(rows.first).not_to_have_text(natural[0])
    panel.get_by_label("Metric", exact=True).select_option("workload")
    expect(legend(desk).get_by_role("listitem").filter(has_text=re.compile(r"\d h\b"))).to_have_count(4)
    panel.get_by_role("radio", name="viridis").check(force=True)
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "layers-choropleth.png")
    desk.page.get_by_role("button", name="Use dark colours").click()
    desk.page.mouse.move(620, 500)
    expect(desk.page.get_by_role("tooltip")).to_have_count(0)
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "layers-choropleth-dark.png")


def test_the_order_of_layers_is_changed_by_keyboard(desk: Desk) -> None:
    panel = layers(desk)
    names = panel.get_by_role("list", name="Layers, the front one first").get_by_role("checkbox")
    expect(names.first).to_have_accessible_name("Labels")
    panel.get_by_role("button", name="Send Labels back").focus()
    desk.page.keyboard.press("Enter")
    expect(names.nth(1)).to_have_accessible_name("Labels")
    desk.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(desk.page.get_by_role("button", name="Layers: what the map shows")).to_be_focused()


def test_a_saved_view_survives_a_reload(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Zoom in").click()
    panel = layers(desk)
    panel.get_by_role("checkbox", name="Density in hexagons").check()
    panel.get_by_label("Name of this view").fill("North, dense")
    panel.get_by_role("button", name="Save").click()
    desk.settle()
    scale = desk.page.locator(".leaflet-control-scale-line")
    zoomed_in = scale.inner_text()
    panel.get_by_role("button", name="Reset").click()
    expect(panel.get_by_role("checkbox", name="Density in hexagons")).not_to_be_checked()

    desk.page.reload()
    desk.settle()
    expect(scale).not_to_have_text(zoomed_in)
    panel = layers(desk)
    expect(panel.get_by_role("checkbox", name="Density in hexagons")).not_to_be_checked()
    panel.get_by_role("button", name="Show the view North, dense").click()
    expect(panel.get_by_role("checkbox", name="Density in hexagons")).to_be_checked()
    expect(scale).to_have_text(zoomed_in)
    panel.get_by_role("button", name="Delete the view North, dense").click()
    desk.page.reload()
    desk.settle()
    panel = layers(desk)
    expect(panel.get_by_role("checkbox", name="Density in hexagons")).to_be_checked()
    expect(panel.get_by_role("button", name="Show the view")).to_have_count(0)


def test_labels_carry_two_figures_of_choice(desk: Desk, screenshots: Path) -> None:
    panel = layers(desk)
    panel.get_by_label("First figure").select_option(label="Revenue")
    panel.get_by_label("Second figure").select_option(label="Workload, ±%")
    desk.settle()
    panel.get_by_role("button", name="Close the layers").click()
    desk.settle()
    desk.shoot(screenshots / "layers-labels.png")
    desk.page.reload()
    desk.settle()
    panel = layers(desk)
    expect(panel.get_by_label("First figure")).to_have_value("revenue:value")
    expect(panel.get_by_label("Second figure")).to_have_value("workload:deviation")


def test_distance_and_area_are_measured_by_pointer_and_by_keyboard(desk: Desk, screenshots: Path) -> None:
    desk.page.keyboard.press("r")
    note = desk.page.get_by_role("region", name="Measurement")
    for corner in ((620, 300), (800, 300), (800, 460)):
        desk.page.mouse.click(*corner)
    distance = note.get_by_text("Distance")
    expect(distance).to_contain_text("km")
    area = note.get_by_text(re.compile("^Area"))
    expect(area).to_be_hidden()
    desk.page.mouse.click(620, 300)
    expect(area).to_contain_text("km²")
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "layers-measure.png")
    desk.page.keyboard.press("Escape")
    expect(distance).to_contain_text("–")
    middle = note.get_by_role("button", name="Add the map’s middle")
    middle.focus()
    desk.page.keyboard.press("Enter")
    desk.page.get_by_role("region", name=re.compile("^Map of")).focus()
    desk.page.keyboard.press("ArrowRight")
    desk.settle()
    middle.focus()
    desk.page.keyboard.press("Enter")
    expect(distance).to_contain_text("km")


def test_search_finds_territories_places_and_accounts_and_goes_there(desk: Desk, screenshots: Path) -> None:
    scale = desk.page.locator(".leaflet-control-scale-line")
    far = scale.inner_text()
    desk.page.keyboard.press("/")
    box = desk.page.get_by_role("search", name="Find on the map").get_by_role("textbox")
    box.fill("athens")
    found = desk.page.get_by_role("listbox", name="Found")
    expect(found.get_by_role("option").first).to_be_visible()
    expect(found.get_by_text("Territories and reps")).to_be_visible()
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "layers-search.png")
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    expect(scale).not_to_have_text(far)
    expect(desk.page.get_by_role("tab", name="Territory")).to_have_attribute("aria-selected", "true")


def test_a_picture_of_the_map_is_saved_as_png(desk: Desk, screenshots: Path) -> None:
    desk.page.get_by_role("button", name="Picture of the map").click()
    with desk.page.expect_download() as started:
        desk.page.get_by_role("menuitem", name="Save as PNG").click()
    picture = screenshots / "layers-picture.png"
    started.value.save_as(picture)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 50_000


def test_accounts_are_coloured_by_segment_and_sized_by_a_metric(desk: Desk, screenshots: Path) -> None:
    panel = layers(desk)
    expect(legend(desk)).to_contain_text("in its territory’s colour")
    with desk.page.expect_response(re.compile(r"/tiles/accounts/.*\.mvt\?segments=true$")) as answer:
        panel.get_by_label("Colour tells").select_option("segment")
    assert answer.value.status in {200, 204}
    title = legend(desk).get_by_text("Accounts by segment")
    expect(title).to_be_visible()
    rows = legend(desk).locator("div", has_text="Accounts by segment").get_by_role("listitem")
    expect(rows.last).to_contain_text("no segment")
    expect(rows.nth(2)).to_be_visible()
    panel.get_by_role("checkbox", name="Territories").uncheck()
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "layers-segments.png")
    panel.get_by_role("checkbox", name="Accounts by size").check()
    with desk.page.expect_response(re.compile(r"/tiles/accounts/.*\.mvt\?amount=workload$")):
        panel.get_by_label("Area tells").select_option("workload")
    expect(legend(desk)).to_contain_text("area = workload")
    desk.page.get_by_role("button", name="Use dark colours").click()
    desk.page.mouse.move(620, 500)
    expect(desk.page.get_by_role("tooltip")).to_have_count(0)
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "layers-segments-dark.png")
