"""A manager makes a report, watches it being made, opens it, and throws it away."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System


@pytest.fixture
def desk(system: System, browser: Browser) -> Iterator[Desk]:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    desk.page.get_by_role("link", name="Reports", exact=True).click()
    yield desk
    desk.page.context.close()


def test_a_page_for_each_territory_is_made_fetched_and_deleted(desk: Desk, screenshots: Path, tmp_path: Path) -> None:
    page = desk.page
    expect(page.get_by_text("No reports yet")).to_be_visible()
    assert desk.violations() == []
    page.get_by_role("combobox", name="What").click()
    page.get_by_role("option", name="A page for each territory").click()
    page.get_by_role("button", name="Make the report").click()
    fetch = page.get_by_role("link", name=re.compile("^Download “A page for each territory”"))
    expect(fetch).to_be_visible(timeout=90_000)
    desk.shoot(screenshots / "reports.png")
    assert desk.violations() == []
    with page.expect_download() as download:
        fetch.click()
    stored = tmp_path / "report.pdf"
    download.value.save_as(stored)
    assert stored.read_bytes().startswith(b"%PDF-")
    assert download.value.suggested_filename.endswith("a page for each territory.pdf")

    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.emulate_media(color_scheme="dark")
    desk.shoot(screenshots / "reports-phone.png")
    assert desk.violations() == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No reports yet")).to_be_visible()
