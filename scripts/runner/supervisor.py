"""Keeps the processes alive, shows what they print, and ends them together."""

from __future__ import annotations

import functools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from scripts.bootstrap import processes
from scripts.bootstrap.console import say
from scripts.runner.commands import GRACE_S, Command
from scripts.runner.guardian import Guardian

CRASH_WINDOW_S = 60.0
CRASH_LIMIT = 5
ROUND_S = 0.5


@dataclass
class Child:
    command: Command
    process: subprocess.Popen[str]
    crashes: list[float] = field(default_factory=list)


class Supervisor:
    def __init__(self, root: Path, logs: Path, environment: dict[str, str], guardian: Guardian) -> None:
        self._root = root
        self._logs = logs
        self._environment = environment
        self._guardian = guardian
        self._children: list[Child] = []
        self._print_lock = threading.Lock()
        self.stopping = threading.Event()

    def start(self, command: Command) -> None:
        (self._logs / f"{command.name}.log").write_text("")
        self._children.append(Child(command, self._launch(command)))

    def run_to_end(self, command: Command) -> bool:
        """Whether it ended well; told to stop meanwhile, it is ended early."""
        (self._logs / f"{command.name}.log").write_text("")
        process = self._launch(command)
        while process.poll() is None:
            if self.stopping.wait(0.05):
                processes.signal_group(process.pid, signal.SIGKILL)
                process.wait()
        self._guardian.forget(process.pid)
        return process.returncode == 0

    def watch(self, each_round: Callable[[], None]) -> bool:
        """Restart what ends by itself until told to stop; False when something keeps crashing."""
        while not self.stopping.wait(ROUND_S):
            each_round()
            for child in self._children:
                if child.process.poll() is not None and not self._restart(child):
                    return False
        return True

    def stop(self) -> None:
        groups = [child.process.pid for child in self._children]
        for child in self._children:
            processes.signal_group(child.process.pid, signal.SIGTERM)
        processes.wait_until(lambda: all(child.process.poll() is not None for child in self._children), GRACE_S)
        for group in groups:
            processes.signal_group(group, signal.SIGKILL)
        for child in self._children:
            child.process.wait()
            self._guardian.forget(child.process.pid)

    def has_ended(self, name: str) -> bool:
        return any(child.command.name == name and child.process.poll() is not None for child in self._children)

    def _restart(self, child: Child) -> bool:
        now = time.monotonic()
        child.crashes = [moment for moment in child.crashes if now - moment < CRASH_WINDOW_S] + [now]
        code = child.process.returncode
        if len(child.crashes) >= CRASH_LIMIT:
            say(f"{child.command.name} ended {CRASH_LIMIT} times in a minute (exit code {code}): giving up.")
            return False
        say(f"{child.command.name} ended with exit code {code}; starting it again.")
        processes.signal_group(child.process.pid, signal.SIGKILL)
        self._guardian.forget(child.process.pid)
        child.process = self._launch(child.command)
        return True

    def _launch(self, command: Command) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command.arguments,
            cwd=self._root,
            env={**self._environment, **command.variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            pass_fds=command.inherited,
            preexec_fn=functools.partial(processes.die_with_parent, command.last_signal),
        )
        self._guardian.watch(process.pid)
        assert process.stdout is not None
        reader = threading.Thread(target=self._relay, args=(command.name, process.stdout), daemon=True)
        reader.start()
        return process

    def _relay(self, name: str, output: IO[str]) -> None:
        with (self._logs / f"{name}.log").open("a") as log:
            for line in output:
                log.write(line)
                log.flush()
                with self._print_lock:
                    sys.stdout.write(f"{name:>10} | {line}")
                    sys.stdout.flush()


def stop_on_signals(event: threading.Event) -> None:
    """Ctrl-C, `kill`, and a closed terminal all mean: stop everything in order."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: event.set())
    if "MAKELEVEL" in os.environ:
        processes.die_with_parent(signal.SIGTERM)
