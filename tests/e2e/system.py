"""The whole system as it runs for a user: own database, web server, worker and dispatcher as real processes."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.conf import settings

from config.broker import with_database

ROOT = Path(settings.BASE_DIR)
# Of Redis' 16 databases: four per test process, one per system, or systems take each other's messages. The suite's
# caches have 1 to 7 (config.settings.test).
REDIS_DATABASES = count(8 + 4 * (int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 2))
EMPTY = "territories_template"
DEMO = "e2e_demo"


@dataclass
class System:
    """Starts on a fresh database; `stop` ends its processes and drops it."""

    folder: Path
    lease_s: int = 60
    database: str = field(default_factory=lambda: f"e2e_{secrets.token_hex(4)}")
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    port: int = field(default_factory=lambda: free_port())
    redis_database: int = field(default_factory=lambda: next(REDIS_DATABASES))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self, *, owner: bool = False) -> dict[str, str]:
        base = os.environ["OWNER_DATABASE_URL" if owner else "DATABASE_URL"]
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DATABASE_URL": with_path(base, f"/{self.database}"),
            "REDIS_URL": with_database(os.environ["REDIS_URL"], self.redis_database),
            "MEDIA_ROOT": str(self.folder / "media"),
            "ROADS_ROOT": str(self.folder / "roads"),
            "JOB_LEASE_S": str(self.lease_s),
            "LOG_LEVEL": "WARNING",
            # Receivers of webhooks are on this machine.
            "OUTGOING_ALLOW_PRIVATE": "true",
        }

    def seed(self, n_accounts: int = 12_000) -> None:
        """The demo in a new database, in place of an older one of the name."""
        self._administer(f"DROP DATABASE IF EXISTS {self.database}")
        self._administer(f"CREATE DATABASE {self.database} TEMPLATE {EMPTY}")
        self.manage("migrate", "-v", "0")
        self.manage("seed_demo", "--seed", "7", "--accounts", str(n_accounts))

    def start(self, *, template: str = EMPTY) -> "System":
        self._administer(f"CREATE DATABASE {self.database} TEMPLATE {template}")
        if template == EMPTY:
            self.manage("migrate", "-v", "0")
        web = ["-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{self.port}"]
        self.run("web", *web, "--worker-class", "gthread", "--threads", "16", "--workers", "2")
        self.start_dispatcher()
        self.start_worker()
        wait_until(lambda: answers(f"{self.url}/readyz"), "the web server to answer")
        return self

    def start_dispatcher(self) -> None:
        self.run("dispatcher", "manage.py", "dispatch_jobs", "--every-s", "0.5")

    def start_worker(self) -> None:
        queues = "default,imports,optimizer,travel"
        self.run("worker", "-m", "celery", "-A", "config", "worker", "-Q", queues, "-c", "2", "-l", "WARNING")

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=self.environment(owner=True), check=True, capture_output=True)

    def run(self, name: str, *arguments: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """End a process and all its children at once."""
        process = self.processes.pop(name)
        os.killpg(process.pid, number)
        process.wait()

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name)
        wait_until(self._is_dropped, f"the sessions of {self.database} to end")

    def _is_dropped(self) -> bool:
        try:
            self._administer(f"DROP DATABASE IF EXISTS {self.database}")
        except psycopg2.errors.ObjectInUse:
            return False
        return True

    def _administer(self, statement: str) -> None:
        connection = psycopg2.connect(with_path(os.environ["OWNER_DATABASE_URL"], "/postgres"))
        connection.autocommit = True
        with closing(connection), connection.cursor() as cursor:
            cursor.execute(statement)


def with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=path))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def wait_until(condition: Callable[[], bool], what: str, *, within_s: float = 60) -> None:
    until = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(f"Waited {within_s} s for {what}")
        time.sleep(0.1)
