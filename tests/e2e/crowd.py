"""Signed-in people over plain HTTP, as many as one likes: no browser, real cookies."""

import http.client
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit


@dataclass
class Person:
    """One session, and a connection for each request."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        self.connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=120)

    def sign_in(self, email: str, password: str) -> "Person":
        _, page = self.send("GET", "/auth/login/")
        [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.decode())[:1]
        form = urlencode({"login": email, "password": password, "csrfmiddlewaretoken": token})
        status, _ = self.send("POST", "/auth/login/", form, {"Content-Type": "application/x-www-form-urlencoded"})
        assert status == 302, status
        return self

    def get(self, path: str) -> Any:
        status, body = self.send("GET", f"/api/v1/{path}")
        assert status == 200, (status, body)
        return json.loads(body)

    def post(self, path: str, data: dict[str, Any], *, revision: int | None = None) -> tuple[int, Any]:
        """Status and body; refusals are the caller's business."""
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.cookies["csrftoken"]}
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        status, body = self.send("POST", f"/api/v1/{path}", json.dumps(data), headers)
        return status, json.loads(body)

    def send(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        answer = self.open(method, path, body, headers)
        return answer.status, answer.read()

    def open(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> http.client.HTTPResponse:
        # The server closes a connection that was idle for a moment; a write must not meet a closed one.
        self.connection.close()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, {"Cookie": cookies, "Referer": self.url, **(headers or {})})
        answer = self.connection.getresponse()
        for header in answer.msg.get_all("Set-Cookie", []):
            name, value = header.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer
