"""Where this checkout keeps its things."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from scripts.bootstrap.console import Problem

NAME = "territories"


@dataclass(frozen=True)
class Project:
    root: Path

    @classmethod
    def here(cls) -> Project:
        return cls(Path(__file__).resolve().parents[2])

    @property
    def local(self) -> Path:
        """Everything a run leaves behind: data, sockets, stamps, logs."""
        return self.root / ".local"

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def frontend(self) -> Path:
        return self.root / "frontend"

    @property
    def logs(self) -> Path:
        return self.local / "logs"

    @property
    def slug(self) -> str:
        """A name no other checkout on this machine has."""
        digest = hashlib.sha256(os.fsencode(self.root)).hexdigest()
        return f"{NAME}-{digest[:10]}"

    def prepare(self) -> None:
        """Create .local, or say who has to give way."""
        for folder in (self.local, self.logs, self.local / "stamps"):
            try:
                folder.mkdir(exist_ok=True)
            except OSError as error:
                raise Problem(f"Cannot create {folder}: {error.strerror}. Is this your checkout?") from error
            if not os.access(folder, os.W_OK):
                raise Problem(f"{folder} belongs to another user: run as that user, or remove the folder.")
