"""Whatever goes wrong answers in one shape, and never with a 500."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from tests.cast import Cast
from workspace.models import Member

ClientOf = Callable[[Member], APIClient]
DEEP = "[" * 100_000


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        DEEP,
        '{"name": "\\u0000"}',
        '{"name": "\\ud800"}',
        '{"name": NaN}',
        '{"name": 1e400}',
        "[]",
        "null",
        "7",
    ],
    ids=["nothing", "cut off", "nested", "NUL", "lone surrogate", "NaN", "infinite", "a list", "null", "a number"],
)
def test_a_body_that_is_no_proper_object_is_refused_in_words(body: str, cast: Cast, client_of: ClientOf) -> None:
    response = client_of(cast.manager).generic("POST", "/api/v1/teams", body, content_type="application/json")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert {"type", "title", "status", "code", "detail", "errors"} <= problem.keys()
    assert problem["detail"]


def test_a_wrong_field_is_named(cast: Cast, client_of: ClientOf) -> None:
    response = client_of(cast.manager).post("/api/v1/teams", {"name": "East", "kind": "flying"})
    assert [error["field"] for error in response.json()["errors"]] == ["kind"]


def test_a_body_of_another_type_is_refused(cast: Cast, client_of: ClientOf) -> None:
    response = client_of(cast.manager).generic("POST", "/api/v1/teams", "name=x", content_type="text/plain")
    assert response.status_code == 415


def test_an_unknown_address_of_the_api_answers_as_a_problem(cast: Cast, client_of: ClientOf) -> None:
    response = client_of(cast.manager).get("/api/v1/nothing-here")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_a_refused_write_leaves_nothing_behind(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    before = client.get("/api/v1/teams").json()
    taken = client.post("/api/v1/teams", {"name": "Field", "kind": "field"})
    assert (taken.status_code, taken.json()["code"]) == (409, "conflict")
    assert client.get("/api/v1/teams").json() == before
