"""Several territories chosen in the list: merged, handed over, locked, put into a region; by pointer and by keys."""

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
    opened.create_scenario("Several at once")
    opened.page.get_by_label("Order of the list").select_option("name")
    return opened


def territories(desk: Desk) -> Locator:
    return desk.page.get_by_role("region", name="Territories", exact=True)


def rows(desk: Desk) -> Locator:
    return territories(desk).locator("[data-territory]")


def chosen(desk: Desk) -> Locator:
    return territories(desk).locator("[data-territory][aria-pressed=true]")


def bar(desk: Desk) -> Locator:
    return desk.page.get_by_role("toolbar", name=re.compile("^With "))


def names(found: Locator) -> list[str]:
    return [text.splitlines()[0] for text in found.all_inner_texts()]


def test_territories_chosen_by_pointer_are_merged_into_the_first_and_one_undo_brings_them_back(
    desk: Desk, screenshots: Path
) -> None:
    before = names(rows(desk))
    rows(desk).nth(2).click()
    rows(desk).nth(0).click(modifiers=["ControlOrMeta"])
    expect(bar(desk)).to_contain_text("2 chosen")
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "several-chosen.png")
    bar(desk).get_by_role("button", name=f"Merge into {before[2]}…").click()
    asked = desk.page.get_by_role("dialog", name=f"Merge {before[0]} into {before[2]}?")
    expect(asked).to_contain_text(re.compile(rf"ground and accounts of {before[0]}. It then holds [\d,]+ accounts, \$"))
    assert desk.violations() == []
    desk.shoot(screenshots / "several-merge.png")
    asked.get_by_role("button", name="Merge").click()
    desk.expect_revision(2)
    expect(rows(desk)).to_have_count(len(before) - 1)
    assert names(chosen(desk)) == [before[2]]
    desk.page.keyboard.press("Control+z")
    desk.expect_revision(3)
    expect(rows(desk)).to_have_count(len(before))
    assert names(rows(desk)) == before


def test_keys_choose_a_range_take_one_out_and_lock_the_others(desk: Desk) -> None:
    all_names = names(rows(desk))
    rows(desk).nth(0).focus()
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Space")
    expect(chosen(desk)).to_have_count(1)
    desk.page.keyboard.press("Shift+ArrowDown")
    desk.page.keyboard.press("Shift+ArrowDown")
    assert names(chosen(desk)) == all_names[1:4]
    desk.page.keyboard.press("ArrowUp")
    desk.page.keyboard.press("Space")
    assert names(chosen(desk)) == [all_names[1], all_names[3]]
    bar(desk).get_by_role("button", name="Lock: 2 territories").click()
    desk.expect_revision(2)
    expect(territories(desk).get_by_label("locked")).to_have_count(2)
    expect(bar(desk).get_by_role("button", name=re.compile("is locked: unlock it first"))).to_be_visible()
    desk.page.keyboard.press("Control+z")
    expect(territories(desk).get_by_label("locked")).to_have_count(0)


def test_two_reps_swap_their_territories_in_one_edit(desk: Desk, screenshots: Path) -> None:
    def rep(position: int) -> str:
        return rows(desk).nth(position).locator("[data-kind=rep]").inner_text()

    first, second = rep(0), rep(1)
    rows(desk).nth(0).click()
    bar(desk).get_by_role("button", name=re.compile("^Hand over")).click()
    dialog = desk.page.get_by_role("dialog", name=re.compile("^Hand over"))
    to = dialog.get_by_label("To")
    to.select_option(label=next(t for t in to.locator("option").all_inner_texts() if t.startswith(second)))
    expect(dialog.get_by_role("checkbox", name=re.compile(rf"^Swap: .* to {first} in exchange"))).to_be_checked()
    expect(dialog.get_by_role("row")).to_have_count(3)
    assert desk.violations() == []
    desk.shoot(screenshots / "several-hand-over.png")
    dialog.get_by_role("button", name="Swap").click()
    desk.expect_revision(2)
    expect(rows(desk).nth(0)).to_contain_text(second)
    expect(rows(desk).nth(1)).to_contain_text(first)
    desk.page.keyboard.press("Control+z")
    desk.expect_revision(3)
    expect(rows(desk).nth(0)).to_contain_text(first)


def test_regions_group_the_list_with_their_figures_and_close(desk: Desk, screenshots: Path) -> None:
    everyone = rows(desk).count()
    put_into_region(desk, [0, 1, 2], "South / Georgia")
    desk.expect_revision(2)
    heads = territories(desk).locator("[aria-expanded]")
    expect(heads).to_have_count(3)
    put_into_region(desk, [3, 4], "South/Florida")
    desk.expect_revision(3)
    expect(heads).to_have_count(4)
    assert names(heads) == ["South", "Florida", "Georgia", "No region"]
    expect(heads.first).to_contain_text(re.compile(r"5 territories[\s\S]*%"))
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "several-regions.png")
    heads.filter(has_text="Georgia").click()
    expect(rows(desk)).to_have_count(everyone - 3)
    heads.filter(has_text="South").click()
    expect(rows(desk)).to_have_count(everyone - 5)


def put_into_region(desk: Desk, positions: list[int], region: str) -> None:
    """Of the rows in no region, by their place among them."""
    wanted = [names(rows(desk))[-rows(desk).count() :][position] for position in positions]
    for name in wanted:
        modifiers = [] if name == wanted[0] else ["ControlOrMeta"]
        rows(desk).filter(has_text=name).first.click(modifiers=modifiers)
    bar(desk).get_by_role("button", name=re.compile("^Region of")).click()
    dialog = desk.page.get_by_role("dialog", name=re.compile("^Region of"))
    dialog.get_by_label("Region").fill(region)
    dialog.get_by_role("button", name="Put into the region").click()


def test_the_list_is_filtered_and_a_territory_renamed_in_place(desk: Desk, screenshots: Path) -> None:
    everyone = rows(desk).count()
    name = names(rows(desk))[0]
    desk.page.get_by_label("Filter the territories").fill(name[:6].lower())
    expect(rows(desk)).to_have_count(1)
    expect(territories(desk).get_by_role("status")).to_contain_text(f"{everyone - 1} of {everyone}")
    rows(desk).first.focus()
    desk.page.keyboard.press("F2")
    field = desk.page.get_by_label(f"New name of {name}")
    field.fill(f"{name} and around")
    desk.shoot(screenshots / "several-rename.png")
    desk.page.keyboard.press("Enter")
    desk.expect_revision(2)
    expect(rows(desk).first).to_contain_text(f"{name} and around")
    expect(rows(desk).first).to_be_focused()
    desk.page.get_by_label("Filter the territories").fill("")
    desk.page.get_by_role("button", name="Show only territories out of band").click()
    out = rows(desk).count()
    assert 0 < out < everyone
    expect(territories(desk).get_by_role("status")).to_contain_text(f"{everyone - out} of {everyone}")


def test_the_list_in_dark_colours_has_no_violations(desk: Desk, screenshots: Path) -> None:
    put_into_region(desk, [0, 1], "South")
    desk.expect_revision(2)
    desk.page.get_by_role("button", name="Use dark colours").click()
    desk.page.mouse.move(620, 500)
    expect(desk.page.get_by_role("tooltip")).to_have_count(0)
    desk.settle()
    assert desk.violations() == []
    desk.shoot(screenshots / "several-dark.png")
