"""Outlives the supervisor by a moment: ends what is left of it, then the private services.

It reads process groups from a pipe that closes with the supervisor, however that ended.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from types import TracebackType

from scripts.bootstrap import processes
from scripts.bootstrap.project import Project
from scripts.bootstrap.services import Services
from scripts.runner.commands import GRACE_S


class Guardian:
    """The supervisor's handle on its guardian."""

    def __init__(self, services: Services) -> None:
        self._services = services
        usage = services.usage_descriptor
        self._process = subprocess.Popen(
            [sys.executable, "-m", "scripts.runner.guardian", str(usage)],
            cwd=services.project.root,
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
            pass_fds=[] if usage is None else [usage],
        )

    def __enter__(self) -> Guardian:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Let go, and wait until the guardian has put everything away; what a killed one left is done here."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        self._services.leave()

    def watch(self, group: int) -> None:
        self._tell(f"+{group}")

    def forget(self, group: int) -> None:
        """An ended group's number may soon be somebody else's."""
        self._tell(f"-{group}")

    def _tell(self, line: str) -> None:
        """A guardian that was killed is no reason to stop what runs well."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
    for group in groups:
        processes.signal_group(group, signal.SIGTERM)
    processes.wait_until(lambda: not any(processes.group_lives(group) for group in groups), GRACE_S)
    for group in groups:
        processes.signal_group(group, signal.SIGKILL)
    if sys.argv[1] != "None":
        services = Services(Project.here())
        services.adopt(int(sys.argv[1]))
        services.leave()


if __name__ == "__main__":
    os.chdir(Project.here().root)
    main()
