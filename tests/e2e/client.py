"""The API as a signed-in browser uses it: cookies, CSRF, and errors shown with their body."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import APIResponse, Browser, BrowserContext


@dataclass
class Client:
    context: BrowserContext
    url: str

    @classmethod
    def signed_in(cls, browser: Browser, url: str, email: str, password: str) -> "Client":
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{url}/auth/login/")
        page.get_by_label("Email").first.fill(email)
        page.get_by_label("Password").first.fill(password)
        page.get_by_role("button", name="Sign in", exact=True).first.click()
        page.wait_for_url(lambda address: "/auth/" not in address)
        page.close()
        return cls(context, url)

    def get(self, path: str) -> Any:
        return self._body(self.context.request.get(f"{self.url}/api/v1/{path}"))

    def post(self, path: str, data: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
        headers = self._headers | (headers or {})
        return self._body(self.context.request.post(f"{self.url}/api/v1/{path}", data=data, headers=headers))

    def delete(self, path: str) -> None:
        self._body(self.context.request.delete(f"{self.url}/api/v1/{path}", headers=self._headers))

    def upload(self, path: str, fields: dict[str, str], filename: str, content: bytes) -> Any:
        file = {"name": filename, "mimeType": "text/csv", "buffer": content}
        request = self.context.request.post(
            f"{self.url}/api/v1/{path}", multipart={**fields, "file": file}, headers=self._headers
        )
        return self._body(request)

    @property
    def _headers(self) -> dict[str, str]:
        token = next(cookie["value"] for cookie in self.context.cookies() if cookie["name"] == "csrftoken")
        return {"X-CSRFToken": token, "Referer": self.url}

    def _body(self, response: APIResponse) -> Any:
        assert response.ok, (response.status, response.url, response.text())
        return response.json() if response.body() else None
