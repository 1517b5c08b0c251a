"""The wizard's way: upload, look, run, watch, read the report."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from accounts.models import Account, AccountImport
from tests.accounts.files import GOOD, MAPPING, workbook
from tests.cast import Cast, make_cast
from workspace.models import Member
from workspace.tasks import run_job
from workspace.tenancy import workspace

# A job's heartbeat has a database connection of its own, that sees committed rows only.
runs_jobs = pytest.mark.django_db(transaction=True)
ClientOf = Callable[[Member], APIClient]


@pytest.fixture
def actors(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def client(actors: Cast, client_of: ClientOf) -> APIClient:
    return client_of(actors.ops)


def post_file(client: APIClient, content: bytes | str, filename: str = "accounts.csv", kind: str = "accounts") -> Any:
    file = SimpleUploadedFile(filename, content.encode() if isinstance(content, str) else content)
    return client.post("/api/v1/imports", {"kind": kind, "file": file}, format="multipart")


def post(client: APIClient, url: str, body: dict[str, Any], **headers: str) -> Any:
    return client.post(f"/api/v1/{url}", body, format="json", headers=headers)


@runs_jobs
def test_a_file_goes_from_upload_to_accounts_and_its_mapping_is_remembered(actors: Cast, client: APIClient) -> None:
    uploaded = post_file(client, GOOD)
    assert uploaded.status_code == 201
    item = uploaded.json()
    assert (item["state"], item["n_rows"], item["remembered"], item["job"]) == ("uploaded", 3, False, None)
    assert item["detected"] == {"encoding": "utf-8", "delimiter": ",", "sheet": None, "sheets": []}
    assert {column["name"]: column["field"] for column in item["columns"]} == MAPPING
    assert item["columns"][1]["samples"] == ["Oak Hardware", "Pine Foods", "Elm Tools"]

    preview = post(client, f"imports/{item['id']}/preview", {"mapping": MAPPING})
    assert preview.status_code == 200
    assert preview.json()["problems"] == []
    first = preview.json()["rows"][0]
    assert first == {
        "row": 1,
        "values": {"external_id": "1", "name": "Oak Hardware", "lat": 33.75, "lon": -84.39, "revenue": 1200.5},
        "problems": [],
    }

    started = post(client, f"imports/{item['id']}/run", {"mapping": MAPPING, "skip_bad_rows": False})
    assert started.status_code == 202
    job = started.json()["job"]
    assert started["Location"] == f"/api/v1/jobs/{job['id']}"
    assert started.json()["state"] == "running"

    run_job(actors.workspace.id, job["id"])
    assert client.get(started["Location"]).json()["state"] == "done"
    done = client.get(f"/api/v1/imports/{item['id']}").json()
    assert (done["state"], done["result"]["n_created"], done["mapping"]) == ("done", 3, MAPPING)
    again = post_file(client, GOOD).json()
    assert (again["remembered"], again["mapping"]) == (True, MAPPING)
    assert [entry["id"] for entry in client.get("/api/v1/imports").json()["results"]] == [again["id"], item["id"]]


@runs_jobs
def test_refused_rows_can_be_read_as_csv(actors: Cast, client: APIClient) -> None:
    item = post_file(client, GOOD + "\n9,Bad,91,0,1").json()
    started = post(client, f"imports/{item['id']}/run", {"mapping": MAPPING}).json()
    run_job(actors.workspace.id, started["job"]["id"])
    failed = client.get(f"/api/v1/imports/{item['id']}").json()
    assert (failed["state"], failed["result"]["n_bad"]) == ("failed", 1)
    assert failed["job"]["error"] == "1 of 4 rows have problems; nothing was imported."
    report = client.get(f"/api/v1/imports/{item['id']}/problems.csv")
    assert "attachment" in report["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(b"".join(report.streaming_content).decode("utf-8-sig"))))
    assert rows == [
        ["row", "line", "column", "value", "problem", "bound"],
        ["4", "5", "lat", "91", "is out of range", "between -90 and 90"],
    ]


def test_without_problems_there_is_no_report(client: APIClient) -> None:
    item = post_file(client, GOOD).json()
    assert client.get(f"/api/v1/imports/{item['id']}/problems.csv").status_code == 404


def test_the_preview_tells_what_is_wrong_with_rows_and_mapping(client: APIClient) -> None:
    item = post_file(client, GOOD + "\n9,Bad,91,0,1").json()
    preview = post(client, f"imports/{item['id']}/preview", {"mapping": MAPPING}).json()
    assert preview["rows"][3]["values"]["lat"] is None
    assert preview["rows"][3]["problems"][0]["column"] == "lat"
    partly = post(client, f"imports/{item['id']}/preview", {"mapping": {"id": "external_id", "lat": "lat"}}).json()
    assert {problem["row"] for problem in partly["problems"]} == {0}
    assert "No column is mapped to Name" in partly["problems"][0]["problem"]
    assert partly["rows"][0]["values"] == {"external_id": "1", "lat": 33.75}


def test_a_run_with_a_mapping_that_cannot_work_is_refused(client: APIClient) -> None:
    item = post_file(client, GOOD).json()
    refused = post(client, f"imports/{item['id']}/run", {"mapping": {"id": "external_id"}})
    assert refused.status_code == 400
    assert refused.json()["code"] == "invalid"
    assert "No column is mapped to Name" in refused.json()["detail"]
    assert client.get(f"/api/v1/imports/{item['id']}").json()["state"] == "uploaded"


def test_choosing_another_sheet_reads_its_columns(client: APIClient) -> None:
    content = workbook(["note"], ["read the other sheet"], sheets=["Notes", "Data"])
    item = post_file(client, content, "a.xlsx").json()
    assert (item["detected"]["sheet"], item["detected"]["sheets"]) == ("Notes", ["Notes", "Data"])
    empty = post(client, f"imports/{item['id']}/preview", {"mapping": {}, "sheet": "Data"})
    assert (empty.status_code, empty.json()["code"]) == (400, "invalid")
    unknown = post(client, f"imports/{item['id']}/preview", {"mapping": {}, "sheet": "Nope"})
    assert "Notes, Data" in unknown.json()["detail"]


@pytest.mark.parametrize(
    ("content", "filename", "says"),
    [
        (b"", "a.csv", "is empty"),
        (b"id,name\n", "a.csv", "no rows under it"),
        (b"\x89PNG\r\n\x1a\n123", "a.csv", "a PNG picture"),
        (b"id,name\n1,Oak", "a.kml", "CSV, TSV, XLSX, ODS, JSON, GeoJSON or Parquet"),
        (b"PK\x03\x04broken", "a.xlsx", "not a workbook that can be read"),
    ],
)
def test_an_upload_that_is_no_table_is_refused_and_not_kept(
    actors: Cast, client: APIClient, content: bytes, filename: str, says: str
) -> None:
    refused = post_file(client, content, filename)
    assert refused.status_code == 400
    assert says in refused.json()["detail"]
    with workspace(actors.workspace.id):
        assert not AccountImport.objects.exists()


def test_an_upload_that_is_too_large_is_refused_with_the_bound(client: APIClient, settings: Any) -> None:
    settings.UPLOAD_CSV_MAX_BYTES = 20
    refused = post_file(client, GOOD)
    assert refused.status_code == 413
    assert "20 are the most" in refused.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"mapping": []},
        {"mapping": {"id": 5}},
        {"mapping": {"id": ["external_id"]}},
        {"mapping": "id"},
        {"mapping": {"id": "x" * 61}},
        {"mapping": MAPPING, "skip_bad_rows": "perhaps"},
        {"mapping": MAPPING, "mode": "erase"},
        {"mapping": MAPPING, "mode": "replace", "confirmed_gone": -1},
        {"mapping": MAPPING, "mode": "replace", "confirmed_gone": "many"},
        {"mapping": MAPPING, "mode": "replace", "confirmed_gone": 0, "skip_bad_rows": True},
    ],
)
def test_a_run_that_is_not_understood_is_refused(client: APIClient, body: dict[str, Any]) -> None:
    item = post_file(client, GOOD).json()
    assert post(client, f"imports/{item['id']}/run", body).status_code == 400


def test_an_import_of_another_workspace_does_not_exist(actors: Cast, client: APIClient, client_of: ClientOf) -> None:
    item = post_file(client, GOOD).json()
    stranger = client_of(actors.foreign.members["admin"])
    for answer in (
        stranger.get(f"/api/v1/imports/{item['id']}"),
        stranger.get(f"/api/v1/imports/{item['id']}/problems.csv"),
        post(stranger, f"imports/{item['id']}/preview", {"mapping": MAPPING}),
        post(stranger, f"imports/{item['id']}/run", {"mapping": MAPPING}),
        post(stranger, f"imports/{item['id']}/absent", {"mapping": MAPPING}),
        post(stranger, f"imports/{item['id']}/undo", {}),
        stranger.get(f"/api/v1/imports/{item['id']}/undo"),
        stranger.get("/api/v1/imports/999999999999"),
        stranger.get("/api/v1/imports/99999999999999999999999"),
        stranger.get("/api/v1/imports/nonsense"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_viewers_and_reps_do_not_import(actors: Cast, client_of: ClientOf) -> None:
    for member in (actors.viewer, actors.rep):
        assert post_file(client_of(member), GOOD).status_code == 403
        assert client_of(member).get("/api/v1/imports").status_code == 403


def test_the_fields_say_what_is_needed(client: APIClient) -> None:
    fields = {field["key"]: field for field in client.get("/api/v1/import-fields?kind=accounts").json()}
    assert [key for key, field in fields.items() if field["required"]] == ["external_id", "name"]
    assert fields["revenue"]["kind"] == "money"
    reps = {field["key"] for field in client.get("/api/v1/import-fields?kind=reps").json()}
    assert {"capacity_h", "field_share", "team"} <= reps
    assert client.get("/api/v1/import-fields?kind=planets").status_code == 400


def test_the_metrics_name_their_formulas(client: APIClient) -> None:
    metrics = client.get("/api/v1/metrics").json()
    assert [metric["key"] for metric in metrics] == [
        "accounts", "revenue", "potential", "pipeline", "workload", "travel",
    ]  # fmt: skip
    assert metrics[1]["formula_url"] == "/docs/metrics/#revenue"


@runs_jobs
def test_points_of_a_geojson_file_become_accounts(actors: Cast, client: APIClient) -> None:
    feature = {
        "type": "Feature",
        "properties": {"account_id": "00123", "name": "Ada", "revenue": 1200.5},
        "geometry": {"type": "Point", "coordinates": [-84.39, 33.75]},
    }
    item = post_file(
        client, json.dumps({"type": "FeatureCollection", "features": [feature]}), "customers.geojson"
    ).json()
    mapping = {column["name"]: column["field"] for column in item["columns"]}
    assert (mapping["longitude"], mapping["latitude"]) == ("lon", "lat")
    started = post(client, f"imports/{item['id']}/run", {"mapping": mapping})
    run_job(actors.workspace.id, started.json()["job"]["id"])
    with workspace(actors.workspace.pk):
        account = Account.objects.get(external_id="00123")
        assert (account.location.x, account.location.y, account.revenue_minor) == (-84.39, 33.75, 1200_50)


@runs_jobs
def test_a_list_is_replaced_and_taken_back(actors: Cast, client: APIClient) -> None:
    first = post_file(client, GOOD).json()
    run_job(actors.workspace.id, post(client, f"imports/{first['id']}/run", {"mapping": MAPPING}).json()["job"]["id"])
    second = post_file(client, "\n".join([*GOOD.splitlines()[:2], "4,Fir,31,-83,5"])).json()
    absent = post(client, f"imports/{second['id']}/absent", {"mapping": MAPPING}).json()
    assert (absent["n_accounts"], absent["revenue_minor"]) == (2, 88000)
    assert [each["external_id"] for each in absent["first"]] == ["2", "3"]

    body = {"mapping": MAPPING, "mode": "replace"}
    for confirmed in (None, 1):
        refused = post(client, f"imports/{second['id']}/run", body | {"confirmed_gone": confirmed})
        assert (refused.status_code, refused.json()["code"], refused.json()["n_gone"]) == (409, "conflict", 2)
        assert "2 accounts would disappear" in refused.json()["detail"]
    started = post(client, f"imports/{second['id']}/run", body | {"confirmed_gone": 2})
    run_job(actors.workspace.id, started.json()["job"]["id"])
    done = client.get(f"/api/v1/imports/{second['id']}").json()
    assert (done["state"], done["mode"], done["can_be_undone"]) == ("done", "replace", True)
    assert (done["result"]["n_created"], done["result"]["n_unchanged"], done["result"]["n_gone"]) == (1, 1, 2)

    look = client.get(f"/api/v1/imports/{second['id']}/undo").json()
    assert look == {"n_removed": 1, "n_restored": 0, "n_returned": 2, "n_left": 0, "left": []}
    undoing = post(client, f"imports/{second['id']}/undo", {}, **{"Idempotency-Key": "once"})
    assert (undoing.status_code, undoing.json()["state"]) == (202, "undoing")
    assert undoing.headers["Location"] == f"/api/v1/jobs/{undoing.json()['undo_job']['id']}"
    run_job(actors.workspace.id, undoing.json()["undo_job"]["id"])
    undone = client.get(f"/api/v1/imports/{second['id']}").json()
    assert (undone["state"], undone["can_be_undone"], undone["undone"]) == ("undone", False, look)
    with workspace(actors.workspace.pk):
        assert set(Account.objects.values_list("external_id", flat=True)) == {"1", "2", "3"}
    assert post(client, f"imports/{second['id']}/undo", {}).status_code == 409


def test_viewers_and_reps_do_not_take_back(actors: Cast, client: APIClient, client_of: ClientOf) -> None:
    item = post_file(client, GOOD).json()
    for member in (actors.viewer, actors.rep):
        assert client_of(member).get(f"/api/v1/imports/{item['id']}/undo").status_code == 403
        assert post(client_of(member), f"imports/{item['id']}/undo", {}).status_code == 403
        assert post(client_of(member), f"imports/{item['id']}/absent", {"mapping": MAPPING}).status_code == 403
