"""Questions to /proc, and how processes start and end."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def is_alive(pid: int) -> bool:
    """A zombie answers signals but does no work: it counts as dead."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    state = stat.rpartition(")")[2].split()[0]
    return state not in {"Z", "X"}


def program_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def works_in(pid: int, folder: Path) -> bool:
    """Whether a living process has this folder as its working directory."""
    try:
        return os.readlink(f"/proc/{pid}/cwd") == os.path.realpath(folder) and is_alive(pid)
    except OSError:
        return False


def working_in(folder: Path) -> list[int]:
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [pid for pid in pids if works_in(pid, folder)]


def wait_until(condition: Callable[[], bool], seconds: float, step: float = 0.02) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(step)
    return True


def end(pids: Iterable[int], grace_s: float, first: signal.Signals = signal.SIGTERM) -> None:
    """Ask processes to end, then make them."""
    remaining = [pid for pid in pids if _send(pid, first)]
    if wait_until(lambda: not any(is_alive(pid) for pid in remaining), grace_s):
        return
    for pid in remaining:
        _send(pid, signal.SIGKILL)
    wait_until(lambda: not any(is_alive(pid) for pid in remaining), 5)


def signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


def group_lives(group: int) -> bool:
    """Whether any living process, zombies aside, belongs to this group."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            same = os.getpgid(int(entry.name)) == group
        except ProcessLookupError:
            continue
        if same and is_alive(int(entry.name)):
            return True
    return False


def _send(pid: int, number: signal.Signals) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def die_with_parent(number: signal.Signals) -> None:
    """Run in the child between fork and exec: the kernel sends `number` when the parent ends."""
    _libc.prctl(PR_SET_PDEATHSIG, int(number))
