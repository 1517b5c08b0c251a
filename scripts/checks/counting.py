"""How many tests passed, failed and were skipped, read from the machine-readable reports of each tool."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def of_check(exit_code: int) -> Count:
    """A linter or a comparison counts as one test."""
    return Count(passed=1) if exit_code == 0 else Count(failed=1)


def of_pytest(report: Path, exit_code: int) -> Count:
    try:
        suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    except (OSError, ElementTree.ParseError):
        return Count(failed=1)
    tests, failed, skipped = (
        sum(int(suite.get(name, 0)) for suite in suites for name in names)
        for names in (("tests",), ("failures", "errors"), ("skipped",))
    )
    return _never_silent(Count(tests - failed - skipped, failed, skipped), exit_code)


def of_vitest(report: Path, exit_code: int) -> Count:
    try:
        found = json.loads(report.read_text())
    except (OSError, ValueError):
        return Count(failed=1)
    skipped = found.get("numPendingTests", 0) + found.get("numTodoTests", 0)
    return _never_silent(Count(found.get("numPassedTests", 0), found.get("numFailedTests", 0), skipped), exit_code)


def _never_silent(count: Count, exit_code: int) -> Count:
    """A run that broke down, or found nothing to run, is a failure even when no single test failed."""
    if exit_code != 0 and count.failed == 0:
        return count + Count(failed=1)
    return count
