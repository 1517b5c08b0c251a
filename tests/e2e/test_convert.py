"""Units made into drawn shapes and back: what changes is shown first, the original stays."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System


@pytest.fixture
def desk(system: System, browser: Browser) -> Desk:
    return Desk.open(browser, system.url, "manager@demo.example")


def ask(desk: Desk, item: str) -> Locator:
    desk.page.get_by_role("button", name="More about this alignment").click()
    desk.page.get_by_role("menuitem", name=item).click()
    return desk.page.get_by_role("dialog", name=item.removesuffix("…").replace("Make", "Make it"))


def create(desk: Desk, dialog: Locator, name: str) -> None:
    dialog.get_by_label("Name of the scenario").fill(name)
    dialog.get_by_role("button", name="Create scenario").click()
    dialog.wait_for(state="hidden")
    expect(desk.alignment_switch).to_contain_text(name)
    desk.settle()


def test_units_become_shapes_and_shapes_become_units_again(desk: Desk, screenshots: Path) -> None:
    dialog = ask(desk, "Make of drawn shapes…")
    expect(dialog).to_contain_text("Every account on the map stays with its territory")
    create(desk, dialog, "Free hand")
    expect(desk.tool("Edit")).to_be_visible()
    outlines = desk.shapes()
    desk.shoot(screenshots / "convert-drawn.png")

    dialog = ask(desk, "Make of whole units…")
    status = dialog.get_by_role("status")
    expect(status).to_contain_text("0 accounts would change territory.")
    desk.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    desk.page.get_by_role("button", name="Tallahassee FL").first.click()
    desk.choose_tool("Cut")
    desk.outline([(600, 400), (760, 400), (760, 520), (600, 520)])
    desk.expect_revision(2)
    desk.settle()

    dialog = ask(desk, "Make of whole units…")
    expect(status).to_contain_text("units would be nobody’s.")
    dialog.get_by_label("who has its middle").check()
    expect(status).to_contain_text("units would be nobody’s.")
    desk.shoot(screenshots / "convert-units.png")
    assert desk.violations() == []
    create(desk, dialog, "Whole again")
    expect(desk.page.get_by_role("button", name="Paint", exact=True)).to_be_visible()
    whole = desk.shapes()
    changed = {name for name in outlines if not outlines[name].equals(whole[name])}
    assert "Tallahassee FL" in changed
    assert len(changed) < len(outlines)

    desk.open_alignment("Free hand")
    desk.expect_revision(2)
