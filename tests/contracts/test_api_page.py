"""What docs/api.md shows is what the system does."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from tests.api.routes import all_routes
from workspace.models import EventKind, Scope
from workspace.webhooks.signature import new_secret, signed_headers

PAGE = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(encoding="utf-8")
Check = Callable[[str, dict[str, str], bytes], bool]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def is_genuine() -> Check:
    """The receiver's side, as the page has it."""
    names: dict[str, Check] = {}
    exec(next(block for block in blocks("python") if "def is_genuine" in block), names)
    return names["is_genuine"]


def headers(secret: str, body: bytes, *, sent_s_ago: int = 0) -> dict[str, str]:
    signed = signed_headers(secret=secret, event_id="e1", timestamp_s=int(time.time()) - sent_s_ago, body=body)
    return {name.lower(): value for name, value in signed.items()}


def test_the_receivers_example_takes_what_is_genuine_and_nothing_else(is_genuine: Check) -> None:
    secret, body = new_secret(), b'{"id":"e1"}'
    assert is_genuine(secret, headers(secret, body), body)
    assert not is_genuine(secret, headers(secret, body), body + b" ")
    assert not is_genuine(new_secret(), headers(secret, body), body)
    assert not is_genuine(secret, headers(secret, body) | {"webhook-id": "e2"}, body)
    assert not is_genuine(secret, headers(secret, body, sent_s_ago=301), body)


def test_every_example_parses() -> None:
    for block in blocks("python"):
        compile(block, "docs/api.md", "exec")
    for block in blocks("json"):
        json.loads(block)


def test_every_scope_and_every_event_is_described() -> None:
    for name in (*Scope.values, *EventKind.values):
        assert f"`{name}`" in PAGE


def test_every_address_in_the_examples_exists() -> None:
    paths = [re.compile(re.sub(r"\{\w+\}", "[^/]+", route.path)) for route in all_routes()]
    shown = re.findall(r"\$URL/api/v1/([\w./-]+)", PAGE)
    assert len(shown) >= 4
    assert [path for path in shown if not any(pattern.fullmatch(path) for pattern in paths)] == []
