"""A run as a worker works it off: heartbeat, cancel, and an end that comes once."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from balancing.models import Move
from territory.models import Alignment
from tests.balancing.grid import Land, make_land
from tests.balancing.running import start
from tests.cast import Cast, make_cast
from workspace.models import Job, Member
from workspace.tasks import run_job
from workspace.tenancy import workspace

pytestmark = pytest.mark.django_db(transaction=True)
ClientOf = Callable[[Member], APIClient]


@pytest.fixture
def actors() -> Cast:
    return make_cast()


def lopsided(cast: Cast) -> Land:
    with workspace(cast.workspace.id):
        return make_land(
            cast.home, 2, 8, territories=[("West", [0, 8]), ("East", [1, 2, 3, 4, 5, 6, 7, *range(9, 16)])]
        )


def n_written(cast: Cast) -> tuple[int, int]:
    with workspace(cast.workspace.id):
        return Alignment.objects.count(), Move.objects.count()


def test_a_worker_ends_the_run_once_however_often_its_message_comes(actors: Cast, client_of: ClientOf) -> None:
    land, client = lopsided(actors), client_of(actors.manager)
    run = start(client, land)
    for _ in range(2):
        run_job(actors.workspace.id, run["job"]["id"])
    ended = client.get(f"/api/v1/runs/{run['id']}").json()
    assert (ended["state"], ended["job"]["attempt"], ended["job"]["progress"]) == ("done", 1, 1)
    assert n_written(actors) == (2, ended["result"]["n_moves"])


def test_a_run_cancelled_before_it_starts_never_does(actors: Cast, client_of: ClientOf) -> None:
    land, client = lopsided(actors), client_of(actors.manager)
    run = start(client, land)
    assert client.post(f"/api/v1/runs/{run['id']}/cancel").json()["state"] == "cancelled"
    run_job(actors.workspace.id, run["job"]["id"])
    assert client.get(f"/api/v1/runs/{run['id']}").json()["state"] == "cancelled"
    assert n_written(actors) == (1, 0)


def test_a_run_cancelled_at_work_writes_nothing(actors: Cast, client_of: ClientOf) -> None:
    land, client = lopsided(actors), client_of(actors.manager)
    run = start(client, land)
    with workspace(actors.workspace.id):
        Job.objects.filter(pk=run["job"]["id"]).update(cancel_requested=True)
    run_job(actors.workspace.id, run["job"]["id"])
    assert client.get(f"/api/v1/runs/{run['id']}").json()["state"] == "cancelled"
    assert n_written(actors) == (1, 0)


def test_a_run_whose_alignment_is_deleted_meanwhile_leaves_nothing_behind(actors: Cast, client_of: ClientOf) -> None:
    land, client = lopsided(actors), client_of(actors.manager)
    run = start(client, land)
    with workspace(actors.workspace.id):
        land.alignment.delete()
    run_job(actors.workspace.id, run["job"]["id"])
    with workspace(actors.workspace.id):
        job = Job.objects.get(pk=run["job"]["id"])
    assert (job.state, n_written(actors)) == ("failed", (0, 0))
    assert "deleted" in job.error
