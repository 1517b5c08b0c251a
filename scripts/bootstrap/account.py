"""Which system user the private servers run as, and what that user can reach."""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.bootstrap.console import Problem

SERVER_USER = "postgres"


@dataclass(frozen=True)
class Account:
    """PostgreSQL refuses to run as root, so root hands the servers to another user."""

    uid: int
    gid: int
    demoted: bool

    @classmethod
    def for_servers(cls, existing_data: Path | None = None) -> Account:
        if os.getuid() != 0:
            return cls(os.getuid(), os.getgid(), demoted=False)
        if existing_data is not None and existing_data.stat().st_uid != 0:
            status = existing_data.stat()
            return cls(status.st_uid, status.st_gid, demoted=True)
        try:
            entry = pwd.getpwnam(SERVER_USER)
        except KeyError as error:
            raise Problem(f"System user `{SERVER_USER}` is missing; package postgresql-common makes it.") from error
        return cls(entry.pw_uid, entry.pw_gid, demoted=True)

    def become(self) -> None:
        """Run in a child process only."""
        if self.demoted:
            os.setgroups([])
            os.setgid(self.gid)
            os.setuid(self.uid)

    def launch_options(self) -> dict[str, Any]:
        """Arguments for subprocess that start a program as this account."""
        if not self.demoted:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, folder: Path) -> None:
        """Create a folder only this account (and root) can enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.demoted:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)

    def take_over(self, folder: Path) -> None:
        """A checkout copied by root brings a data folder that belongs to root, which no server opens."""
        if not self.demoted or folder.stat().st_uid == self.uid:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def can_enter(self, folder: Path) -> bool:
        """Whether the account really gets into its own folder, past every parent."""
        return self._try(lambda: os.listdir(folder) is not None)

    def _try(self, question: Callable[[], bool]) -> bool:
        child = os.fork()
        if child == 0:
            answer = 1
            try:
                self.become()
                answer = 0 if question() else 1
            except OSError:
                answer = 1
            finally:
                os._exit(answer)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
