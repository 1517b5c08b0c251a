"""Stopping, cleaning, formatting and regenerating."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

from scripts.bootstrap import frontend, places, processes
from scripts.bootstrap.console import Problem, say
from scripts.bootstrap.project import Project
from scripts.bootstrap.services import Services
from scripts.checks.test import prepare_tools

STOP_LIMIT_S = 30
REBUILT = ("frontend/node_modules", "frontend/dist", "static/collected", ".local/stamps", ".local/generated")
CACHES = (
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
    ".import_linter_cache",
    "test-results",
)
REQUIREMENTS = ("requirements", "requirements-dev")


def services(project: Project) -> int:
    """Start PostGIS and Redis and leave them running."""
    private = Services(project)
    addresses = private.join()
    private.keep()
    path = private.write_environment(addresses)
    for name, value in addresses.items():
        say(f"{name}={value}")
    say(f"For your shell: source {path}")
    return 0


def stop(project: Project) -> int:
    """Stop a running system, then PostGIS and Redis of this checkout."""
    project.prepare()
    pid = _running(project)
    if pid is not None:
        os.kill(pid, signal.SIGTERM)
        if not processes.wait_until(lambda: not processes.is_alive(pid), STOP_LIMIT_S):
            raise Problem(f"Process {pid} did not stop within {STOP_LIMIT_S} s.")
    Services(project).stop()
    say("Stopped.")
    return 0


def clean(project: Project) -> int:
    """Remove what the next start builds again. Data stays."""
    stop(project)
    for name in (*REBUILT, *CACHES):
        shutil.rmtree(project.root / name, ignore_errors=True)
    for cache in project.root.glob("[!.]*/**/__pycache__"):
        if "node_modules" not in cache.parts:
            shutil.rmtree(cache, ignore_errors=True)
    shutil.rmtree(project.venv, ignore_errors=True)
    say("Removed the virtual environment, Node packages, builds and caches. The database was kept.")
    return 0


def reset(project: Project) -> int:
    """Remove the private database, Redis and uploads of this checkout."""
    stop(project)
    chosen = places.choose(project)
    for folder in (chosen.base, chosen.sockets, project.local / "media"):
        shutil.rmtree(folder, ignore_errors=True)
    say(f"Removed the private database in {chosen.base}.")
    return 0


def format_sources(project: Project) -> int:
    """Bring Python and TypeScript into the common form."""
    prepare_tools(project)
    python = str(project.python)
    commands: list[tuple[list[str], Path]] = [
        ([python, "-m", "ruff", "check", "--fix", "."], project.root),
        ([python, "-m", "ruff", "format", "."], project.root),
        (["npm", "run", "--silent", "format"], project.frontend),
    ]
    environment = frontend.node_environment(project)
    return max(subprocess.run(command, cwd=folder, env=environment).returncode for command, folder in commands)


def schema(project: Project) -> int:
    """Write the OpenAPI schema and the TypeScript types generated from it."""
    prepare_tools(project)
    for kind in ("schema", "types"):
        command = [str(project.python), "-m", "scripts.checks.generated", kind, "--write"]
        if code := subprocess.run(command, cwd=project.root).returncode:
            return code
    return 0


def lock(project: Project) -> int:
    """Resolve requirements*.in into the hash-pinned requirements*.txt."""
    uv = shutil.which("uv")
    if uv is None:
        raise Problem("`make lock` needs uv: https://docs.astral.sh/uv/")
    how = ["--generate-hashes", "--python-version", "3.11", "--no-emit-index-url", "--no-header", "--quiet"]
    for name in REQUIREMENTS:
        command = [uv, "pip", "compile", *how, f"{name}.in", "-o", f"{name}.txt"]
        if code := subprocess.run(command, cwd=project.root).returncode:
            return code
    return 0


def _running(project: Project) -> int | None:
    """The supervisor's process id, when the file is not left over."""
    try:
        pid = int((project.local / "run.pid").read_text())
    except (FileNotFoundError, ValueError):
        return None
    return pid if processes.works_in(pid, project.root) else None
