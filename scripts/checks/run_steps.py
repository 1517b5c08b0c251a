"""Runs steps one after the other; a failing one does not stop the next."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from scripts.bootstrap.console import say
from scripts.checks import counting
from scripts.checks.counting import Count
from scripts.checks.steps import Step


def run_steps(root: Path, steps: Sequence[Step], environment: dict[str, str]) -> Count:
    total = Count()
    failed = []
    for step in steps:
        say(f"\n==> {step.title}")
        started = time.monotonic()
        count = run_step(root, step, environment)
        total += count
        if count.failed:
            failed.append(step.title)
        say(f"    {step.title}: {count} in {time.monotonic() - started:.1f} s")
    if failed:
        say(f"\nFailed: {', '.join(failed)}")
    return total


def run_step(root: Path, step: Step, environment: dict[str, str]) -> Count:
    if step.report is not None:
        step.report.parent.mkdir(parents=True, exist_ok=True)
        step.report.unlink(missing_ok=True)
    try:
        code = subprocess.run(
            step.command,
            cwd=root / step.folder,
            env={**environment, **step.variables},
            stdin=subprocess.DEVNULL,
        ).returncode
    except OSError as error:
        say(f"    cannot run {step.command[0]}: {error.strerror}")
        code = 127
    if step.report is not None and step.count is not None:
        return step.count(step.report, code)
    return counting.of_check(code)
