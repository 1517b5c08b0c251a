"""The best plan so far: there while a run works, gone when it has ended, and never in the way."""

from collections.abc import Callable

import numpy as np
from rest_framework.test import APIClient

from balancing.engine.progress import Progress
from balancing.models import Run
from balancing.problems.aims import RunSettings
from balancing.problems.statement import Statement, state_problem
from balancing.runner.watching import Watch
from tests.balancing.grid import Land
from tests.balancing.running import finish, start
from tests.cast import Cast
from workspace.lease import Lease, claim
from workspace.models import Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]
THREE_TO_ONE = [("West", [0]), ("East", [1, 2, 3])]


def at_work(client: APIClient, land: Land) -> tuple[int, Lease, Statement]:
    """A run that a worker holds, and its problem."""
    run = start(client, land)
    lease = claim(workspace_id=land.company.workspace.id, job_id=run["job"]["id"])
    assert lease is not None
    with workspace(land.company.workspace.id):
        record = Run.objects.select_related("alignment__workspace").get(pk=run["id"])
        return run["id"], lease, state_problem(record.alignment, RunSettings.from_json(record.settings))


def found(*labels: int, gap: float | None = None) -> Progress:
    plan = np.array(labels, dtype=np.int32)
    return Progress("search", 0.5, worst_deviations=(0.0,), mean_km=12.5, labels=plan, gap=gap)


def test_the_plan_is_shown_while_the_run_works_and_only_then(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 4, territories=THREE_TO_ONE), client_of(cast.manager)
    run_id, lease, stated = at_work(client, made)
    address = f"/api/v1/runs/{run_id}/best"
    assert client.get(address).status_code == 404
    Watch(lease, stated, seconds=25).report(found(0, 0, 0, 1, gap=0.02))
    best = client.get(address).json()
    number = {unit.pk: i for i, unit in enumerate(made.units)}
    name = {territory.pk: name for name, territory in made.territories.items()}
    owners = {number[u]: name[t] for u, t in zip(best["unit_ids"], best["territory_ids"], strict=True)}
    assert owners == {0: "West", 1: "West", 2: "West", 3: "East"}
    assert (best["worst"], best["mean_km"], best["gap"]) == ({"accounts": 0.5}, 12.5, 0.02)
    stopping = client.post(f"/api/v1/runs/{run_id}/cancel").json()
    assert (stopping["state"], stopping["job"]["cancel_requested"]) == ("running", True)
    assert client.get(address).status_code == 404


def test_no_plan_is_left_of_a_run_that_ended(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    run_id, lease, stated = at_work(client, land(1, 4, territories=THREE_TO_ONE))
    Watch(lease, stated, seconds=25).report(found(0, 0, 1, 1))
    with workspace(cast.workspace.id):
        lease.end("failed", message="Failed")
    assert client.get(f"/api/v1/runs/{run_id}/best").status_code == 404


def test_reports_come_thick_but_plans_once_a_second(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    run_id, lease, stated = at_work(client, land(1, 4, territories=THREE_TO_ONE))
    watch = Watch(lease, stated, seconds=25)
    for turn in range(100):
        watch.report(found(0, turn % 2, 1, 1))
    assert client.get(f"/api/v1/runs/{run_id}/best").json()["number"] < 20


def test_a_foreign_plan_answers_like_none(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    run_id, lease, stated = at_work(client_of(cast.manager), land(1, 4, territories=THREE_TO_ONE))
    Watch(lease, stated, seconds=25).report(found(0, 0, 1, 1))
    stranger = client_of(cast.foreign.members["admin"])
    foreign, random = (stranger.get(f"/api/v1/runs/{pk}/best") for pk in (run_id, 987654321))
    assert (foreign.status_code, foreign.content) == (404, random.content)


def test_a_run_ends_well_while_redis_is_away(cast: Cast, land: MakeLand, client_of: ClientOf, settings: object) -> None:
    made, client = land(1, 4, territories=THREE_TO_ONE), client_of(cast.manager)
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://localhost:1/0"}}
    assert finish(client, made)["result"]["is_feasible"]
    run_id, lease, stated = at_work(client, made)
    Watch(lease, stated, seconds=25).report(found(0, 0, 1, 1))
    assert client.get(f"/api/v1/runs/{run_id}/best").status_code == 404
