"""API tokens: what they open, for how long, and who finds out about them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from rest_framework.test import APIClient

from tests.cast import Cast
from workspace.models import ApiToken, Change, Member, Role
from workspace.services.api_tokens import MAX_TOKENS, create_api_token, revoke_api_token
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
TEAMS, TOKENS = "/api/v1/teams", "/api/v1/api-tokens"


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> None:
    cache.clear()


def make(member: Member, *scopes: str, **options: Any) -> tuple[ApiToken, str]:
    with workspace(member.workspace_id):
        return create_api_token(name="Nightly", scopes=scopes or ["read"], actor=member, **options)


def bearer(secret: str) -> APIClient:
    """A program: no cookies, and CSRF is checked where it applies."""
    return APIClient(enforce_csrf_checks=True, HTTP_AUTHORIZATION=f"Bearer {secret}")


def change(token: ApiToken, **fields: object) -> None:
    with workspace(token.workspace_id):
        ApiToken.objects.filter(pk=token.pk).update(**fields)


def reload(token: ApiToken) -> ApiToken:
    with workspace(token.workspace_id):
        return ApiToken.objects.get(pk=token.pk)


def test_a_token_opens_its_members_workspace_and_no_other(cast: Cast) -> None:
    _, secret = make(cast.manager)
    assert [team["id"] for team in bearer(secret).get(TEAMS).json()] == [cast.team.id]


def test_a_token_writes_without_a_csrf_token_and_in_its_members_name(cast: Cast) -> None:
    _, secret = make(cast.ops, "write")
    assert bearer(secret).post(TEAMS, {"name": "East", "kind": "field"}).status_code == 201
    with workspace(cast.workspace.id):
        assert Change.objects.get(subject_kind="team").member_id == cast.ops.id


def test_the_word_bearer_may_be_written_as_one_likes(cast: Cast) -> None:
    _, secret = make(cast.ops)
    assert APIClient(HTTP_AUTHORIZATION=f"bearer {secret}").get(TEAMS).status_code == 200


def test_the_secret_is_shown_once_and_only_its_hash_is_kept(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.ops)
    made = client.post(TOKENS, {"name": "Nightly", "scopes": ["read", "export"]}).json()
    assert made["secret"].startswith("tm_")
    assert len(made["secret"]) >= 43
    assert made["secret"].startswith(made["prefix"])
    listed = client.get(TOKENS).json()
    assert [token["name"] for token in listed] == ["Nightly"]
    assert "secret" not in listed[0]
    with workspace(cast.workspace.id):
        row = ApiToken.objects.values().get()
        assert made["secret"] not in str(row)
        assert made["secret"] not in str(list(Change.objects.values()))


def test_a_token_lives_ninety_days_unless_said_otherwise(cast: Cast, client_of: ClientOf) -> None:
    made = client_of(cast.ops).post(TOKENS, {"name": "x", "scopes": ["read"]}).json()
    token = ApiToken(expires_at=timezone.datetime.fromisoformat(made["expires_at"]))
    assert timedelta(days=89) < token.expires_at - timezone.now() <= timedelta(days=90)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "x", "scopes": []}, "scopes"),
        ({"name": "x", "scopes": ["everything"]}, "scopes.0"),
        ({"name": "", "scopes": ["read"]}, "name"),
        ({"name": "x" * 101, "scopes": ["read"]}, "name"),
        ({"name": "x", "scopes": ["read"], "expires_in_days": 367}, "expires_in_days"),
        ({"name": "x", "scopes": ["read"], "expires_in_days": 0}, "expires_in_days"),
    ],
)
def test_a_token_that_cannot_be_is_refused_by_field(
    body: dict[str, Any], field: str, cast: Cast, client_of: ClientOf
) -> None:
    refused = client_of(cast.ops).post(TOKENS, body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, field)


@pytest.mark.parametrize("secret", ["tm_wrong", "", "tm_" + "x" * 5000, "tm_ü", "Basic"])
def test_a_wrong_secret_is_refused_in_words(secret: str, cast: Cast) -> None:
    answer = APIClient().get(TEAMS, headers={"Authorization": f"Bearer {secret}".encode().decode("latin-1")})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.json()["detail"] == "There is no such API token."
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_an_expired_token_is_refused_with_its_day(cast: Cast) -> None:
    token, secret = make(cast.ops)
    change(token, expires_at=timezone.now() - timedelta(seconds=1))
    answer = bearer(secret).get(TEAMS)
    assert answer.status_code == 401
    assert "expired on" in answer.json()["detail"]


def test_a_revoked_token_is_refused_from_the_next_request_on(cast: Cast, client_of: ClientOf) -> None:
    token, secret = make(cast.ops)
    assert bearer(secret).get(TEAMS).status_code == 200
    assert client_of(cast.ops).delete(f"{TOKENS}/{token.id}").status_code == 204
    assert client_of(cast.ops).get(TOKENS).json()[0]["state"] == "revoked"
    answer = bearer(secret).get(TEAMS)
    assert (answer.status_code, answer.json()["detail"]) == (401, "This API token was revoked.")


def test_revoking_twice_is_recorded_once(here: Cast) -> None:
    token, _ = create_api_token(name="x", scopes=["read"], actor=here.ops)
    revoke_api_token(token, actor=here.ops)
    revoke_api_token(token, actor=here.ops)
    assert Change.objects.filter(subject_kind="api_token", operation="revoke").count() == 1


def test_a_token_of_somebody_who_was_switched_off_is_refused(cast: Cast) -> None:
    _, secret = make(cast.ops)
    cast.ops.user.is_active = False
    cast.ops.user.save()
    assert bearer(secret).get(TEAMS).status_code == 401


def test_a_token_loses_what_its_member_loses(cast: Cast) -> None:
    _, secret = make(cast.ops, "write", "read")
    Member.objects.filter(pk=cast.ops.pk).update(role=Role.VIEWER)
    assert bearer(secret).get(TEAMS).status_code == 200
    refused = bearer(secret).post(TEAMS, {"name": "East", "kind": "field"})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


def test_beside_a_session_the_token_counts(cast: Cast, client_of: ClientOf) -> None:
    _, secret = make(cast.ops, "read")
    client = client_of(cast.admin)
    answer = client.post(TEAMS, {"name": "East", "kind": "field"}, headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert "write" in answer.json()["detail"]


def test_a_token_tells_of_no_other_workspace_of_its_member(cast: Cast) -> None:
    cast.foreign.workspace.members.create(user=cast.manager.user, role="viewer")
    _, secret = make(cast.manager)
    assert [each["name"] for each in bearer(secret).get("/api/v1/session").json()["workspaces"]] == ["Acme"]


def test_outside_the_api_a_token_is_nothing(cast: Cast) -> None:
    _, secret = make(cast.manager)
    assert bearer(secret).get("/").status_code == 302


def test_use_is_noted_once_a_minute(cast: Cast) -> None:
    token, secret = make(cast.ops)
    bearer(secret).get(TEAMS)
    first = reload(token).last_used_at
    bearer(secret).get(TEAMS)
    assert first is not None
    assert reload(token).last_used_at == first
    change(token, last_used_at=first - timedelta(seconds=61))
    bearer(secret).get(TEAMS)
    assert reload(token).last_used_at > first - timedelta(seconds=1)


def test_use_is_noted_even_when_the_request_is_refused(cast: Cast) -> None:
    token, secret = make(cast.ops, "read")
    assert bearer(secret).post(TEAMS, {"name": "East", "kind": "field"}).status_code == 403
    assert reload(token).last_used_at is not None


def test_one_sees_and_revokes_ones_own_and_admins_everybodys(cast: Cast, client_of: ClientOf) -> None:
    mine, _ = make(cast.ops)
    theirs, _ = make(cast.manager)
    make(cast.foreign.members["admin"])
    assert [token["id"] for token in client_of(cast.ops).get(TOKENS).json()] == [mine.id]
    assert client_of(cast.ops).delete(f"{TOKENS}/{theirs.id}").status_code == 404
    assert {token["id"] for token in client_of(cast.admin).get(TOKENS).json()} == {mine.id, theirs.id}
    assert client_of(cast.admin).delete(f"{TOKENS}/{theirs.id}").status_code == 204


def test_there_is_a_most_of_active_tokens(here: Cast, client_of: ClientOf) -> None:
    for _ in range(MAX_TOKENS):
        create_api_token(name="x", scopes=["read"], actor=here.ops)
    refused = client_of(here.ops).post(TOKENS, {"name": "x", "scopes": ["read"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")


def test_a_program_that_runs_wild_is_slowed_down_and_people_are_not(
    cast: Cast, client_of: ClientOf, settings: Any
) -> None:
    settings.API_TOKEN_RATE = "3/min"
    _, secret = make(cast.ops)
    program = bearer(secret)
    assert [program.get(TEAMS).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert int(program.get(TEAMS)["Retry-After"]) > 0
    assert {client_of(cast.ops).get(TEAMS).status_code for _ in range(5)} == {200}


def test_without_a_workspace_no_token_is_seen(cast: Cast) -> None:
    make(cast.ops)
    assert list(ApiToken.objects.all()) == []
