"""A manager schedules reviews, holds one before and one after a plan got worse, and reads what to do about it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.client import Client
from tests.e2e.desk import PHONE, Desk
from tests.e2e.system import System

# Beyond every band, and with a few units it is back.
TOO_MANY = 0.13


@pytest.fixture
def own_system(demo: str, tmp_path: Path) -> Iterator[System]:
    """The plan in force becomes another: not for other tests to see."""
    running = System(tmp_path)
    try:
        yield running.start(template=demo)
    finally:
        running.stop()


@pytest.fixture
def desk(own_system: System, browser: Browser) -> Iterator[Desk]:
    desk = Desk.open(browser, own_system.url, "manager@demo.example")
    desk.page.get_by_role("link", name="Reviews").click()
    yield desk
    desk.page.context.close()


def section(desk: Desk, title: str) -> Locator:
    return desk.page.get_by_role("region", name=title).first


def worsen(api: Client, alignment: dict[str, Any]) -> str:
    """Put in force a plan in which a territory got units of a neighbour until it left its band. Its name."""
    card = api.get(f"alignments/{alignment['id']}/scorecard")
    calm = {one["territory_id"]: one for one in card["territories"] if one["in_band"]["accounts"]}
    table = api.get(f"unit-layers/{alignment['unit_layer_id']}/units")
    place = {name: i for i, name in enumerate(table["fields"])}
    counts = {unit[place["id"]]: unit[place["n_accounts"]] for unit in table["units"]}
    held = api.get(f"alignments/{alignment['id']}/units")
    owner = dict(zip(held["unit_ids"], held["territory_ids"], strict=True))
    beside = [(a, b) for a, b, *_ in table["edges"]] + [(b, a) for a, b, *_ in table["edges"]]
    giver, taker = next(
        (owner[a], owner[b])
        for a, b in sorted(beside)
        if owner.get(a) in calm and owner.get(b) in calm and owner[a] != owner[b]
    )
    score, moved = calm[taker], []
    missing = score["targets"]["accounts"] * (1 + TOO_MANY) - score["values"]["accounts"]
    while missing > 0:
        border = {a for a, b in beside if owner.get(a) == giver and owner.get(b) == taker}
        unit = max(border, key=lambda one: (counts[one], one))
        owner[unit] = taker
        missing -= counts[unit]
        moved.append(unit)
    body = {"name": "Worse", "team_id": alignment["team_id"], "basis": "units", "source": "copy"}
    draft = api.post("alignments", body | {"copy_of": alignment["id"]})
    names = {one["id"]: one for one in api.get(f"territories?alignment={alignment['id']}")}
    copies = {one["code"]: one["id"] for one in api.get(f"territories?alignment={draft['id']}")}
    edit = {"op": "assign_units", "unit_ids": moved, "territory_id": copies[names[taker]["code"]]}
    revision = draft["revision"]
    edited = api.post(f"alignments/{draft['id']}/edits", edit, {"If-Match": f'"{revision}"'})
    revision = edited["alignment"]["revision"]
    api.post(f"alignments/{draft['id']}/publish", {}, {"If-Match": f'"{revision}"'})
    return str(names[taker]["name"])


def test_reviews_are_scheduled_held_and_tell_what_to_do(desk: Desk, own_system: System, screenshots: Path) -> None:
    page = desk.page
    expect(page.get_by_text("No review was held yet")).to_be_visible()
    expect(page.get_by_text("Nothing is scheduled")).to_be_visible()
    assert desk.violations() == []

    page.get_by_role("button", name="New schedule").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Field, monthly")
    dialog.get_by_label("On day of the month").fill("15")
    dialog.get_by_label("Accounts").fill("10")
    dialog.get_by_label("Least balance index").fill("80")
    dialog.get_by_role("combobox", name="Mailed when there is an alarm").click()
    page.get_by_role("option", name="Morgan Manager").click()
    page.keyboard.press("Tab")
    desk.shoot(screenshots / "reviews-schedule.png")
    assert desk.violations() == []
    dialog.get_by_role("button", name="Make schedule").click()
    row = section(desk, "What is due").get_by_role("row", name=re.compile("Field, monthly"))
    expect(row).to_contain_text("Every month on day 15")
    expect(row).to_contain_text("Accounts ±10 %, Workload ±10 %, balance index at least 80")
    expect(row).to_contain_text("1 member")

    page.get_by_role("button", name="Hold one now").click()
    expect(page.get_by_role("article").get_by_text("First review")).to_be_visible()
    api = Client(page.context, own_system.url)
    [live] = [one for one in api.get("alignments") if one["state"] == "live" and one["basis"] == "units"]
    taker = worsen(api, live)
    page.get_by_role("button", name="Hold one now").click()
    newest = page.get_by_role("article").first
    expect(newest).to_contain_text("Worse")
    expect(newest).to_contain_text(re.compile(r"Accounts: index [\d.]+ → [\d.]+;.+left the band"))
    expect(newest).to_contain_text(f"{taker} left the band of accounts")
    expect(newest).to_contain_text(re.compile(r"Smallest fix: (\d+ units? with|No short list)"), timeout=60_000)
    line = section(desk, "Trend").get_by_role("img", name=re.compile("^Accounts: "))
    expect(line).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 2050})
    desk.shoot(screenshots / "reviews.png")
    assert desk.violations() == []

    page.emulate_media(color_scheme="dark")
    desk.shoot(screenshots / "reviews-dark.png")
    assert desk.violations() == []
    page.set_viewport_size({"width": PHONE["width"], "height": 2400})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    desk.shoot(screenshots / "reviews-phone.png")
    assert desk.violations() == []
    newest.get_by_role("link", name="Rebalance").click()
    expect(page).to_have_url(re.compile(r"#/map/\d+\?panel=optimizer"))
