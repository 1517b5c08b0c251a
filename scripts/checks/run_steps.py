"""Runs steps; a failing one does not stop the next. Checks run side by side, tests one after the other."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts.bootstrap.console import say
from scripts.checks import counting
from scripts.checks.counting import Count
from scripts.checks.steps import Step


@dataclass(frozen=True)
class Outcome:
    count: Count
    seconds: float
    output: str = ""


def run_steps(root: Path, steps: Sequence[Step], environment: dict[str, str]) -> Count:
    total = Count()
    failed = []
    checks = [step for step in steps if step.report is None]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        pending = {step.title: pool.submit(_run, root, step, environment, is_shown=False) for step in checks}
        for step in steps:
            say(f"\n==> {step.title}")
            check = pending.get(step.title)
            outcome = check.result() if check else _run(root, step, environment, is_shown=True)
            if outcome.output:
                say(outcome.output.rstrip())
            total += outcome.count
            if outcome.count.failed:
                failed.append(step.title)
            say(f"    {step.title}: {outcome.count} in {outcome.seconds:.1f} s")
    if failed:
        say(f"\nFailed: {', '.join(failed)}")
    return total


def _run(root: Path, step: Step, environment: dict[str, str], *, is_shown: bool) -> Outcome:
    """Run one step; its output goes to the terminal as it comes, or into the outcome."""
    if step.report is not None:
        step.report.parent.mkdir(parents=True, exist_ok=True)
        step.report.unlink(missing_ok=True)
    started = time.monotonic()
    output = ""
    try:
        done = subprocess.run(
            step.command,
            cwd=root / step.folder,
            env={**environment, **step.variables},
            stdin=subprocess.DEVNULL,
            stdout=None if is_shown else subprocess.PIPE,
            stderr=None if is_shown else subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        code, output = done.returncode, done.stdout or ""
    except OSError as error:
        code, output = 127, f"    cannot run {step.command[0]}: {error.strerror}"
    if step.report is not None and step.count is not None:
        count = step.count(step.report, code)
    else:
        count = counting.of_check(code)
    return Outcome(count, time.monotonic() - started, output)
