"""Which processes make up the running system."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, field
from pathlib import Path

from scripts.bootstrap.project import Project

WEB_WORKERS = 2
GRACE_S = 5
ROOT_WARNING = "You're running the worker with superuser privileges"


@dataclass(frozen=True)
class Command:
    name: str
    arguments: list[str]
    last_signal: signal.Signals = signal.SIGTERM
    """Sent by the kernel when the supervisor itself was killed."""
    inherited: list[int] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)


def prepare(project: Project, owner_address: str) -> Command:
    """Migrations and demo data need the owner of the tables."""
    arguments = [str(project.python), "-m", "scripts.runner.prepare", str(demo_logins(project))]
    return Command("prepare", arguments, signal.SIGKILL, variables={"DATABASE_URL": owner_address})


def demo_logins(project: Project) -> Path:
    return project.local / "demo-logins.txt"


def web(project: Project, listener: int) -> Command:
    server = [
        "-m",
        "gunicorn",
        "config.wsgi:application",
        "--preload",
        "--worker-class",
        "gthread",
        "--threads",
        "16",
    ]
    workers = os.environ.get("WEB_CONCURRENCY", str(WEB_WORKERS))
    limits = ["--workers", workers, "--timeout", "120", "--graceful-timeout", str(GRACE_S - 2)]
    options = ["--bind", f"fd://{listener}", "--log-level", "warning", *limits]
    return Command("web", [str(project.python), *server, *options], inherited=[listener])


def background(project: Project) -> list[Command]:
    """Imports and optimizer runs have a worker of their own: neither waits for the other."""
    python = str(project.python)
    beat = [*_celery(python), "beat", "--pidfile=", "-l", "WARNING"]
    return [
        Command("dispatcher", [python, "manage.py", "dispatch_jobs"]),
        _worker(python, "imports", "imports"),
        _worker(python, "optimizer", "optimizer", variables={"LOADS_KERNELS": "1", "OPENBLAS_NUM_THREADS": "1"}),
        _worker(python, "worker", "default,travel"),
        Command("beat", beat),
    ]


def _worker(python: str, name: str, queues: str, variables: dict[str, str] | None = None) -> Command:
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "WARNING"]
    options = ["-Q", queues, "-c", "1", "-n", f"{name}@%h", *quiet]
    return Command(name, [*_celery(python), "worker", *options], signal.SIGQUIT, variables=variables or {})


def _celery(python: str) -> list[str]:
    return [python, "-W", f"ignore:{ROOT_WARNING}", "-m", "celery", "--quiet", "-A", "config"]
