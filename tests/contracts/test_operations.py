"""What those who run it rely on: health, readiness, and logs that name nobody."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from tests.cast import Cast
from workspace.models import Member


def test_healthz_answers_without_a_sign_in(client: APIClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_readyz_says_which_part_is_ready(client: APIClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]) == (
        200,
        {"database": "ok", "migrations": "ok", "redis": "ok"},
    )


@pytest.mark.django_db
def test_readyz_is_503_while_redis_is_away(client: APIClient, settings: object) -> None:
    settings.REDIS_URL = "redis://localhost:1/0"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["redis"]) == (503, "unreachable")


def test_a_request_log_names_the_route_but_no_person_and_no_search(
    cast: Cast, client_of: Callable[[Member], APIClient], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    client_of(cast.manager).get("/api/v1/teams?search=Secret+Customer")
    assert "api/v1/teams" in caplog.text
    for forbidden in ("Secret", cast.manager.user.email, cast.manager.user.name):
        assert forbidden not in caplog.text
