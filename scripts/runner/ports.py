"""A listening socket on the wanted port, or on the next free one."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass

from scripts.bootstrap.console import Problem

DEFAULT_PORT = 8000
HIGHEST_PORT = 65535
ATTEMPTS = 100


@dataclass(frozen=True)
class Listener:
    """The open socket is handed to the web server, so nobody can take the port in between."""

    socket: socket.socket
    notes: tuple[str, ...]

    @property
    def port(self) -> int:
        return int(self.socket.getsockname()[1])


def wanted_port() -> int:
    value = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not value.isdigit() or not 1 <= int(value) <= HIGHEST_PORT:
        raise Problem(f"PORT must be a whole number from 1 to {HIGHEST_PORT}, got {value!r}.")
    return int(value)


def listen(host: str, wanted: int) -> Listener:
    notes: list[str] = []
    port = wanted
    for _ in range(ATTEMPTS):
        try:
            return Listener(_bind(host, port), tuple(notes))
        except PermissionError:
            following = DEFAULT_PORT
            reason = "may only be used by root"
        except socket.gaierror as error:
            raise Problem(f"HOST {host!r} is not an address of this machine: {error.strerror}.") from error
        except OSError as error:
            following = port + 1 if port < HIGHEST_PORT else DEFAULT_PORT
            reason = "is taken" if error.errno == 98 else f"cannot be used ({error.strerror})"
        notes.append(f"Port {port} {reason}; trying {following}.")
        port = following
    raise Problem(f"No free port found from {wanted} on, after {ATTEMPTS} attempts.")


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(256)
    except BaseException:
        listener.close()
        raise
    return listener
