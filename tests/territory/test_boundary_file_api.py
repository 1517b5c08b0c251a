"""From an upload to a unit layer, by the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from territory.models import BasicUnit, BoundaryFile, UnitAdjacency, UnitLayer
from tests.cast import Cast
from tests.territory.boundary_files import BOWTIE, feature, geojson, ring, row_of_squares
from workspace.models import Member
from workspace.tasks import run_job
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]


def upload(client: APIClient, content: bytes, filename: str = "areas.geojson") -> Any:
    return client.post("/api/v1/boundary-files", {"file": SimpleUploadedFile(filename, content)}, format="multipart")


@pytest.mark.django_db(transaction=True)
def test_an_uploaded_file_becomes_a_unit_layer(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.ops)
    item = upload(client, row_of_squares(3)).json()
    assert (item["found"]["n_areas"], item["found"]["code_attribute"]) == (3, "code")
    body = {"kind": "file", "name": "Squares", "boundary_file": item["id"], "code_attribute": "code"}
    made = client.post("/api/v1/unit-layers", body | {"name_attribute": "name"})
    assert made.status_code == 202, made.content
    run_job(cast.workspace.pk, made.json()["job"]["id"])
    layer = client.get(f"/api/v1/unit-layers/{made.json()['id']}").json()
    assert (layer["state"], layer["n_units"], layer["kind"]) == ("ready", 3, "file"), layer
    with workspace(cast.workspace.pk):
        assert BasicUnit.objects.values_list("code", "name").first() == ("S0", "Square 0")
        assert UnitAdjacency.objects.count() == 2


def test_a_file_that_cannot_be_read_leaves_nothing_behind(here: Cast, client_of: ClientOf) -> None:
    answer = upload(client_of(here.ops), b"{", "areas.geojson")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert "not valid JSON" in answer.json()["detail"]
    assert not BoundaryFile.objects.exists()


def test_a_repair_is_chosen_after_looking(here: Cast, client_of: ClientOf) -> None:
    client = client_of(here.ops)
    item = upload(client, geojson(feature([BOWTIE], code="b"), feature([ring(2, 2)], code="c"))).json()
    body = {"kind": "file", "name": "Broken", "boundary_file": item["id"], "code_attribute": "code"}
    refused = client.post("/api/v1/unit-layers", body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "skip_problems")
    mended = client.patch(f"/api/v1/boundary-files/{item['id']}", {"repair": True}).json()
    assert (mended["found"]["n_problems"], mended["found"]["n_repairs"]) == (0, 1)
    assert client.post("/api/v1/unit-layers", body).status_code == 202


@pytest.mark.parametrize(
    "changed",
    [
        {"boundary_file": 987_654_321},
        {"boundary_file": None},
        {"code_attribute": "nothing"},
        {"name_attribute": "nothing"},
        {"code_attribute": "same"},
    ],
)
def test_a_layer_that_cannot_be_made_of_the_file_is_refused_at_once(
    here: Cast, client_of: ClientOf, changed: dict[str, Any]
) -> None:
    client = client_of(here.ops)
    content = geojson(*(feature([ring(i, 0)], code=str(i), same="x") for i in range(2)))
    item = upload(client, content).json()
    body = {"kind": "file", "name": "L", "boundary_file": item["id"], "code_attribute": "code"} | changed
    answer = client.post("/api/v1/unit-layers", {key: value for key, value in body.items() if value is not None})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == next(iter(changed))
    assert not UnitLayer.objects.exists()


def test_a_file_of_another_workspace_answers_like_none(cast: Cast, client_of: ClientOf) -> None:
    foreign = upload(client_of(cast.foreign.members["ops"]), row_of_squares()).json()
    client = client_of(cast.ops)
    body = {"kind": "file", "name": "L", "code_attribute": "code"}
    answers = [
        client.post("/api/v1/unit-layers", body | {"boundary_file": number}) for number in (foreign["id"], 987_654_321)
    ]
    assert [answer.json()["errors"][0]["problem"] for answer in answers] == ["is no file that was uploaded here"] * 2
