import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.system import DEMO, System


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs no demo goes first: one test process is at it while the other seeds the demo."""
    items.sort(key=lambda item: "demo" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the demo workspace to make others from, seeded by the test process that comes first."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = shared / "demo.done"
        if not done.exists():
            System(shared, database=DEMO).seed()
            done.touch()
    return DEMO


@pytest.fixture(scope="session")
def system(demo: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The running system with the demo workspace."""
    running = System(tmp_path_factory.mktemp("system"))
    try:
        yield running.start(template=demo)
    finally:
        running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("chromium is not installed")
    switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=switches)
        yield started
        started.close()


@pytest.fixture(autouse=True)
def own_media_root() -> None:
    """The system has its own folder for uploads."""


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """No test database: everything goes through the running system."""


@pytest.fixture
def screenshots() -> Path:
    folder = Path(__file__).parent / "artifacts"
    folder.mkdir(exist_ok=True)
    return folder
