"""An admin connects a program and another system, and sees that both work."""

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.client import Client
from tests.e2e.desk import DESK, PASSWORD, PHONE, Desk
from tests.e2e.system import System, wait_until, with_path
from tests.workspace.receiver import Receiver, is_signed, receiver

EMAIL = "admin@demo.example"
MANAGER = "manager@demo.example"


def test_a_program_gets_a_token_and_a_system_is_told(system: System, browser: Browser, screenshots: Path) -> None:
    desk = Desk.open(browser, system.url, EMAIL)
    desk.page.get_by_role("link", name="Connections").click()
    expect(desk.page.get_by_text("No API tokens yet")).to_be_visible()
    expect(desk.page.get_by_text("No webhooks yet")).to_be_visible()
    assert desk.violations() == []
    secret = make_token(desk, screenshots)
    assert answer_to(desk, secret) == 200
    with receiver(500, 200) as ears:
        make_webhook_and_test_it(desk, ears, screenshots)
    look_at_both_sizes_and_colours(desk, screenshots)
    revoke(desk)
    assert answer_to(desk, secret) == 401


def answer_to(desk: Desk, secret: str) -> int:
    """What a program without cookies is answered."""
    program = desk.page.context.browser.new_context()
    answer = program.request.get(f"{desk.url}/api/v1/alignments", headers={"Authorization": f"Bearer {secret}"})
    program.close()
    return answer.status


def make_token(desk: Desk, screenshots: Path) -> str:
    desk.page.get_by_role("button", name="New token").click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Nightly CRM sync")
    dialog.get_by_label("Export").check()
    still(desk, dialog)
    assert desk.violations() == []
    desk.shoot(screenshots / "connections-new-token.png")
    dialog.get_by_role("button", name="Make token").click()
    expect(dialog.get_by_text("Copy it now")).to_be_visible()
    secret = dialog.locator("pre").inner_text()
    assert secret.startswith("tm_")
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog.get_by_role("status").last).not_to_be_empty()
    assert desk.violations() == []
    desk.shoot(screenshots / "connections-secret.png")
    dialog.get_by_role("button", name="Done").click()
    dialog.wait_for(state="hidden")
    expect(desk.page.get_by_role("region", name="List of API tokens").get_by_role("row")).to_have_count(2)
    assert secret not in desk.page.content()
    return secret


def make_webhook_and_test_it(desk: Desk, ears: Receiver, screenshots: Path) -> None:
    desk.page.get_by_role("button", name="New webhook").click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label("Address").fill(f"https://user@127.0.0.1:{ears.port}/hook")
    dialog.get_by_label("Run done").check()
    dialog.get_by_label("Alignment published").check()
    dialog.get_by_role("button", name="Make webhook").click()
    expect(dialog.get_by_text("neither a user nor a fragment")).to_be_visible()
    dialog.get_by_label("Address").fill(ears.url)
    dialog.get_by_role("button", name="Make webhook").click()
    expect(dialog.get_by_text("Signing secret")).to_be_visible()
    secret = dialog.locator("pre").inner_text()
    dialog.get_by_role("button", name="Done").click()
    dialog.wait_for(state="hidden")

    desk.page.get_by_role("button", name=f"Open {ears.url}").click()
    drawer = desk.page.get_by_role("dialog")
    expect(drawer.get_by_text("Nothing sent yet")).to_be_visible()
    drawer.get_by_role("button", name="Send a test").click()
    expect(drawer.get_by_text("It answered with status 500.")).to_be_visible()
    expect(drawer.get_by_text("Trying", exact=True)).to_be_visible()
    drawer.get_by_role("button", name="Send a test").click()
    expect(drawer.get_by_text("Delivered", exact=True)).to_be_visible()
    assert [is_signed(got, secret) for got in ears.got] == [True, True]
    drawer.get_by_text("What was sent").first.click()
    still(desk, drawer)
    assert desk.violations() == []
    desk.shoot(screenshots / "connections-deliveries.png")
    desk.page.set_viewport_size(PHONE)
    still(desk, drawer)
    assert desk.violations() == []
    desk.shoot(screenshots / "connections-deliveries-phone.png")
    desk.page.set_viewport_size(DESK)
    drawer.get_by_role("button", name="Send again: Test of").click()
    wait_until(lambda: len(ears.got) == 3, "the test to arrive again")
    expect(drawer.get_by_text("Delivered", exact=True)).to_be_visible()
    assert ears.got[2].headers["webhook-id"] == ears.got[1].headers["webhook-id"]
    drawer.get_by_role("button", name="Turn off").click()
    asked = desk.page.get_by_role("dialog", name="Turn this webhook off?")
    asked.get_by_role("button", name="Turn off").click()
    expect(drawer.get_by_text("Turned off", exact=True)).to_be_visible()
    expect(drawer.get_by_text("Failed", exact=True)).to_be_visible()
    desk.page.keyboard.press("Escape")
    drawer.wait_for(state="hidden")


def still(desk: Desk, dialog: Locator) -> None:
    """Until it has come to rest: colours are only right then."""
    expect(dialog).to_be_visible()
    desk.page.wait_for_function("() => document.getAnimations().every(each => each.playState !== 'running')")
    desk.settle()


def look_at_both_sizes_and_colours(desk: Desk, screenshots: Path) -> None:
    for scheme in ("light", "dark"):
        for name, size in (("desk", DESK), ("phone", PHONE)):
            desk.page.set_viewport_size(size)
            desk.settle()
            assert desk.violations() == [], (scheme, name)
            wide = desk.page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0, (scheme, name)
            desk.shoot(screenshots / f"connections-{scheme}-{name}.png")
        desk.page.set_viewport_size(DESK)
        desk.page.get_by_role("button", name="Use").click()
        # Away from its tooltip.
        desk.page.mouse.move(700, 880)


def revoke(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Revoke Nightly CRM sync").click()
    desk.page.get_by_role("dialog").get_by_role("button", name="Revoke token").click()
    expect(desk.page.get_by_role("region", name="List of API tokens").get_by_text("Revoked")).to_be_visible()


def test_a_manager_has_tokens_and_reads_who_sets_up_webhooks(system: System, browser: Browser) -> None:
    desk = Desk.open(browser, system.url, MANAGER)
    desk.go("#/connections", heading="Connections")
    expect(desk.page.get_by_text("Webhooks are set up by admins")).to_be_visible()
    expect(desk.page.get_by_role("button", name="New token")).to_be_visible()
    assert desk.violations() == []


def test_a_killed_dispatcher_delays_an_event_and_loses_none(system: System, browser: Browser) -> None:
    api = Client.signed_in(browser, system.url, EMAIL, PASSWORD)
    with receiver("hang", 200) as ears:
        hook = api.post("webhooks", {"url": ears.url, "events": ["run.done"]})
        sent = api.post(f"webhooks/{hook['id']}/test", {})
        wait_until(lambda: len(ears.got) == 1, "the test to arrive")
        system.kill("dispatcher")
        ears.let_go.set()
        end_claims(system)
        system.start_dispatcher()
        wait_until(lambda: len(ears.got) == 2, "the test to arrive again")
        wait_until(lambda: delivery_of(api, hook)["state"] == "delivered", "the delivery's end")
    assert [got.headers["webhook-id"] for got in ears.got] == [sent["event_id"]] * 2
    assert delivery_of(api, hook)["attempts"] == 2
    api.delete(f"webhooks/{hook['id']}")


def delivery_of(api: Client, hook: dict[str, Any]) -> dict[str, Any]:
    [delivery] = api.get(f"webhooks/{hook['id']}/deliveries")["results"]
    return delivery


def end_claims(system: System) -> None:
    """As if their minute were over."""
    address = with_path(os.environ["OWNER_DATABASE_URL"], f"/{system.database}")
    with closing(psycopg2.connect(address)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("UPDATE workspace_delivery SET next_attempt_at = now() WHERE state = 'waiting' AND attempts > 0")
