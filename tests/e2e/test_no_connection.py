"""The connection is gone: what a manager paints waits, outlives a reload, and goes out once the server answers."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from tests.e2e.desk import Desk
from tests.e2e.system import System

FIRST, SECOND = (600, 300), (790, 470)
EDITS = re.compile(r"/alignments/\d+/edits$")


@pytest.fixture
def desk(system: System, browser: Browser) -> Iterator[Desk]:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    desk.create_scenario("On the train")
    yield desk
    desk.page.context.close()


def waiting(desk: Desk) -> Locator:
    return desk.page.get_by_role("button", name=re.compile("^No connection"))


def paint_twice(desk: Desk) -> None:
    desk.paint("Athens GA", at=FIRST, to=(612, 312))
    expect(waiting(desk)).to_have_text("No connection: 1 edit waits")
    desk.paint("Tallahassee FL", at=SECOND, to=(802, 482))
    expect(waiting(desk)).to_have_text("No connection: 2 edits wait")


def test_edits_wait_while_there_is_no_connection_and_go_out_with_it(desk: Desk, screenshots: Path) -> None:
    desk.page.context.set_offline(True)
    paint_twice(desk)
    waiting(desk).click()
    dialog = desk.page.get_by_role("dialog", name="The server cannot be reached")
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    assert desk.violations() == []
    desk.shoot(screenshots / "no-connection.png")
    with desk.page.expect_download() as download:
        dialog.get_by_role("button", name="Save them as a file").click()
    kept = json.loads(Path(download.value.path()).read_text())
    assert [edit["command"]["operation"]["op"] for edit in kept["edits"]] == ["assign_units"] * 2
    desk.page.keyboard.press("Escape")
    desk.page.context.set_offline(False)
    desk.expect_revision(3)
    expect(waiting(desk)).to_have_count(0)


def test_edits_outlive_a_reload(desk: Desk) -> None:
    desk.page.route(EDITS, lambda route: route.abort())
    paint_twice(desk)
    desk.page.reload()
    expect(waiting(desk)).to_have_text("No connection: 2 edits wait")
    desk.page.unroute(EDITS)
    desk.expect_revision(3)
    desk.page.reload()
    desk.expect_revision(3)
    expect(waiting(desk)).to_have_count(0)


def test_an_undo_whose_answer_got_lost_is_not_made_twice(desk: Desk) -> None:
    """Made twice, it would take back the first stroke as well."""

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    desk.paint("Athens GA", at=FIRST, to=(612, 312))
    desk.expect_revision(2)
    desk.paint("Tallahassee FL", at=SECOND, to=(802, 482))
    desk.expect_revision(3)
    desk.page.route(re.compile(r"/alignments/\d+/undo$"), lose_the_answer, times=1)
    desk.page.keyboard.press("ControlOrMeta+z")
    desk.expect_revision(4)
    expect(waiting(desk)).to_have_count(0)
    expect(desk.page.get_by_role("button", name="Undo")).to_have_accessible_name(re.compile("Athens GA"))
