"""54,093 real companies from an empty workspace to territories within ±5 % accounts and ±15 % revenue."""

import gzip
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import SHARED_DATA
from tests.e2e.client import Client
from tests.e2e.desk import Desk
from tests.e2e.system import System, wait_until

EMAIL, PASSWORD = "boss@peach.example", "correct horse 9"
FILE = SHARED_DATA / "accounts" / "ga_businesses_ppp_2020.csv.gz"
CITIES = {
    "Savannah": (32.08, -81.09), "Augusta": (33.47, -81.97), "Macon": (32.84, -83.63), "Columbus": (32.46, -84.99),
    "Athens": (33.96, -83.38), "Albany": (31.58, -84.16), "Valdosta": (30.83, -83.28), "Rome": (34.26, -85.16),
    "Gainesville": (34.30, -83.82), "Brunswick": (31.15, -81.49), "Dublin": (32.54, -82.90), "Newnan": (33.38, -84.80),
}  # fmt: skip
IMPORT_LIMIT_S, SOLVE_LIMIT_S = 60, 30


@pytest.mark.skipif(not FILE.exists(), reason="the real data beside the checkout are absent")
def test_real_companies_are_imported_balanced_and_connected(
    system: System, browser: Browser, screenshots: Path, tmp_path: Path
) -> None:
    system.manage("create_workspace", "peach", "--name", "Peach State", "--admin", EMAIL, "--password", PASSWORD)
    companies = tmp_path / "companies.csv"
    companies.write_bytes(gzip.decompress(FILE.read_bytes()))
    desk = Desk.open(browser, system.url, EMAIL, PASSWORD)
    expect(desk.page.get_by_text("No territories yet")).to_be_visible()
    assert desk.violations() == []

    started = time.monotonic()
    result = desk.import_accounts(companies, within_s=IMPORT_LIMIT_S)
    assert time.monotonic() - started < IMPORT_LIMIT_S
    assert "54,093" in result
    desk.shoot(screenshots / "import.png")

    api = Client(desk.page.context, system.url)
    team = api.get("teams")[0]["id"]
    for number, (city, (lat, lon)) in enumerate(CITIES.items()):
        rep = {"external_id": f"R{number:02}", "name": f"Rep of {city}", "team_id": team, "capacity_h": 1600}
        api.post("reps", rep | {"home": {"lon": lon, "lat": lat}})
    layer = api.post("unit-layers", {"kind": "counties", "name": "Georgia", "states": ["GA"]})
    wait_until(lambda: api.get(f"unit-layers/{layer['id']}")["state"] == "ready", "the counties")
    body = {"name": "First", "team_id": team, "basis": "units", "source": "unit_layer", "unit_layer_id": layer["id"]}
    first = api.post("alignments", body)

    desk.go(f"#/map/{first['id']}")
    desk.page.reload()
    desk.page.get_by_role("tab", name="Rebalance").click()
    desk.page.get_by_label("Tolerance of Accounts").fill("5")
    desk.page.get_by_label("Tolerance of Revenue", exact=True).fill("15")
    desk.page.get_by_text("nothing: the best map for these reps").click()
    desk.page.get_by_role("tabpanel").locator("summary", has_text="Limits").click()
    desk.page.get_by_role("switch", name="Measure distance from the reps’ homes").uncheck(force=True)
    started = time.monotonic()
    outcome = desk.rebalance(within_s=60)
    took_s = time.monotonic() - started
    desk.settle()
    desk.shoot(screenshots / "companies.png")
    assert "All limits met" in outcome, outcome
    run = api.get(f"runs?alignment={first['id']}")["results"][0]["result"]
    worst = {metric["key"]: abs(metric["after_worst"]) for metric in run["metrics"]}
    assert worst["accounts"] <= 0.05
    assert worst["revenue"] <= 0.15
    assert run["extra_pieces"] == 0
    assert took_s < SOLVE_LIMIT_S
