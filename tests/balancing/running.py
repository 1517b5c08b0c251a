"""Starting runs through the API and working their jobs off in this process."""

from typing import Any

from rest_framework.test import APIClient

from tests.balancing.grid import Land
from workspace.jobs import kind_of
from workspace.lease import claim
from workspace.tenancy import workspace

ACCOUNTS = {"key": "accounts", "tolerance": 0.05}


def body(land: Land, **values: Any) -> dict[str, Any]:
    return {"alignment_id": land.alignment.pk, "metrics": [ACCOUNTS], "seed": 7} | values


def start(client: APIClient, land: Land, **values: Any) -> dict[str, Any]:
    response = client.post("/api/v1/runs", body(land, **values))
    assert response.status_code == 202, response.json()
    return response.json()


def finish(client: APIClient, land: Land, **values: Any) -> dict[str, Any]:
    """A run from the request to its result: the real handler under a real lease, without the heartbeat's thread."""
    run = start(client, land, **values)
    lease = claim(workspace_id=land.company.workspace.id, job_id=run["job"]["id"])
    assert lease is not None
    kind_of(lease.job.kind).handler(lease)
    with workspace(land.company.workspace.id):
        lease.job.refresh_from_db()
    ended = client.get(f"/api/v1/runs/{run['id']}").json()
    assert ended["state"] == "done", ended["job"]
    return ended
