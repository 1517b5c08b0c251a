"""A CRM on this machine: a real server that keeps accounts and answers as its documentation says.

Each connector's fake fills in `answer`. `interrupt` puts an answer in front of the next ones: "hang", or a Reply.
"""

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from territory.connectors.protocol import ConnectorKind


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    status: int = 200
    payload: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"

    @property
    def body(self) -> bytes:
        if isinstance(self.payload, bytes):
            return self.payload
        return b"" if self.payload is None else json.dumps(self.payload).encode()


@dataclass
class Record:
    owner: str = ""
    territory: str = ""


class FakeCrm(ABC):
    """`accounts` by id. `secrets` may stand in no message."""

    kind: ConnectorKind
    settings: Mapping[str, str] = {}
    credentials: Mapping[str, str]
    secrets: tuple[str, ...]
    owners: tuple[str, str]
    territories: tuple[str, str]
    # How many accounts one call takes.
    batch_size = 1
    can_read = True
    # Whether a 401 can be mended without a person.
    can_renew = False

    def __init__(self) -> None:
        self.accounts: dict[str, Record] = {self.account_id(n): Record(self.owners[0]) for n in range(5)}
        self.got: list[Request] = []
        self.interruptions: list[Reply | str] = []
        self.is_revoked = False
        self._let_go = threading.Event()

    @abstractmethod
    def account_id(self, n: int) -> str: ...

    @abstractmethod
    def answer(self, request: Request) -> Reply: ...

    def answer_sign_in(self, request: Request) -> Reply | None:
        """Where signing in is a call of its own."""
        return None

    def unauthorized(self) -> Reply:
        return Reply(401, {"message": "no"})

    def busy(self, retry_after: str) -> Reply:
        return Reply(429, {"message": "Too many requests"}, {"Retry-After": retry_after})

    def interrupt(self, *answers: Reply | str) -> None:
        self.interruptions += answers

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def state(self) -> dict[str, tuple[str, str]]:
        return {key: (record.owner, record.territory) for key, record in self.accounts.items()}

    def respond(self, request: Request) -> Reply | str:
        self.got.append(request)
        signed_in = self.answer_sign_in(request)
        if signed_in is not None:
            return signed_in
        if self.interruptions:
            return self.interruptions.pop(0)
        if self.is_revoked:
            return self.unauthorized()
        return self.answer(request)

    def __enter__(self) -> Self:
        crm = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                reply = crm.respond(Request(self.command, self.path, headers, body))
                if isinstance(reply, str):
                    crm._let_go.wait()
                    self.close_connection = True
                    return
                self.send_response(reply.status)
                for name, value in ({"Content-Type": reply.content_type} | dict(reply.headers)).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            do_GET = do_PUT = do_PATCH = do_DELETE = do_POST

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._let_go.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
