"""Warm starts skip what was already done with the same inputs."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from scripts.bootstrap.project import Project


def fingerprint(*facts: object, files: Iterable[Path] = ()) -> str:
    """A digest of plain facts and of the content of files."""
    digest = hashlib.sha256(repr(facts).encode())
    for path in sorted(files):
        digest.update(os.fsencode(path))
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class Stamp:
    """Written after a step ended well, so that an interrupted step is done again."""

    def __init__(self, project: Project, name: str) -> None:
        self.path = project.local / "stamps" / name

    def matches(self, value: str) -> bool:
        try:
            return self.path.read_text() == value
        except FileNotFoundError:
            return False

    def write(self, value: str) -> None:
        self.path.write_text(value)

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
