"""PostGIS and Redis together: who uses them, who may stop them, how Django reaches them."""

from __future__ import annotations

import fcntl
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

from scripts.bootstrap import places
from scripts.bootstrap.console import say
from scripts.bootstrap.postgres import PostgresServer
from scripts.bootstrap.project import NAME, Project
from scripts.bootstrap.redis_server import RedisServer

VARIABLES = ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL")


class Services:
    """Every user holds a shared lock, dropped by the kernel with the process; the last one out stops all."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._usage: IO[str] | None = None
        self._postgres: PostgresServer | None = None
        self._redis: RedisServer | None = None
        self._given = {name: os.environ[name] for name in VARIABLES if os.environ.get(name)}

    @property
    def all_given(self) -> bool:
        return {"DATABASE_URL", "REDIS_URL"} <= self._given.keys()

    def join(self) -> dict[str, str]:
        """Start what is neither given nor running; returns the variables for Django."""
        if self.all_given:
            return self._addresses(None)
        self.project.prepare()
        with self._exclusive():
            self._usage = (self.project.local / "services.users").open("w")
            fcntl.flock(self._usage, fcntl.LOCK_SH)
            chosen = places.choose(self.project)
            self._postgres, self._redis = self._servers(chosen)
            if self._postgres is not None:
                self._postgres.start()
                self._postgres.run_script(self.project.root / "scripts" / "sql" / "roles.sql")
            if self._redis is not None:
                self._redis.start()
        return self._addresses(chosen)

    def revive(self) -> None:
        """Start a server again that was killed under us."""
        if self._postgres is not None and self._postgres.pid is None:
            with self._exclusive():
                if self._postgres.start():
                    say("PostgreSQL had ended; it was started again.")
        if self._redis is not None and not self._redis.lives:
            with self._exclusive():
                if self._redis.start():
                    say("Redis had ended; it was started again.")

    def _servers(self, chosen: places.Places) -> tuple[PostgresServer | None, RedisServer | None]:
        postgres = None if "DATABASE_URL" in self._given else PostgresServer(chosen)
        return postgres, None if "REDIS_URL" in self._given else RedisServer(chosen)

    def leave(self) -> None:
        """Stop the servers unless somebody else uses them or they were asked to stay."""
        if self._usage is None:
            return
        with self._exclusive():
            try:
                fcntl.flock(self._usage, fcntl.LOCK_EX | fcntl.LOCK_NB)
                others = False
            except BlockingIOError:
                others = True
            if not others and not self._stay_marker.exists():
                self._stop_servers()
            self._usage.close()
            self._usage = None

    @property
    def usage_descriptor(self) -> int | None:
        """An inherited copy keeps the lock alive after this process."""
        return None if self._usage is None else self._usage.fileno()

    def adopt(self, descriptor: int) -> None:
        self._usage = os.fdopen(descriptor, "w")

    def keep(self) -> None:
        """From now on only `make stop` ends the servers."""
        self._stay_marker.touch()

    def stop(self) -> None:
        self.project.prepare()
        with self._exclusive():
            self._stay_marker.unlink(missing_ok=True)
            self._stop_servers()

    def write_environment(self, addresses: dict[str, str]) -> Path:
        """A file for `source`, for work outside make."""
        path = self.project.local / "env"
        lines = [f"export {name}={shlex.quote(value)}\n" for name, value in addresses.items()]
        path.write_text("".join(lines))
        return path

    @property
    def _stay_marker(self) -> Path:
        return self.project.local / "services.stay"

    def _stop_servers(self) -> None:
        chosen = places.choose(self.project)
        RedisServer(chosen).stop()
        PostgresServer(chosen).stop()

    def _addresses(self, chosen: places.Places | None) -> dict[str, str]:
        addresses = dict(self._given)
        if "DATABASE_URL" in addresses:
            addresses.setdefault("OWNER_DATABASE_URL", addresses["DATABASE_URL"])
        elif chosen is not None:
            host = quote(str(chosen.sockets))
            addresses["DATABASE_URL"] = f"postgres://app_runtime@/{NAME}?host={host}"
            addresses["OWNER_DATABASE_URL"] = f"postgres://app_owner@/{NAME}?host={host}"
        if "REDIS_URL" not in addresses and chosen is not None:
            addresses["REDIS_URL"] = f"unix://{quote(str(chosen.redis_socket))}?db=0"
        return addresses

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Two starts at once do no harm: the second waits and finds the servers running."""
        with (self.project.local / "services.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
