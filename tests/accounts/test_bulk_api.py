"""Accounts from a program: many at once, all or nothing, and the same call again changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Account
from tests.cast import Cast, make_cast
from workspace.models import Change, Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
OAK = {"external_id": "00123", "name": "Oak", "location": {"lon": -84.39, "lat": 33.75}, "revenue": 1200.5}
PINE = {"external_id": "124", "name": "Pine", "location": None, "revenue": None}
COUNTS = ("n_rows", "n_created", "n_updated", "n_unchanged", "n_bad")


@pytest.fixture
def actors(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def client(actors: Cast, client_of: ClientOf) -> APIClient:
    return client_of(actors.ops)


def post(client: APIClient, rows: Any, **body: Any) -> Any:
    return client.post("/api/v1/accounts/bulk", {"rows": rows, **body}, format="json")


def counts(answer: Any) -> tuple[int, ...]:
    assert answer.status_code == 200, answer.json()
    return tuple(answer.json()[name] for name in COUNTS)


def names(cast: Cast) -> dict[str, str]:
    with workspace(cast.workspace.pk):
        return dict(Account.objects.values_list("external_id", "name"))


def test_accounts_are_made_and_found_again_by_their_id(actors: Cast, client: APIClient) -> None:
    assert counts(post(client, [OAK, PINE])) == (2, 2, 0, 0, 0)
    assert counts(post(client, [OAK, PINE | {"name": "Pine & Sons"}])) == (2, 0, 1, 1, 0)
    assert names(actors) == {"00123": "Oak", "124": "Pine & Sons"}
    with workspace(actors.workspace.pk):
        oak = Account.objects.get(external_id="00123")
        assert (oak.revenue_minor, oak.location.coords, oak.geocode_quality) == (120050, (-84.39, 33.75), "given")


def test_the_same_call_again_changes_nothing(actors: Cast, client: APIClient) -> None:
    post(client, [OAK, PINE])
    with workspace(actors.workspace.pk):
        before = list(Account.objects.order_by("id").values())
        n_changes = Change.objects.count()
    assert counts(post(client, [OAK, PINE])) == (2, 0, 0, 2, 0)
    with workspace(actors.workspace.pk):
        assert list(Account.objects.order_by("id").values()) == before
        assert Change.objects.count() == n_changes


def test_fields_that_are_not_named_keep_their_values(actors: Cast, client: APIClient) -> None:
    post(client, [OAK | {"metrics": {"beds": 3, "size": 7}}])
    post(client, [{"external_id": "00123", "name": "Oak", "phone": "555", "metrics": {"rooms": 2}}])
    with workspace(actors.workspace.pk):
        oak = Account.objects.get()
    assert (oak.phone, oak.revenue_minor, oak.location.coords) == ("555", 120050, (-84.39, 33.75))
    assert oak.custom_metrics == {"beds": 3, "size": 7, "rooms": 2}


def test_a_place_comes_as_location_or_as_two_fields(actors: Cast, client: APIClient) -> None:
    post(client, [{"external_id": "1", "name": "Oak", "lat": 33.75, "lon": -84.39}])
    with workspace(actors.workspace.pk):
        assert Account.objects.get().location.coords == (-84.39, 33.75)


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"location": {"lon": -84, "lat": 91}}, "rows.1.lat", "is out of range"),
        ({"location": {"lon": -84}}, "rows.1", "location must be {lon, lat} or null"),
        ({"revenue": -5}, "rows.1.revenue", "is out of range"),
        ({"revenue": "lots"}, "rows.1.revenue", "is not a number"),
        ({"revenue": True}, "rows.1.revenue", "must be a number or null"),
        ({"revenue": [1]}, "rows.1.revenue", "must be a number or null"),
        ({"name": ""}, "rows.1.name", "is empty"),
        ({"name": None}, "rows.1.name", "is empty"),
        ({"name": {"en": "Pine"}}, "rows.1.name", "must be text or null"),
        ({"name": "x" * 301}, "rows.1.name", "301 characters long"),
        ({"external_id": 1e5}, "rows.1.external_id", "must be text"),
        ({"external_id": "00123"}, "rows.1.external_id", "is the same as in row 1"),
        ({"phone": "555"}, "rows.1.phone", "missing in the first row"),
    ],
)
def test_a_bad_row_stops_the_call_and_is_named(
    actors: Cast, client: APIClient, change: dict[str, Any], field: str, says: str
) -> None:
    refused = post(client, [OAK, PINE | change])
    assert refused.status_code == 400
    body = refused.json()
    assert (body["code"], body["n_bad"]) == ("invalid", 1)
    assert [each["field"] for each in body["errors"]] == [field]
    assert says in body["errors"][0]["problem"]
    assert names(actors) == {}


def test_bad_rows_are_left_out_when_asked(actors: Cast, client: APIClient) -> None:
    bad = PINE | {"external_id": "125", "revenue": "lots"}
    answer = post(client, [OAK, bad, PINE, "no row"], skip_bad=True)
    assert counts(answer) == (4, 2, 0, 0, 2)
    assert answer.json()["problems"] == [
        {"field": "rows.1.revenue", "problem": "is not a number", "value": "lots", "bound": "written like 1,234.56"},
        {"field": "rows.3", "problem": "must be an object of fields", "value": None, "bound": None},
    ]
    assert names(actors) == {"00123": "Oak", "124": "Pine"}


def test_of_many_problems_the_first_hundred_are_shown(client: APIClient) -> None:
    rows = [OAK | {"external_id": str(number), "revenue": -1} for number in range(300)]
    body = post(client, rows).json()
    assert (len(body["errors"]), body["n_bad"], body["n_problems"]) == (100, 300, 300)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "must be a list of accounts"),
        ({}, "must be a list of accounts"),
        ("rows", "must be a list of accounts"),
        ([1, None], "have problems"),
        ([{}], "No column is mapped to Account id"),
        ([{"external_id": "1"}], "No column is mapped to Name"),
        ([OAK | {"planet": 1}], "There is no field 'planet'"),
        ([OAK | {"metrics": {"Not a key!": 1}}], "There is no field 'metric:Not a key!'"),
        ([OAK | {"metrics": [1]}], "has problems"),
        ([{"external_id": "1", "name": "Oak", "lat": 3}], "a place needs both"),
    ],
)
def test_what_are_no_accounts_is_refused_in_words(client: APIClient, rows: Any, says: str) -> None:
    refused = post(client, rows)
    assert refused.status_code == 400
    assert says in refused.json()["detail"]


def test_ten_thousand_rows_go_in_one_call_and_one_more_does_not(actors: Cast, client: APIClient) -> None:
    rows = [OAK | {"external_id": f"{number:05}"} for number in range(10_001)]
    refused = post(client, rows)
    assert (refused.status_code, refused.json()["detail"]) == (
        413, "The call has 10,001 rows; 10,000 are the most.",
    )  # fmt: skip
    assert counts(post(client, rows[1:])) == (10_000, 10_000, 0, 0, 0)
    assert len(names(actors)) == 10_000


def test_a_call_of_too_many_bytes_is_not_read(client: APIClient, settings: Any) -> None:
    settings.BULK_MAX_BYTES = 50
    refused = post(client, [OAK])
    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")


def test_another_workspaces_account_of_the_same_id_is_left_alone(
    actors: Cast, client: APIClient, client_of: ClientOf
) -> None:
    post(client, [OAK])
    stranger = client_of(actors.foreign.members["ops"])
    assert counts(post(stranger, [OAK | {"name": "Other"}])) == (1, 1, 0, 0, 0)
    assert names(actors) == {"00123": "Oak"}


def test_viewers_and_reps_write_nothing(actors: Cast, client_of: ClientOf) -> None:
    for member in (actors.viewer, actors.rep):
        assert post(client_of(member), [OAK]).status_code == 403
    assert names(actors) == {}


def test_a_call_is_in_the_history(actors: Cast, client: APIClient) -> None:
    post(client, [OAK, PINE])
    with workspace(actors.workspace.pk):
        assert Change.objects.get(operation="bulk").label == "Accounts by the API: 2 new, 0 updated"
