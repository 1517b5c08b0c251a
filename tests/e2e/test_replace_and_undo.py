"""A file that is the whole list: what disappears is shown first, and the import can be taken back."""

import csv
import secrets
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.client import Client
from tests.e2e.desk import Desk
from tests.e2e.system import System

PASSWORD = "correct horse 9"
HEADER = ["Account id", "Account name", "Latitude", "Longitude", "City", "Annual revenue"]
CITIES = ("Savannah", "Augusta", "Macon", "Athens")


@pytest.fixture
def desk(system: System, browser: Browser) -> Desk:
    """An empty workspace of each test's own."""
    slug = f"cedar-{secrets.token_hex(4)}"
    email = f"boss@{slug}.example"
    system.manage("create_workspace", slug, "--name", "Cedar", "--admin", email, "--password", PASSWORD)
    return Desk.open(browser, system.url, email, PASSWORD)


def customers(path: Path, numbers: range, *, revenue: int) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in numbers:
            city = CITIES[number % len(CITIES)]
            writer.writerow(
                [f"00{number:03}", f"Cedar Works {number}", 33 + number / 200, -84.3, city, revenue + number]
            )
    return path


def shoot_everywhere(desk: Desk, folder: Path, name: str) -> None:
    """Light and dark, on a desk and on a phone; free of violations, none of them too wide."""
    for scheme in ("light", "dark"):
        desk.page.emulate_media(color_scheme=scheme)
        for label, width, height in (("desk", 1440, 900), ("phone", 390, 844)):
            desk.page.set_viewport_size({"width": width, "height": height})
            desk.settle()
            assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, label)
            desk.page.screenshot(path=folder / f"{name}-{scheme}-{label}.png")
            assert desk.violations() == [], (name, scheme, label)
    desk.page.emulate_media(color_scheme="light")
    desk.page.set_viewport_size({"width": 1440, "height": 900})


def test_a_list_is_replaced_and_the_replacement_taken_back(desk: Desk, screenshots: Path, tmp_path: Path) -> None:
    page = desk.page
    api = Client(page.context, desk.url)
    desk.import_accounts(customers(tmp_path / "spring.csv", range(70), revenue=10_000))

    desk.go("#/import", heading="Import")
    page.locator("input[type=file]").first.set_input_files(
        customers(tmp_path / "autumn.csv", range(60, 80), revenue=20_000)
    )
    start = page.get_by_role("button", name="Import 20 rows")
    expect(start).to_be_enabled()
    page.get_by_role("radio", name="Replace: the file is the whole list").check()
    expect(page.get_by_role("status").filter(has_text="60 accounts would disappear")).to_be_visible()
    expect(start).to_be_disabled()
    lost = page.get_by_role("region", name="Accounts that would disappear")
    expect(lost.get_by_text("Cedar Works 59", exact=True)).to_be_visible()
    expect(page.get_by_role("radio", name="Skip rows with problems")).to_be_disabled()
    shoot_everywhere(desk, screenshots, "replace")

    page.get_by_role("checkbox", name="Yes, let 60 accounts disappear").check()
    start.click()
    page.get_by_role("heading", name="What changed").wait_for()
    told = page.locator("main").inner_text()
    assert "accounts gone" in told
    assert "Every row is accounted for" in told
    result = api.get("imports")["results"][0]["result"]
    assert (result["n_created"], result["n_updated"], result["n_gone"]) == (10, 10, 60)
    shoot_everywhere(desk, screenshots, "replaced")

    edited = next(each for each in api.get("accounts?search=00075")["results"])
    page.request.patch(
        f"{desk.url}/api/v1/accounts/{edited['id']}",
        data={"name": "Cedar Works, renamed"},
        headers={"X-CSRFToken": next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")},
    )
    desk.go("#/import", heading="Import")
    shoot_everywhere(desk, screenshots, "history")
    page.get_by_role("button", name="Undo the import of autumn.csv").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("9 new accounts are removed.")).to_be_visible()
    expect(dialog.get_by_text("60 gone accounts come back")).to_be_visible()
    left = dialog.get_by_role("row").filter(has_text="Cedar Works, renamed")
    expect(left.get_by_text("changed since")).to_be_visible()
    expect(left.get_by_text("boss@cedar")).to_be_visible()
    shoot_everywhere(desk, screenshots, "undo")

    dialog.get_by_role("button", name="Take it back").click()
    page.get_by_role("heading", name="Taken back").wait_for()
    expect(page.get_by_text("60 gone accounts came back")).to_be_visible()
    shoot_everywhere(desk, screenshots, "undone")
    names = {each["external_id"]: each["name"] for each in api.get("accounts?page_size=500")["results"]}
    assert len(names) == 71
    assert names["00075"] == "Cedar Works, renamed"
    assert api.get("imports")["results"][0]["state"] == "undone"
    expect(page.get_by_role("button", name="Undo this import")).to_have_count(0)


def test_rows_that_a_mode_leaves_alone_are_named(desk: Desk, tmp_path: Path) -> None:
    page = desk.page
    desk.import_accounts(customers(tmp_path / "spring.csv", range(3), revenue=10_000))
    desk.go("#/import", heading="Import")
    page.locator("input[type=file]").first.set_input_files(
        customers(tmp_path / "more.csv", range(2, 5), revenue=20_000)
    )
    page.get_by_role("radio", name="Only add new ones").check()
    page.get_by_role("button", name="Import 3 rows").click()
    page.get_by_role("heading", name="What changed").wait_for()
    expect(page.get_by_text("1 row has an id that is known already: 00002")).to_be_visible()
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    page.get_by_role("heading", name="Taken back").wait_for()
    assert len(Client(page.context, desk.url).get("accounts")["results"]) == 3
