"""A file of areas becomes a drawn alignment: a territory for each value of an attribute."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from accounts.models import Rep
from territory.models import Alignment, Territory
from tests.cast import Cast
from tests.territory.boundary_files import BOWTIE, feature, geojson, ring, row_of_squares
from workspace.models import Member

ClientOf = Callable[[Member], APIClient]


@pytest.fixture
def client(here: Cast, client_of: ClientOf) -> APIClient:
    return client_of(here.manager)


def upload(client: APIClient, content: bytes) -> int:
    form = {"file": SimpleUploadedFile("areas.geojson", content)}
    return client.post("/api/v1/boundary-files", form, format="multipart").json()["id"]


def make(client: APIClient, here: Cast, item: int, **values: Any) -> Any:
    body = {"name": "From a file", "team_id": here.team.pk, "code_attribute": "code"}
    return client.post(f"/api/v1/boundary-files/{item}/territories", body | values)


def test_each_area_becomes_a_drawn_territory(here: Cast, client: APIClient) -> None:
    made = make(client, here, upload(client, row_of_squares(3)), name_attribute="name")
    assert made.status_code == 201, made.json()
    assert (made.json()["basis"], made.json()["state"], made.json()["n_territories"]) == ("drawn", "draft", 3)
    rows = Territory.objects.filter(alignment_id=made.json()["id"])
    assert list(rows.values_list("code", "name")) == [("S0", "Square 0"), ("S1", "Square 1"), ("S2", "Square 2")]
    assert all(row.boundary.area == pytest.approx(1) and row.area_m2 > 9e9 for row in rows)


def test_features_of_one_value_are_one_territory(here: Cast, client: APIClient) -> None:
    content = geojson(*(feature([ring(i, 0)], region="East" if i else "West") for i in range(3)))
    made = make(client, here, upload(client, content), code_attribute="region").json()
    rows = Territory.objects.filter(alignment_id=made["id"]).order_by("position")
    assert [(row.name, row.boundary.num_geom, row.boundary.area) for row in rows] == [
        ("West", 1, pytest.approx(1)),
        ("East", 1, pytest.approx(2)),
    ]


def test_reps_of_the_team_are_found_by_code_or_name_once(here: Cast, client: APIClient) -> None:
    Rep.objects.create(workspace=here.workspace, team=here.team, external_id="S0", name="Ana")
    Rep.objects.create(workspace=here.workspace, team=here.team, external_id="R9", name="square 1")
    made = make(client, here, upload(client, row_of_squares(3)), name_attribute="name").json()
    rows = Territory.objects.filter(alignment_id=made["id"]).order_by("position")
    assert [row.rep and row.rep.name for row in rows] == ["Ana", "square 1", None]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code_attribute": "nothing"}, "code_attribute"),
        ({"name_attribute": "nothing"}, "name_attribute"),
        ({"team_id": 987_654_321}, "team_id"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_made_of_the_file_is_refused(
    here: Cast, client: APIClient, changed: dict[str, Any], field: str
) -> None:
    refused = make(client, here, upload(client, row_of_squares(2)), **changed)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == field
    assert not Alignment.objects.exists()


def test_broken_areas_are_left_out_only_when_that_is_chosen(here: Cast, client: APIClient) -> None:
    item = upload(client, geojson(feature([BOWTIE], code="b"), feature([ring(2, 2)], code="c")))
    assert make(client, here, item).json()["errors"][0]["field"] == "skip_problems"
    assert make(client, here, item, skip_problems=True).json()["n_territories"] == 1


def test_more_areas_than_territories_are_refused(
    here: Cast, client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("territory.drafting.from_areas.TERRITORIES_MAX", 2)
    refused = make(client, here, upload(client, row_of_squares(3)))
    assert (refused.status_code, refused.json()["errors"][0]["bound"]) == (400, 2)
    assert not Alignment.objects.exists()


def test_a_foreign_file_answers_like_none(here: Cast, client: APIClient, client_of: ClientOf) -> None:
    foreign = upload(client_of(here.foreign.members["ops"]), row_of_squares(2))
    assert make(client, here, foreign).status_code == make(client, here, 987_654_321).status_code == 404
