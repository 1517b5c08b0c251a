"""Outlives the supervisor by a moment: ends what is left of it, then the private services.

It reads process groups from a pipe that closes with the supervisor, however that ended.
"""

from __future__ import annotations

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
        """Let go, and wait until the guardian has put everything away."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def watch(self, group: int) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{group}\n")
        self._process.stdin.flush()


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups = [int(line) for line in sys.stdin]
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
