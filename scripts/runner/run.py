"""`make run`: set up, prepare the database, start everything, stop everything."""

from __future__ import annotations

import fcntl
import http.client
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from scripts.bootstrap import frontend, processes, python_environment, system_packages
from scripts.bootstrap.console import Problem, say, timed
from scripts.bootstrap.project import Project
from scripts.bootstrap.services import Services
from scripts.runner import commands, ports
from scripts.runner.guardian import Guardian
from scripts.runner.supervisor import Supervisor, stop_on_signals

READY_LIMIT_S = 120


def run(project: Project) -> int:
    started = time.monotonic()
    project.prepare()
    services = Services(project)
    with only_one(project):
        system_packages.ensure(browser=False, databases=not services.all_given)
        python_environment.ensure(project, development=False)
        frontend.ensure_packages(project)
        frontend.ensure_built(project)
        addresses = services.join()
        with Guardian(services) as guardian:
            prepare_database(project, addresses)
            supervisor = Supervisor(project.root, project.logs, web_environment(addresses), guardian.watch)
            stop_on_signals(supervisor.stopping)
            try:
                return serve(project, supervisor, started)
            finally:
                say("Stopping.")
                supervisor.stop()


@contextmanager
def only_one(project: Project) -> Iterator[None]:
    """One running system per checkout; the file names the process for `make stop`."""
    with (project.local / "run.pid").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise Problem(
                f"Already running here (process {file.read().strip()}); `make stop` ends it."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
        file.truncate(0)


def web_environment(addresses: dict[str, str]) -> dict[str, str]:
    """Web and workers never see the owner's address: they are bound by row-level security."""
    environment = {**os.environ, **addresses, "PYTHONUNBUFFERED": "1"}
    environment.pop("OWNER_DATABASE_URL", None)
    return environment


def prepare_database(project: Project, addresses: dict[str, str]) -> None:
    owner = addresses["OWNER_DATABASE_URL"]
    environment = {**os.environ, **addresses, "DATABASE_URL": owner, "PYTHONUNBUFFERED": "1"}
    command = [str(project.python), "-m", "scripts.runner.prepare", str(project.local / "demo-logins.txt")]
    with timed("Preparing the database (migrations, demo workspace)"):
        if subprocess.run(command, cwd=project.root, env=environment).returncode != 0:
            raise Problem("Preparing the database failed; the reason stands above.")


def serve(project: Project, supervisor: Supervisor, started: float) -> int:
    host = os.environ.get("HOST") or "127.0.0.1"
    listener = ports.listen(host, ports.wanted_port())
    for note in listener.notes:
        say(note)
    with listener.socket:
        supervisor.start(commands.web(project, listener.socket.fileno()))
        answered = processes.wait_until(
            lambda: (
                supervisor.stopping.is_set() or supervisor.has_ended("web") or answers(host, listener.port)
            ),
            READY_LIMIT_S,
            step=0.1,
        )
        if not answered or supervisor.has_ended("web"):
            raise Problem(f"The web server did not start; see {project.logs / 'web.log'}.")
        for command in commands.background(project):
            supervisor.start(command)
        announce(project, host, listener.port, time.monotonic() - started)
        return 0 if supervisor.watch() else 1


def answers(host: str, port: int) -> bool:
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    connection = http.client.HTTPConnection(target, port, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def announce(project: Project, host: str, port: int, seconds: float) -> None:
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else host
    say(f"\nReady after {seconds:.1f} s:  http://{shown}:{port}/\n")
    say((project.local / "demo-logins.txt").read_text().rstrip())
    say("\nCtrl-C stops everything.\n")
