"""The supervisor in a process of its own, with `sleep` in the place of web server and workers."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.bootstrap import places, processes
from scripts.bootstrap.project import Project

MakeCheckout = Callable[[Path], Project]
PROGRAM = """
import os, sys
from scripts.bootstrap.project import Project
from scripts.bootstrap.services import Services
from scripts.runner.commands import Command
from scripts.runner.guardian import Guardian
from scripts.runner.supervisor import Supervisor, stop_on_signals

project = Project.here()
services = Services(project)
addresses = services.join()
with Guardian(services) as guardian:
    supervisor = Supervisor(project.root, project.logs, dict(os.environ), guardian)
    stop_on_signals(supervisor.stopping)
    supervisor.start(Command("child", [*sys.argv[1:]]))
    code = 0 if supervisor.watch(services.revive) else 1
    supervisor.stop()
sys.exit(code)
"""


@pytest.fixture
def project(started_before: MakeCheckout, open_folder: Path) -> Project:
    return started_before(open_folder / "project")


@pytest.fixture
def supervise(project: Project) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started = []

    def start(*child: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", PROGRAM, *child]
        process = subprocess.Popen(command, cwd=project.root, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    return next(line for line in process.stdout if words in line)


def in_checkout(project: Project) -> list[int]:
    """Everything alive that works for this checkout."""
    chosen = places.choose(project)
    folders = (project.root, chosen.postgres_data, chosen.redis_data)
    return [pid for folder in folders for pid in processes.working_in(folder)]


def test_a_stop_signal_ends_children_and_servers_even_a_stubborn_one(project: Project, supervise: Callable):
    process = supervise("sh", "-c", "trap '' TERM; echo ready; while true; do sleep 1; done")
    read_until(process, "ready")
    assert len(in_checkout(project)) > 4
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert in_checkout(project) == []


def test_a_kill_of_the_supervisor_ends_children_and_servers_too(project: Project, supervise: Callable):
    process = supervise("sh", "-c", "echo ready; exec sleep 600")
    read_until(process, "ready")
    process.kill()
    assert processes.wait_until(lambda: in_checkout(project) == [], 30)


def test_a_child_that_is_killed_is_started_again(supervise: Callable):
    process = supervise("sh", "-c", "echo pid $$; exec sleep 600")
    first = int(read_until(process, "pid").split()[-1])
    os.kill(first, signal.SIGKILL)
    assert "exit code -9; starting it again" in read_until(process, "child ended")
    second = int(read_until(process, "pid").split()[-1])
    assert processes.is_alive(second)
    assert second != first


def test_a_child_that_keeps_crashing_ends_the_system_with_an_error(project: Project, supervise: Callable):
    process = supervise("sh", "-c", "exit 3")
    assert "5 times in a minute (exit code 3)" in read_until(process, "giving up")
    assert process.wait(timeout=30) == 1
    assert in_checkout(project) == []


def test_a_killed_guardian_neither_stops_the_system_nor_keeps_it_from_stopping(project: Project, supervise: Callable):
    process = supervise("sh", "-c", "echo pid $$; exec sleep 600")
    child = int(read_until(process, "pid").split()[-1])
    guardians = [pid for pid in processes.working_in(project.root) if is_guardian(pid)]
    processes.end(guardians, grace_s=5, first=signal.SIGKILL)
    os.kill(child, signal.SIGKILL)
    assert "starting it again" in read_until(process, "child ended")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert len(guardians) == 1
    assert in_checkout(project) == []


def is_guardian(pid: int) -> bool:
    return "scripts.runner.guardian" in Path(f"/proc/{pid}/cmdline").read_text().split("\0")
