"""Two managers on one scenario: each sees at once what the other does, and takes back only what is one's own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.client import Client
from tests.e2e.desk import PASSWORD, Desk
from tests.e2e.system import System

HERS, HIS = (600, 300), (790, 470)


@pytest.fixture
def desks(system: System, browser: Browser) -> Iterator[tuple[Desk, Desk]]:
    """Morgan made a scenario; Avery has it open too."""
    morgan = Desk.open(browser, system.url, "manager@demo.example")
    morgan.create_scenario("Together")
    avery = Desk.open(browser, system.url, "admin@demo.example")
    avery.go(morgan.page.url.removeprefix(f"{system.url}/"))
    expect(avery.alignment_switch).to_contain_text("Together")
    expect(here(morgan)).to_have_accessible_name("Also here: Avery Admin")
    expect(here(avery)).to_have_accessible_name("Also here: Morgan Manager")
    yield morgan, avery
    for desk in (morgan, avery):
        desk.page.context.close()


def here(desk: Desk) -> Locator:
    return desk.page.get_by_role("group", name=re.compile("^Also here"))


def undo(desk: Desk) -> Locator:
    return desk.page.get_by_role("button", name=re.compile("^(Undo|Nothing to undo)"))


def test_an_edit_appears_on_the_other_desk_and_undo_is_ones_own(desks: tuple[Desk, Desk], screenshots: Path) -> None:
    morgan, avery = desks
    morgan.paint("Athens GA", at=HERS, to=(612, 312))
    morgan.expect_revision(2)
    avery.expect_revision(2)
    expect(avery.page.get_by_text(re.compile("^Morgan Manager gave .+ to “Athens GA”"))).to_be_visible()
    avery.shoot(screenshots / "together.png")
    expect(undo(avery)).to_be_disabled()

    avery.paint("Tallahassee FL", at=HIS, to=(802, 482))
    morgan.expect_revision(3)
    expect(undo(morgan)).to_have_accessible_name(re.compile("Athens GA"))
    expect(undo(avery)).to_have_accessible_name(re.compile("Tallahassee FL"))
    undo(morgan).click()
    avery.expect_revision(4)
    undo(avery).click()
    morgan.expect_revision(5)
    for desk in desks:
        expect(undo(desk)).to_be_disabled()
        desk.page.mouse.move(760, 700)
        expect(desk.page.get_by_role("tooltip")).to_have_count(0)
        assert desk.violations() == []


def test_a_stroke_under_way_outlives_what_the_other_saves(desks: tuple[Desk, Desk]) -> None:
    morgan, avery = desks
    begin_stroke(morgan, "Athens GA", HERS)
    avery.paint("Tallahassee FL", at=HIS, to=(802, 482))
    morgan.expect_revision(2)
    note = morgan.page.get_by_role("status").filter(has_text="→ Athens GA")
    expect(note).to_be_visible()
    morgan.page.mouse.up()
    morgan.expect_revision(3)
    expect(morgan.page.get_by_text("Someone else changed")).to_have_count(0)


def test_where_both_painted_the_same_units_the_later_one_decides(
    desks: tuple[Desk, Desk], system: System, browser: Browser, screenshots: Path
) -> None:
    morgan, avery = desks
    begin_stroke(morgan, "Athens GA", HERS)
    avery.paint("Tallahassee FL", at=HERS, to=(601, 301))
    morgan.expect_revision(2)
    morgan.page.mouse.move(700, 420, steps=12)
    morgan.page.mouse.up()
    morgan.page.get_by_role("button", name="Someone else changed this: your edit waits").click()
    dialog = morgan.page.get_by_role("dialog", name="Someone else changed the same things")
    expect(dialog.get_by_text("Avery Admin")).to_be_visible()
    expect(dialog.get_by_role("button", name="Take theirs, drop mine")).to_be_visible()
    morgan.shoot(screenshots / "conflict.png")
    assert morgan.violations() == []
    part = dialog.get_by_role("button", name=re.compile(r"^Keep mine where nobody else was: \d+ of \d+ units$"))
    kept, whole = (int(count) for count in re.findall(r"\d+", part.inner_text()))
    assert 0 < kept < whole

    dialog.get_by_role("button", name="Keep both: mine as a new scenario").click()
    expect(morgan.alignment_switch).to_contain_text("Together, my version")
    morgan.expect_revision(2)
    avery.expect_revision(2)
    api = Client.signed_in(browser, system.url, "manager@demo.example", PASSWORD)
    mine, theirs = (owners(api, alignment_id_of(desk.page)) for desk in (morgan, avery))
    assert sum(mine[unit] != theirs[unit] for unit in mine) >= whole


def begin_stroke(desk: Desk, territory: str, at: tuple[int, int]) -> None:
    desk.page.get_by_role("button", name=territory).first.click()
    desk.choose_tool("Paint")
    desk.page.mouse.move(*at)
    desk.page.mouse.down()
    desk.page.mouse.move(at[0] + 4, at[1] + 4, steps=2)
    expect(desk.page.get_by_role("status").filter(has_text=f"→ {territory}")).to_be_visible()


def alignment_id_of(page: Page) -> int:
    return int(re.findall(r"\d+", page.url.split("#")[1])[0])


def owners(api: Client, alignment_id: int) -> dict[int, str | None]:
    names = {t["id"]: t["name"] for t in api.get(f"territories?alignment={alignment_id}")}
    held = api.get(f"alignments/{alignment_id}/units")
    return {unit: names.get(territory) for unit, territory in zip(held["unit_ids"], held["territory_ids"], strict=True)}
