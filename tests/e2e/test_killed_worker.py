"""A worker dies in the middle of an import: the job ends once, and rightly."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.client import Client
from tests.e2e.system import System, wait_until

N_ROWS = 60_000
EMAIL, PASSWORD = "boss@acme.example", "correct horse 9"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[System]:
    """A system of its own with a short lease, so that a silent worker is noticed within seconds."""
    running = System(tmp_path, lease_s=3)
    try:
        running.start()
        running.manage("create_workspace", "acme", "--name", "Acme", "--admin", EMAIL, "--password", PASSWORD)
        yield running
    finally:
        running.stop()


def accounts_file(path: Path) -> bytes:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["account_id", "name", "latitude", "longitude", "revenue"])
        for row in range(N_ROWS):
            writer.writerow([f"{row:06}", f"Company {row}", 30 + row % 500 / 100, -85 + row % 700 / 100, row])
    return path.read_bytes()


def test_an_import_whose_worker_is_killed_ends_once_and_rightly(
    fresh: System, browser: Browser, tmp_path: Path
) -> None:
    api = Client.signed_in(browser, fresh.url, EMAIL, PASSWORD)
    made = api.upload("imports", {"kind": "accounts"}, "a.csv", accounts_file(tmp_path / "a.csv"))
    mapping = {column["name"]: column["field"] for column in made["columns"]}
    job = api.post(f"imports/{made['id']}/run", {"mapping": mapping, "skip_bad_rows": False})["job"]

    def state() -> dict:
        return api.get(f"jobs/{job['id']}")

    wait_until(lambda: state()["state"] == "running" and state()["progress"] > 0, "the import to be under way")
    fresh.kill("worker")
    assert state()["state"] == "running"  # nobody has noticed yet
    fresh.start_worker()
    wait_until(lambda: state()["state"] not in {"queued", "running"}, "the import to end", within_s=90)

    ended = state()
    assert (ended["state"], ended["attempt"]) == ("done", 2)
    result = api.get(f"imports/{made['id']}")["result"]
    assert (result["n_rows"], result["n_created"], result["n_bad"]) == (N_ROWS, N_ROWS, 0)
    assert api.get("accounts?page_size=1&search=059999")["results"][0]["name"] == "Company 59999"
