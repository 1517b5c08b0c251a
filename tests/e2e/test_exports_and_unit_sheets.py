"""Files with options, and a sheet of unit assignments on its way out, in and back again."""

import csv
import io
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.desk import DESK, PHONE, Desk
from tests.e2e.system import System


@pytest.fixture
def desk(system: System, browser: Browser) -> Desk:
    return Desk.open(browser, system.url, "manager@demo.example")


def look_at(desk: Desk, folder: Path, name: str, *, at: Locator) -> None:
    """Light and wide, dark and narrow; nothing wrong with either."""
    page = desk.page
    desk.shoot(folder / f"{name}.png")
    assert desk.violations() == []
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    desk.settle()
    at.scroll_into_view_if_needed()
    desk.shoot(folder / f"{name}-narrow.png")
    assert desk.violations() == []
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")


def units_of(desk: Desk) -> list[dict[str, str]]:
    number = urlsplit(desk.page.url).fragment.rsplit("/", 1)[-1]
    answer = desk.page.request.get(f"{desk.url}/api/v1/exports/units.csv?alignment={number}")
    return list(csv.DictReader(io.StringIO(answer.text(), newline="")))


def ask(desk: Desk) -> Locator:
    desk.page.get_by_role("button", name="More about this alignment").click()
    desk.page.get_by_role("menuitem", name="Import unit assignments…").click()
    return desk.page.get_by_role("dialog")


def test_a_file_is_narrowed_by_its_options(desk: Desk, screenshots: Path) -> None:
    desk.go("#/exports", heading="Exports")
    page = desk.page
    card = page.get_by_role("region", name="Assignments (Excel)")
    card.get_by_role("button", name="Options for Assignments (Excel)").click()
    card.get_by_label("Changed since a day").check()
    expect(card.get_by_role("status")).to_contain_text("Choose the day")
    expect(card.get_by_role("button", name="Download Assignments (Excel)")).to_be_disabled()
    look_at(desk, screenshots, "export-options-missing", at=card.get_by_role("status"))
    card.locator("input[type=date]").fill("2026-01-31")
    for column in ("Name", "Covering rep"):
        card.get_by_role("combobox", name="Columns").fill(column)
        page.get_by_role("option", name=column, exact=True).click()
    page.keyboard.press("Escape")
    card.get_by_label("One sheet per territory").check()
    expect(card.get_by_role("status")).to_contain_text("2 columns · changed since")
    look_at(desk, screenshots, "export-options", at=card.get_by_role("status"))
    link = card.get_by_role("link", name="Download Assignments (Excel)")
    asked = parse_qs(urlsplit(link.get_attribute("href") or "").query)
    assert asked.keys() == {"alignment", "columns", "changed_since", "sheets"}
    with page.expect_download() as taken:
        link.click()
    assert taken.value.suggested_filename.endswith("assignments.xlsx")
    assert Path(taken.value.path()).read_bytes().startswith(b"PK")


def test_a_sheet_of_units_is_looked_at_taken_and_undone(desk: Desk, tmp_path: Path, screenshots: Path) -> None:
    desk.create_scenario("By spreadsheet")
    before = units_of(desk)
    first, second = list(dict.fromkeys(row["Territory code"] for row in before if row["Territory code"]))[:2]
    moved = [row["Unit code"] for row in before if row["Territory code"] == first][:7]
    file = tmp_path / "who has what.csv"
    rows = [*((code, second) for code in moved[:5]), ("99999", second), (moved[0], "West"), (moved[5], "West")]
    # As a spreadsheet leaves it: 1001 for 01001.
    rows.append((moved[6].lstrip("0"), second))
    file.write_text("\n".join(["GEOID,DISTRICT", *map(",".join, rows)]))
    dialog = ask(desk)
    dialog.locator("input[type=file]").set_input_files(file)
    said = dialog.get_by_role("status", name="What the file says")
    expect(said).to_contain_text("4 units")
    expect(dialog).to_contain_text("Line 7: “99999” is no unit of this alignment's layer.")
    expect(dialog).to_contain_text("the zeros in front may have got lost.")
    button = dialog.get_by_role("button", name="Assign")
    expect(button).to_be_disabled()
    look_at(desk, screenshots, "unit-sheet", at=button)
    dialog.get_by_label("Put back lost zeros in front of 1 unit code").check()
    dialog.get_by_label("Add 1 territory that this alignment does not have yet").check()
    expect(said).to_contain_text("6 units")
    expect(dialog).to_contain_text("Cannot be taken: 2 rows")
    dialog.get_by_label("Leave these rows out").check()
    desk.shoot(screenshots / "unit-sheet-decided.png")
    dialog.get_by_role("button", name="Assign 6 units").click()
    dialog.wait_for(state="hidden")
    desk.expect_revision(2)
    after = {row["Unit code"]: row["Territory"] for row in units_of(desk)}
    assert after[moved[5]] == "West"
    assert after[moved[6]] == after[moved[1]] != after[moved[0]]
    desk.settle()
    desk.shoot(screenshots / "unit-sheet-taken.png")
    desk.page.keyboard.press("Control+z")
    desk.expect_revision(3)
    assert units_of(desk) == before


def test_a_file_that_is_no_sheet_is_refused_in_words(desk: Desk, tmp_path: Path, screenshots: Path) -> None:
    desk.create_scenario("By nothing")
    file = tmp_path / "one column.csv"
    file.write_text("GEOID\n13121\n")
    dialog = ask(desk)
    dialog.locator("input[type=file]").set_input_files(file)
    expect(dialog.get_by_role("alert")).to_contain_text("needs two columns")
    expect(dialog.get_by_role("button", name="Assign units")).to_be_disabled()
    look_at(desk, screenshots, "unit-sheet-refused", at=dialog.get_by_role("alert"))
