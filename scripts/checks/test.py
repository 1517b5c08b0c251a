"""`make test`, `make lint` and `make bench`."""

from __future__ import annotations

import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.bootstrap import frontend, python_environment, system_packages
from scripts.bootstrap.console import Problem, say
from scripts.bootstrap.project import Project
from scripts.bootstrap.services import Services
from scripts.checks import steps
from scripts.checks.run_steps import run_steps

PRIVATE_REDIS_DATABASE = "?db=8"


def test(project: Project) -> int:
    with _alone(project, "test"), _services(project, browser=True) as environment:
        frontend.ensure_built(project)
        collect_static_files(project, environment)
        total = run_steps(project.root, steps.everything(project), environment)
    closing = str(total)
    (project.local / "closing-line").write_text(f"{closing}\n")
    say(f"\n{closing}")
    return 1 if total.failed else 0


def collect_static_files(project: Project, environment: dict[str, str]) -> None:
    """The browser tests get pages and scripts from the same place as a running system."""
    command = [str(project.python), "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    if subprocess.run(command, cwd=project.root, env=environment).returncode != 0:
        raise Problem("Collecting the static files failed; the reason stands above.")


def lint(project: Project) -> int:
    prepare_tools(project)
    total = run_steps(project.root, steps.lint(project), frontend.node_environment(project))
    say(f"\n{total}")
    return 1 if total.failed else 0


def bench(project: Project) -> int:
    with _services(project, browser=False) as environment:
        command = [str(project.python), "-m", "tests.benchmarks"]
        return subprocess.run(command, cwd=project.root, env=environment).returncode


def prepare_tools(project: Project) -> None:
    project.prepare()
    system_packages.ensure(browser=False, databases=False)
    python_environment.ensure(project, development=True)
    frontend.ensure_packages(project)


@contextmanager
def _services(project: Project, *, browser: bool) -> Iterator[dict[str, str]]:
    """Services for the block, on a Redis database that a running system does not use."""
    services = Services(project)
    project.prepare()
    system_packages.ensure(browser=browser, databases=not services.all_given)
    prepare_tools(project)
    addresses = services.join()
    if "REDIS_URL" not in os.environ:
        addresses["REDIS_URL"] = addresses["REDIS_URL"].replace("?db=0", PRIVATE_REDIS_DATABASE)
    try:
        yield {**frontend.node_environment(project), **addresses}
    finally:
        services.leave()


@contextmanager
def _alone(project: Project, name: str) -> Iterator[None]:
    """Two test runs in one checkout would share the test database."""
    project.prepare()
    path: Path = project.local / f"{name}.lock"
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem(f"`make {name}` is already running in this checkout.") from None
        yield
