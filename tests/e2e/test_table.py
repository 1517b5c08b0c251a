"""The table of all territories: columns of one's own, sorted, with totals, copied into a spreadsheet."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System

MANAGER = "manager@demo.example"


@pytest.fixture
def desk(system: System, browser: Browser) -> Desk:
    opened = Desk.open(browser, system.url, MANAGER)
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return opened


def table(desk: Desk) -> Locator:
    return desk.page.get_by_role("region", name="Table of territories")


def column(desk: Desk, name: str) -> list[str]:
    heads = table(desk).get_by_role("columnheader").all_inner_texts()
    place = next(i for i, head in enumerate(heads) if head.rstrip(" ▾▴") == name)
    return [row.locator("th, td").nth(place).inner_text() for row in table(desk).locator("tbody tr").all()]


def clipboard(desk: Desk) -> list[list[str]]:
    text = desk.page.evaluate("() => navigator.clipboard.readText()")
    return [line.split("\t") for line in text.split("\n")]


def test_the_whole_table_is_sorted_summed_up_and_copied_with_plain_numbers(desk: Desk, screenshots: Path) -> None:
    desk.page.keyboard.press("t")
    expect(table(desk)).to_be_visible()
    table(desk).get_by_role("button", name="Accounts", exact=True).click()
    sorted_head = table(desk).get_by_role("columnheader", name="Accounts", exact=True)
    expect(sorted_head).to_have_attribute("aria-sort", "descending")
    accounts = [int(text.replace(",", "")) for text in column(desk, "Accounts")]
    assert accounts == sorted(accounts, reverse=True)
    expect(table(desk).locator("tfoot")).to_contain_text(f"{sum(accounts):,}")
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "table.png")

    table(desk).get_by_role("button", name="Copy all").click()
    expect(desk.page.get_by_text(re.compile(r"^Copied \d+ territories"))).to_be_visible()
    head, *lines = clipboard(desk)
    assert head[:3] == ["Territory", "Rep", "Accounts"]
    assert [int(line[2]) for line in lines] == accounts
    money = [line[head.index("Revenue (USD)")] for line in lines]
    assert all(re.fullmatch(r"\d+(\.\d{1,2})?", amount) for amount in money)
    shares = [float(line[head.index("Revenue, deviation")]) for line in lines]
    assert all(-1 <= share < 10 for share in shares)

    desk.page.get_by_role("button", name="Use dark colours").click()
    desk.page.mouse.move(620, 300)
    expect(desk.page.get_by_role("tooltip")).to_have_count(0)
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "table-dark.png")


def test_chosen_rows_are_the_lists_and_are_copied_alone(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Table").click()
    body = table(desk).locator("tbody tr")
    expect(body.first).to_be_visible()
    names = column(desk, "Territory")
    body.nth(1).get_by_role("button").click()
    body.nth(3).locator("td").first.click(modifiers=["ControlOrMeta"])
    pressed = desk.page.get_by_role("region", name="Territories", exact=True).locator("[aria-pressed=true]")
    expect(pressed).to_have_count(2)
    table(desk).get_by_role("button", name="Copy 2 chosen").click()
    expect(desk.page.get_by_text("Copied 2 territories")).to_be_visible()
    assert [line[0] for line in clipboard(desk)] == ["Territory", names[1], names[3]]


def test_the_columns_one_has_chosen_are_there_after_a_reload(desk: Desk, screenshots: Path) -> None:
    desk.page.keyboard.press("t")
    table(desk).get_by_role("button", name="Columns").click()
    menu = desk.page.get_by_role("dialog", name="Columns")
    menu.get_by_role("checkbox", name="Area").check()
    menu.get_by_role("checkbox", name="Rep").uncheck()
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "table-columns.png")
    desk.page.keyboard.press("Escape")
    desk.page.reload()
    desk.settle()
    desk.page.keyboard.press("t")
    heads = table(desk).get_by_role("columnheader")
    expect(heads.filter(has_text="Area")).to_have_count(1)
    expect(heads.filter(has_text="Rep")).to_have_count(0)
    desk.page.keyboard.press("t")
    expect(table(desk)).to_be_hidden()


def test_the_trend_follows_what_is_painted_and_a_phone_shows_the_table_too(
    system: System, browser: Browser, screenshots: Path
) -> None:
    desk = Desk.open(browser, system.url, MANAGER)
    desk.create_scenario("With a trend")
    desk.page.keyboard.press("t")
    trend = "Revenue, trend"
    expect(table(desk).get_by_role("columnheader", name=trend)).to_be_visible()
    assert set(column(desk, trend)) == {"–"}
    desk.page.keyboard.press("t")
    desk.paint("Athens GA", at=(600, 300), to=(612, 312))
    desk.expect_revision(2)
    desk.page.keyboard.press("t")
    expect(table(desk).locator("tbody svg").first).to_be_visible()
    gained = dict(zip(column(desk, "Territory"), column(desk, trend), strict=True))
    assert re.fullmatch(r"\+\d+ %", gained["Athens GA"].strip())
    desk.settle()
    desk.shoot(screenshots / "table-trend.png")
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "table-phone.png")
