"""An admin connects a CRM, sees what a push would change, pushes it, and tries again what was refused."""

import csv
import io
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, expect

from tests.connectors.fake import Record
from tests.connectors.hubspot_crm import HubSpotCrm
from tests.e2e.client import Client
from tests.e2e.desk import DESK, PASSWORD, PHONE, Desk
from tests.e2e.system import System

EMAIL = "admin@demo.example"


def test_assignments_reach_the_crm_and_what_it_refuses_is_tried_again(
    system: System, browser: Browser, screenshots: Path
) -> None:
    api = Client.signed_in(browser, system.url, EMAIL, PASSWORD)
    live = max(
        (each for each in api.get("alignments") if each["state"] == "live"), key=lambda each: each["n_territories"]
    )
    desk = Desk.open(browser, system.url, EMAIL)
    with HubSpotCrm() as crm:
        fill(crm, covered(desk, live["id"]))
        desk.go("#/connections", heading="Connections")
        expect(desk.page.get_by_text("No CRM yet")).to_be_visible()
        connect(desk, crm, screenshots)
        drawer = desk.page.get_by_role("dialog", name="Our HubSpot")
        expect(drawer.get_by_text("As HubSpot account 62515.")).to_be_visible()
        compare(desk, drawer, crm, screenshots)
        push(desk, drawer, crm, screenshots)
        again(desk, drawer, crm)
        look_at_both_sizes_and_colours(desk, screenshots)


def covered(desk: Desk, alignment: int) -> list[dict[str, str]]:
    """Accounts in a territory, those with a rep first."""
    answer = desk.page.context.request.get(f"{desk.url}/api/v1/exports/assignments.csv?alignment={alignment}")
    rows = csv.DictReader(io.StringIO(answer.text()))
    return sorted((row for row in rows if row["Territory code"]), key=lambda row: not row["Covering rep id"])


def fill(crm: HubSpotCrm, rows: list[dict[str, str]]) -> None:
    """As planned, but for ten accounts of another owner, one of them frozen, and one that is missing."""
    crm.mails = {row["Covering rep id"]: "" for row in rows} | {"1": "gone@acme.example"}
    crm.accounts = {row["Account id"]: Record(row["Covering rep id"], row["Territory code"]) for row in rows}
    keys = list(crm.accounts)
    for key in keys[:10]:
        crm.accounts[key].owner = "1"
    crm.frozen = {keys[3]}
    del crm.accounts[keys[20]]


def connect(desk: Desk, crm: HubSpotCrm, screenshots: Path) -> None:
    desk.page.get_by_role("button", name="Connect a CRM").click()
    dialog = desk.page.get_by_role("dialog", name="Connect a CRM")
    dialog.get_by_role("combobox", name="CRM").click()
    desk.page.get_by_role("option", name="HubSpot").click()
    dialog.get_by_role("textbox", name="Name", exact=True).fill("Our HubSpot")
    dialog.get_by_label("Address").fill(crm.url)
    dialog.get_by_label("Token of the private app").fill(crm.credentials["token"])
    dialog.get_by_label("Property for the territory").fill("sales_territory")
    still(desk, dialog)
    assert desk.violations() == []
    desk.shoot(screenshots / "crm-new.png")
    dialog.get_by_role("button", name="Connect and check").click()
    dialog.wait_for(state="hidden")


def compare(desk: Desk, drawer: Locator, crm: HubSpotCrm, screenshots: Path) -> None:
    before = crm.state()
    drawer.get_by_role("button", name="Compare").click()
    expect(drawer.get_by_role("button", name="Push 10 accounts")).to_be_visible(timeout=60_000)
    assert crm.state() == before
    drawer.get_by_text("Not known there: 1 account").click()
    expect(drawer.get_by_text("The CRM has no account with this id.")).to_be_visible()
    still(desk, drawer)
    assert desk.violations() == []
    desk.shoot(screenshots / "crm-compared.png")


def push(desk: Desk, drawer: Locator, crm: HubSpotCrm, screenshots: Path) -> None:
    drawer.get_by_role("button", name="Push 10 accounts").click()
    asked = desk.page.get_by_role("dialog", name="Push to Our HubSpot?")
    asked.get_by_role("button", name="Push 10 accounts").click()
    expect(drawer.get_by_text("9 accounts pushed, 1 account not taken.")).to_be_visible(timeout=60_000)
    drawer.get_by_text("Refused by the CRM: 1 account").click()
    expect(drawer.get_by_text("Property values were not valid")).to_be_visible()
    assert [owner for owner, _ in crm.state().values()].count("1") == 1
    with desk.page.expect_download() as download:
        drawer.get_by_role("link", name="Rollback file").click()
    lines = list(csv.reader(download.value.path().open()))
    assert (len(lines), lines[1][2]) == (10, "1")
    still(desk, drawer)
    assert desk.violations() == []
    desk.shoot(screenshots / "crm-pushed.png")


def again(desk: Desk, drawer: Locator, crm: HubSpotCrm) -> None:
    crm.frozen = set()
    drawer.get_by_role("button", name="Try 1 account again").click()
    expect(drawer.get_by_text("10 accounts pushed.")).to_be_visible(timeout=60_000)
    assert "1" not in {owner for owner, _ in crm.state().values()}


def look_at_both_sizes_and_colours(desk: Desk, screenshots: Path) -> None:
    drawer = desk.page.get_by_role("dialog", name="Our HubSpot")
    desk.page.set_viewport_size(PHONE)
    still(desk, drawer)
    assert desk.violations() == []
    desk.shoot(screenshots / "crm-phone.png")
    desk.page.set_viewport_size(DESK)
    desk.page.keyboard.press("Escape")
    # Not by its name, which goes before it has slid away.
    desk.page.get_by_role("dialog").wait_for(state="hidden")
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "crm-list.png")
    desk.page.get_by_role("button", name="Use").click()
    desk.page.get_by_role("button", name="Open Our HubSpot").click()
    still(desk, drawer)
    assert desk.violations() == []
    desk.shoot(screenshots / "crm-dark.png")
    desk.page.set_viewport_size(PHONE)
    still(desk, drawer)
    assert desk.violations() == []
    assert overflow(desk) <= 0
    desk.shoot(screenshots / "crm-dark-phone.png")


def overflow(desk: Desk) -> Any:
    return desk.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")


def still(desk: Desk, dialog: Locator) -> None:
    """Until it has come to rest: colours are only right then."""
    expect(dialog).to_be_visible()
    desk.page.wait_for_function("() => document.getAnimations().every(each => each.playState !== 'running')")
    desk.settle()
