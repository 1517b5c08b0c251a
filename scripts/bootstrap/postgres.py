"""The private PostgreSQL server: created, started, repaired after a kill, stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from scripts.bootstrap import processes
from scripts.bootstrap.console import Problem, say
from scripts.bootstrap.places import Places
from scripts.bootstrap.postgres_programs import find_programs
from scripts.bootstrap.postgres_settings import PORT, settings

RECOVERY_LIMIT_S = 300
STOP_LIMIT_S = 30


def clean_environment() -> dict[str, str]:
    """PGHOST, PGPORT and their like would lead the tools to another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


class PostgresServer:
    def __init__(self, places: Places) -> None:
        self.places = places
        self.data = places.postgres_data
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The postmaster of this data folder, when it lives. A recycled or zombie pid does not count."""
        lines = self._pid_file_lines()
        if not lines or not lines[0].strip().isdigit():
            return None
        pid = int(lines[0])
        return pid if processes.works_in(pid, self.data) else None

    def start(self) -> bool:
        """True when this call started it, False when it already ran."""
        if self._status() == "stopping":
            processes.wait_until(lambda: self.pid is None, STOP_LIMIT_S)
        if self.pid is not None:
            self._wait_until_ready()
            return False
        programs = self._programs()
        if not (self.data / "PG_VERSION").exists():
            self._create_cluster(programs)
        self.places.account.take_over(self.data)
        self._clear_leftovers()
        with self.places.postgres_log.open("ab") as log:
            self._process = subprocess.Popen(
                [programs / "postgres", "-D", self.data, *settings(self.places.sockets)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.places.base,
                env=clean_environment(),
                start_new_session=True,
                **self.places.account.launch_options(),
            )
        self._wait_until_ready()
        return True

    def stop(self) -> None:
        pid = self.pid
        if pid is not None:
            processes.end([pid], grace_s=STOP_LIMIT_S, first=signal.SIGINT)
        if self._process is not None:
            self._process.wait()

    def run_script(self, script: Path) -> None:
        """Run a psql script as superuser, fed through stdin: the server's user may not reach it."""
        address = ["-h", str(self.places.sockets), "-p", str(PORT), "-U", "postgres", "-d", "postgres"]
        environment = clean_environment() | {"PGOPTIONS": "-c client_min_messages=warning"}
        with script.open("rb") as text:
            result = subprocess.run(
                [self._programs() / "psql", "-X", "-q", *address],
                stdin=text,
                capture_output=True,
                text=True,
                env=environment,
                cwd="/",
            )
        if result.returncode != 0:
            raise Problem(f"{script.name} failed:\n{result.stderr.strip()}")

    def _programs(self) -> Path:
        version_file = self.data / "PG_VERSION"
        version = version_file.read_text().strip() if version_file.exists() else None
        programs = find_programs(version)
        if programs is None:
            wanted = f"PostgreSQL {version}, which {self.data} was made with," if version else "PostgreSQL"
            raise Problem(f"{wanted} is not installed with PostGIS.")
        return programs

    def _create_cluster(self, programs: Path) -> None:
        """Under another name first: an interrupted initdb never looks like a cluster."""
        say(f"==> Creating the private PostgreSQL cluster in {self.data}")
        unfinished = self.data.with_name("postgres.unfinished")
        if unfinished.exists():
            shutil.rmtree(unfinished)
        how = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        result = subprocess.run(
            [programs / "initdb", "-D", unfinished, *how],
            capture_output=True,
            text=True,
            cwd=self.places.base,
            env=clean_environment(),
            **self.places.account.launch_options(),
        )
        if result.returncode != 0:
            raise Problem(f"initdb failed:\n{result.stderr.strip()}")
        unfinished.rename(self.data)

    def _pid_file_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _status(self) -> str:
        """What the living postmaster says of itself: starting, ready, stopping; empty when none lives."""
        lines = self._pid_file_lines()
        return lines[7].strip() if len(lines) >= 8 and self.pid is not None else ""

    def _clear_leftovers(self) -> None:
        """After a kill: backends that outlived the postmaster, files with a pid that is now another's."""
        processes.end(processes.working_in(self.data), grace_s=5)
        socket = self.places.sockets / f".s.PGSQL.{PORT}"
        for leftover in (self.data / "postmaster.pid", socket, socket.with_name(f"{socket.name}.lock")):
            leftover.unlink(missing_ok=True)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + RECOVERY_LIMIT_S
        log = self.places.postgres_log
        while self._status() != "ready":
            if self._process is not None and self._process.poll() is not None:
                tail = "\n".join(log.read_text(errors="replace").splitlines()[-10:])
                raise Problem(f"PostgreSQL did not start. The end of {log}:\n{tail}")
            if time.monotonic() > deadline:
                raise Problem(f"PostgreSQL is not ready after {RECOVERY_LIMIT_S} s; see {log}.")
            time.sleep(0.02)
