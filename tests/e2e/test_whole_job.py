"""The main job on the demo, from imbalance to the rep's phone and the CRM's files, as its users do it."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.client import Client
from tests.e2e.desk import PHONE, Desk
from tests.e2e.system import System


@pytest.fixture(scope="module")
def system(demo: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Its own: what is imported and published here is not what other tests find."""
    running = System(tmp_path_factory.mktemp("whole-job"))
    try:
        yield running.start(template=demo)
    finally:
        running.stop()


def new_accounts(folder: Path) -> Path:
    path = folder / "new-accounts.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Account id", "Account name", "Latitude", "Longitude", "Annual revenue"])
        for number in range(120):
            writer.writerow([f"00{number:03}", f"Cedar Works {number}", 33.5 + number / 200, -84.3, 10_000 + number])
    return path


def farthest_from_target(client: Client, alignment: str) -> str:
    """The territory with the largest deviation on accounts."""
    alignment_id = next(found["id"] for found in client.get("alignments") if found["name"] == alignment)
    names = {territory["id"]: territory["name"] for territory in client.get(f"territories?alignment={alignment_id}")}
    rows = client.get(f"alignments/{alignment_id}/scorecard")["territories"]
    return str(names[max(rows, key=lambda row: abs(row["deviations"]["accounts"]))["territory_id"]])


def test_from_imbalance_to_the_reps_phone_and_the_crm(
    system: System, browser: Browser, screenshots: Path, tmp_path: Path
) -> None:
    desk = Desk.open(browser, system.url, "manager@demo.example")
    expect(desk.page.get_by_text("territories out of band")).to_be_visible()
    assert desk.violations() == []
    desk.shoot(screenshots / "desk.png")

    assert "Every row is accounted for" in desk.import_accounts(new_accounts(tmp_path))
    assert desk.violations() == []
    desk.import_accounts(new_accounts(tmp_path))
    second, first = (item["result"] for item in Client(desk.page.context, system.url).get("imports")["results"][:2])
    assert (first["n_created"], second["n_created"], second["n_unchanged"]) == (120, 0, 120)

    desk.go("#/map")
    desk.create_scenario("Autumn")
    desk.paint("Athens GA", at=(600, 300), to=(612, 312))
    desk.expect_revision(2)
    desk.page.get_by_role("button", name="Undo").click()
    desk.expect_revision(3)
    desk.page.get_by_role("button", name="Redo").click()
    desk.expect_revision(4)

    uneven = farthest_from_target(Client(desk.page.context, system.url), "Autumn")
    desk.lock(uneven)
    desk.expect_revision(5)
    assert any(f"{uneven} is locked" in reason for reason in desk.use_possible_tolerances())
    assert desk.violations() == []
    desk.page.get_by_role("button", name="Undo").click()
    desk.expect_revision(6)

    outcome = desk.rebalance(within_s=60)
    assert "All limits met" in outcome
    assert "above the lower bound" in outcome
    assert "Moves and their reasons" in outcome
    assert "Worst deviation" in desk.keep_first_moves(2, "Autumn, two moves")
    desk.expect_revision(2)
    desk.open_alignment("Autumn")
    desk.open_latest_run()
    desk.page.get_by_role("button", name="Before and after, side by side").click()
    expect(desk.page.get_by_text("change territory:")).to_be_visible()
    desk.settle()
    expect(desk.page.get_by_role("table").filter(has_text="Changes hands")).to_be_visible()
    desk.shoot(screenshots / "compare.png")
    assert desk.violations() == []
    desk.page.get_by_role("button", name="Close").first.click()
    desk.accept("Autumn, rebalanced")
    desk.publish()

    phone = Desk.open(browser, system.url, "rep1@demo.example", **PHONE)
    assert phone.page.url.endswith("/me/")
    expect(
        phone.page.get_by_role("link", name="Call").or_(phone.page.get_by_role("link", name="call")).first
    ).to_be_visible()
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert phone.violations() == []
    phone.shoot(screenshots / "phone.png")
    refused = phone.page.request.get(f"{system.url}/api/v1/alignments")
    assert refused.status == 403

    ops = Desk.open(browser, system.url, "ops@demo.example")
    alignments = ops.page.request.get(f"{system.url}/api/v1/alignments?state=live").json()
    live = next(alignment for alignment in alignments if alignment["name"] == "Autumn, rebalanced")
    ops.go("#/exports", heading="Export")
    assert ops.violations() == []
    for key in ("assignments.csv", "salesforce_object_territory2_association.csv", "territories.geojson"):
        download = ops.page.request.get(f"{system.url}/api/v1/exports/{key}?alignment={live['id']}")
        assert download.ok
        assert len(download.body()) > 1_000
