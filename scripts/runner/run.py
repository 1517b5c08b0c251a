"""`make run`: set up, prepare the database, start everything, stop everything."""

from __future__ import annotations

import fcntl
import http.client
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from scripts.bootstrap import frontend, processes, python_environment, system_packages
from scripts.bootstrap.console import Problem, say, timed
from scripts.bootstrap.project import Project
from scripts.bootstrap.services import Services
from scripts.bootstrap.stamps import Stamp, fingerprint
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
            supervisor = Supervisor(project.root, project.logs, web_environment(addresses), guardian)
            stop_on_signals(supervisor.stopping)
            try:
                return serve(project, supervisor, services, addresses, started)
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
            raise Problem(f"Already running here (process {file.read().strip()}); `make stop` ends it.") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def web_environment(addresses: dict[str, str]) -> dict[str, str]:
    """Web and workers never see the owner's address: they are bound by row-level security."""
    environment = {**os.environ, **addresses, "PYTHONUNBUFFERED": "1"}
    environment.pop("OWNER_DATABASE_URL", None)
    return environment


def serve(
    project: Project, supervisor: Supervisor, services: Services, addresses: dict[str, str], started: float
) -> int:
    """The web server loads while a known database is looked over, but waits for a new one to be filled."""
    host = os.environ.get("HOST") or "127.0.0.1"
    known = Stamp(project, "database")
    state = fingerprint(addresses, files=project.root.glob("*/migrations/*.py"))
    if not known.matches(state):
        known.remove()
        prepare_database(project, supervisor, addresses)
    if supervisor.stopping.is_set():
        return 0
    listener = ports.listen(host, ports.wanted_port())
    for note in listener.notes:
        say(note)
    with listener.socket:
        supervisor.start(commands.web(project, listener.socket.fileno()))
        if known.matches(state):
            prepare_database(project, supervisor, addresses)
        wait_for_web(project, supervisor, host, listener.port)
        if supervisor.stopping.is_set():
            return 0
        known.write(state)
        for command in commands.background(project):
            supervisor.start(command)
        announce(project, host, listener.port, time.monotonic() - started)
        return 0 if supervisor.watch(services.revive) else 1


def prepare_database(project: Project, supervisor: Supervisor, addresses: dict[str, str]) -> None:
    with timed("Preparing the database (migrations, demo workspace)"):
        ended_well = supervisor.run_to_end(commands.prepare(project, addresses["OWNER_DATABASE_URL"]))
        if not ended_well and not supervisor.stopping.is_set():
            raise Problem(f"Preparing the database failed; see {project.logs / 'prepare.log'}.")


def wait_for_web(project: Project, supervisor: Supervisor, host: str, port: int) -> None:
    status: int | None = None

    def is_decided() -> bool:
        nonlocal status
        status = health_status(host, port)
        return status is not None or supervisor.stopping.is_set() or supervisor.has_ended("web")

    processes.wait_until(is_decided, READY_LIMIT_S, step=0.1)
    if status != http.HTTPStatus.OK and not supervisor.stopping.is_set():
        answer = f"answers /healthz with {status}" if status else "did not start"
        raise Problem(f"The web server {answer}; see {project.logs / 'web.log'}.")


def health_status(host: str, port: int) -> int | None:
    """What /healthz answers; None while nobody answers."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    connection = http.client.HTTPConnection(target, port, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def announce(project: Project, host: str, port: int, seconds: float) -> None:
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else host
    say(f"\nReady after {seconds:.1f} s:  http://{shown}:{port}/\n")
    say(commands.demo_logins(project).read_text().rstrip())
    say("\nCtrl-C stops everything.\n")
