"""A receiver of calls on this machine: a real server that answers as it is told, and keeps what it got."""

import base64
import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Got:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answers` are used up one by one; the last one stays. An answer is a status, "hang" or "trickle"."""

    server: ThreadingHTTPServer
    answers: list[int | str] = field(default_factory=lambda: [200])
    got: list[Got] = field(default_factory=list)
    n_connections: int = 0
    let_go: threading.Event = field(default_factory=threading.Event)
    location: str = ""

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def next_answer(self) -> int | str:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def receiver(*answers: int | str) -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            running.got.append(Got(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            answer = running.next_answer()
            if answer == "hang":
                running.let_go.wait()
                self.close_connection = True
            elif answer == "trickle":
                self._trickle()
            else:
                self.send_response(int(answer))
                if running.location:
                    self.send_header("Location", running.location)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

        do_GET = do_POST

        def _trickle(self) -> None:
            """One byte of a header that never ends after the other."""
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
                while not running.let_go.wait(0.02):
                    self.wfile.write(b"x")
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def verify_request(self, *_: object) -> bool:
            running.n_connections += 1
            return True

        def handle_error(self, *_: object) -> None:
            """Who speaks TLS to a plain server has still connected."""

    running = Receiver(Server(("127.0.0.1", 0), Handler))
    running.answers = list(answers) or [200]
    thread = threading.Thread(target=running.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.let_go.set()
        running.server.shutdown()
        running.server.server_close()
        thread.join()


def is_signed(got: Got, secret: str) -> bool:
    """As docs/api.md tells a receiver to check it."""
    signed = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    digest = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(digest).decode()
    return hmac.compare_digest(expected, got.headers["webhook-signature"])
