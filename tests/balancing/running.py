"""Starting runs through the API and working their jobs off in this process."""

from typing import Any

from rest_framework.test import APIClient

from tests.balancing.grid import Land
from workspace.tasks import run_job

ACCOUNTS = {"key": "accounts", "tolerance": 0.05}


def body(land: Land, **values: Any) -> dict[str, Any]:
    return {"alignment_id": land.alignment.pk, "metrics": [ACCOUNTS], "seed": 7} | values


def start(client: APIClient, land: Land, **values: Any) -> dict[str, Any]:
    response = client.post("/api/v1/runs", body(land, **values))
    assert response.status_code == 202, response.json()
    return response.json()


def work_off(client: APIClient, land: Land, run: dict[str, Any]) -> dict[str, Any]:
    run_job(land.company.workspace.id, run["job"]["id"])
    return client.get(f"/api/v1/runs/{run['id']}").json()


def finish(client: APIClient, land: Land, **values: Any) -> dict[str, Any]:
    """A run from the request to its result."""
    run = work_off(client, land, start(client, land, **values))
    assert run["state"] == "done", run["job"]
    return run
