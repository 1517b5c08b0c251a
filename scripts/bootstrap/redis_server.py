"""The private Redis server. It only carries messages and caches: the truth is in PostgreSQL."""

from __future__ import annotations

import shutil
import socket
import subprocess

from scripts.bootstrap import processes
from scripts.bootstrap.console import Problem
from scripts.bootstrap.places import Places

START_LIMIT_S = 10


def find_program() -> str | None:
    return shutil.which("redis-server") or shutil.which("valkey-server")


class RedisServer:
    def __init__(self, places: Places) -> None:
        self.places = places
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            try:
                connection.connect(str(self.places.redis_socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    @property
    def lives(self) -> bool:
        """Also true of a server too busy to answer."""
        return bool(processes.working_in(self.places.redis_data))

    def start(self) -> bool:
        """True when this call started it, False when it already ran."""
        if self.answers:
            return False
        program = find_program()
        if program is None:
            raise Problem("redis-server is not installed.")
        self.places.account.own(self.places.redis_data)
        self._clear_leftovers()
        with self.places.redis_log.open("ab") as log:
            self._process = subprocess.Popen(
                [program, *self._settings()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.places.redis_data,
                start_new_session=True,
                **self.places.account.launch_options(),
            )
        processes.wait_until(lambda: self.answers or self._has_ended(), START_LIMIT_S)
        if not self.answers:
            raise Problem(f"Redis did not start; see {self.places.redis_log}.")
        return True

    def stop(self) -> None:
        processes.end(processes.working_in(self.places.redis_data), grace_s=10)
        if self._process is not None:
            self._process.wait()

    def _has_ended(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def _clear_leftovers(self) -> None:
        processes.end(processes.working_in(self.places.redis_data), grace_s=5)
        self.places.redis_socket.unlink(missing_ok=True)

    def _settings(self) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(self.places.redis_socket),
            "unixsocketperm": "700",
            "dir": str(self.places.redis_data),
            "maxmemory": "512mb",
            "maxmemory-policy": "noeviction",
            "appendonly": "no",
            "save": "",
            "databases": "16",
            "daemonize": "no",
            "loglevel": "warning",
        }
        return [word for name, value in settings.items() for word in (f"--{name}", value)]
