from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Rep
from tests.cast import Cast
from workspace.models import Change, Member, Team
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
URL = "/api/v1/reps"


@pytest.fixture
def client(cast: Cast, client_of: ClientOf) -> APIClient:
    return client_of(cast.ops)


def body(cast: Cast, **fields: Any) -> dict[str, Any]:
    return {"external_id": "R-1", "name": "Dana Reyes", "team_id": cast.team.id} | fields


def test_a_rep_is_added_changed_and_read(cast: Cast, client: APIClient) -> None:
    made = client.post(URL, body(cast, home={"lon": -84.39, "lat": 33.75}, capacity_h=1500))
    assert made.status_code == 201
    rep = made.json()
    assert rep["home"] == {"lon": -84.39, "lat": 33.75}
    assert (rep["capacity_h"], rep["field_share"], rep["is_active"], rep["member_id"]) == (1500, 1, True, None)
    changed = client.patch(f"{URL}/{rep['id']}", {"home": None, "member_id": cast.rep.id})
    assert (changed.status_code, changed.json()["home"], changed.json()["member_id"]) == (200, None, cast.rep.id)
    assert client.get(f"{URL}/{rep['id']}").json() == changed.json()
    with workspace(cast.workspace.id):
        patch = Change.objects.get(subject_kind="rep", operation="update").patch
    assert patch == {"home": [[-84.39, 33.75], None], "member_id": [None, cast.rep.id]}


def test_deleting_a_rep_keeps_the_name_and_only_deactivates(cast: Cast, client: APIClient) -> None:
    rep = client.post(URL, body(cast)).json()
    assert client.delete(f"{URL}/{rep['id']}").status_code == 204
    assert client.get(f"{URL}/{rep['id']}").json()["is_active"] is False
    assert [each["id"] for each in client.get(f"{URL}?is_active=true").json()["results"]] == []


def test_an_id_that_is_taken_is_refused(cast: Cast, client: APIClient) -> None:
    client.post(URL, body(cast))
    refused = client.post(URL, body(cast, name="Lee"))
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert "'R-1'" in refused.json()["detail"]
    other = client.post(URL, body(cast, external_id="R-2")).json()
    assert client.patch(f"{URL}/{other['id']}", {"external_id": "R-1"}).status_code == 409


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"home": {"lon": -84, "lat": 91}}, "home.lat"),
        ({"home": {"lon": -84}}, "home.lat"),
        ({"home": [1, 2]}, "home"),
        ({"capacity_h": -1}, "capacity_h"),
        ({"capacity_h": 8785}, "capacity_h"),
        ({"field_share": 1.5}, "field_share"),
        ({"email": "nobody"}, "email"),
        ({"name": ""}, "name"),
        ({"team_id": None}, "team_id"),
        ({"team_id": 2**63}, "team_id"),
    ],
)
def test_what_a_rep_cannot_be_is_refused(cast: Cast, client: APIClient, fields: dict[str, Any], field: str) -> None:
    refused = client.post(URL, body(cast, **fields))
    assert refused.status_code == 400
    assert field in {error["field"] for error in refused.json()["errors"]}


def test_a_team_or_member_of_another_workspace_does_not_exist_here(cast: Cast, client: APIClient) -> None:
    foreign = cast.foreign
    for fields in ({"team_id": foreign.team.id}, {"member_id": foreign.members["rep"].id}):
        refused = client.post(URL, body(cast, **fields))
        unknown = client.post(URL, body(cast, **dict.fromkeys(fields, 10**12)))
        assert (refused.status_code, unknown.status_code) == (400, 400)
        assert "There is no" in refused.json()["detail"]


def test_reps_are_found_by_words_and_team(cast: Cast, client: APIClient) -> None:
    with workspace(cast.workspace.id):
        inside = Team.objects.create(workspace=cast.workspace, name="Inside")
        for number, (name, team) in enumerate([("Dana Reyes", cast.team), ("Lee Dane", inside), ("Kim", inside)]):
            Rep.objects.create(workspace=cast.workspace, team=team, external_id=f"R{number}", name=name)

    def names(query: str) -> set[str]:
        return {rep["name"] for rep in client.get(f"{URL}?{query}").json()["results"]}

    assert names("search=dan") == {"Dana Reyes", "Lee Dane"}
    assert names(f"team={inside.id}") == {"Lee Dane", "Kim"}
    assert names("search=R2") == {"Kim"}
    assert client.get(f"{URL}?team=x").status_code == 400


def test_reps_of_another_workspace_do_not_exist(cast: Cast, client: APIClient, client_of: ClientOf) -> None:
    rep = client.post(URL, body(cast)).json()
    stranger = client_of(cast.foreign.members["admin"])
    assert stranger.get(URL).json()["results"] == []
    for answer in (
        stranger.get(f"{URL}/{rep['id']}"),
        stranger.patch(f"{URL}/{rep['id']}", {"name": "Mine"}),
        stranger.delete(f"{URL}/{rep['id']}"),
        stranger.get(f"{URL}/99999999999999999999"),
    ):
        assert answer.status_code == 404
