"""Folders for server data and sockets: in the project when possible, elsewhere when not."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from scripts.bootstrap.account import Account
from scripts.bootstrap.console import Problem
from scripts.bootstrap.project import Project

SOCKET_PATH_LIMIT_BYTES = 107
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Places:
    account: Account
    base: Path
    sockets: Path

    @property
    def postgres_data(self) -> Path:
        return self.base / "postgres"

    @property
    def redis_data(self) -> Path:
        return self.base / "redis"

    @property
    def postgres_log(self) -> Path:
        return self.base / "postgres.log"

    @property
    def redis_log(self) -> Path:
        return self.base / "redis.log"

    @property
    def redis_socket(self) -> Path:
        return self.sockets / "redis.sock"

    @property
    def redis_pid(self) -> Path:
        return self.base / "redis.pid"


def choose(project: Project) -> Places:
    candidates = [project.local / "services", *(parent / project.slug for parent in _elsewhere())]
    filled = [folder for folder in candidates if _holds_cluster(folder)]
    for folder in [*filled, *(folder for folder in candidates if folder not in filled)]:
        account = Account.for_servers(folder / "postgres" if folder in filled else None)
        if _usable(folder, account):
            return Places(account, folder, _socket_folder(folder, project, account))
    tried = ", ".join(str(folder) for folder in candidates)
    raise Problem(f"No folder found in which the database server may keep its data; tried {tried}.")


def _elsewhere() -> list[Path]:
    if os.getuid() == 0:
        return [Path("/var/lib"), Path("/var/tmp")]
    state = os.environ.get("XDG_STATE_HOME")
    return [Path(state) if state else Path.home() / ".local" / "state", Path("/var/tmp")]


def _holds_cluster(folder: Path) -> bool:
    try:
        return (folder / "postgres" / "PG_VERSION").exists()
    except OSError:
        return False


def _usable(folder: Path, account: Account) -> bool:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if not _is_ours(folder, account):
            return False
        account.own(folder)
    except OSError:
        return False
    return account.can_enter(folder)


def _is_ours(folder: Path, account: Account) -> bool:
    """In a shared parent such as /tmp somebody else may have taken the name."""
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return True
    return stat.S_ISDIR(status.st_mode) and status.st_uid in {account.uid, os.getuid()}


def _socket_folder(base: Path, project: Project, account: Account) -> Path:
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    short = [Path("/run")] if os.getuid() == 0 else [Path(runtime)] if runtime else []
    candidates = [base / "run", *(parent / project.slug for parent in [*short, Path("/tmp")])]
    for folder in candidates:
        if fits(folder) and _usable(folder, account):
            return folder
    tried = ", ".join(str(folder) for folder in candidates)
    raise Problem(f"No folder found for sockets (path of at most {SOCKET_PATH_LIMIT_BYTES} bytes); tried {tried}.")


def fits(folder: Path) -> bool:
    return len(os.fsencode(folder / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_LIMIT_BYTES
