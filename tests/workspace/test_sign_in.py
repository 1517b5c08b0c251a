"""Signing in by e-mail, and what an outsider can find out: nothing."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.cast import Cast

LOGIN = "/auth/login/"


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> None:
    cache.clear()


def sign_in(client: Client, email: str, password: str) -> int:
    return client.post(LOGIN, {"login": email, "password": password}).status_code


def test_the_right_password_opens_the_desk(cast: Cast, client: Client) -> None:
    assert sign_in(client, cast.manager.user.email, "correct horse") == 302
    assert client.get("/api/v1/session").json()["member"]["role"] == "manager"


def test_the_e_mail_may_be_written_in_capitals(cast: Cast, client: Client) -> None:
    assert sign_in(client, cast.manager.user.email.upper(), "correct horse") == 302


def test_a_wrong_password_is_refused(cast: Cast, client: Client) -> None:
    assert sign_in(client, cast.manager.user.email, "wrong") == 200
    assert client.get("/api/v1/session").status_code == 401


def test_guessing_is_stopped_after_a_few_failures(cast: Cast, client: Client) -> None:
    for _ in range(5):
        sign_in(client, cast.manager.user.email, "wrong")
    sign_in(client, cast.manager.user.email, "correct horse")
    assert client.get("/api/v1/session").status_code == 401


def test_nobody_signs_up_alone(cast: Cast, client: Client) -> None:
    client.post("/auth/signup/", {"email": "new@x.example", "password1": "long enough 7", "password2": "long enough 7"})
    assert sign_in(client, "new@x.example", "long enough 7") == 200


def test_a_forgotten_password_is_reset_by_e_mail(cast: Cast, client: Client) -> None:
    client.post("/auth/password/reset/", {"email": cast.manager.user.email})
    assert [message.to for message in mail.outbox] == [[cast.manager.user.email]]
    assert "/auth/password/reset/key/" in mail.outbox[0].body


def test_asking_for_an_unknown_e_mail_looks_the_same(cast: Cast, client: Client) -> None:
    known = client.post("/auth/password/reset/", {"email": cast.manager.user.email})
    unknown = client.post("/auth/password/reset/", {"email": "nobody@x.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_rep_is_sent_from_the_desk_to_the_phone_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.rep.user)
    assert client.get("/").url == "/me/"


def test_pages_forbid_foreign_hosts_and_inline_scripts(client: Client) -> None:
    policy = client.get(LOGIN)["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_member_of_two_workspaces_can_switch(cast: Cast, client: Client) -> None:
    cast.foreign.workspace.members.create(user=cast.manager.user, role="viewer")
    client.force_login(cast.manager.user)
    switched = client.patch(
        "/api/v1/session", {"workspace_id": cast.foreign.workspace.id}, content_type="application/json"
    )
    assert switched.json()["workspace"]["name"] == "Globex"
    assert [team["id"] for team in client.get("/api/v1/teams").json()] == [cast.foreign.team.id]


def test_a_workspace_one_does_not_belong_to_cannot_be_chosen(cast: Cast, client: Client) -> None:
    client.force_login(cast.manager.user)
    body = {"workspace_id": cast.foreign.workspace.id}
    assert client.patch("/api/v1/session", body, content_type="application/json").status_code == 404
