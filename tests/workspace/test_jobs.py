"""Jobs: one row in PostgreSQL decides; messages may come twice, late or never."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from redis import Redis

from tests.cast import Cast, make_cast
from workspace.dispatch import send_due, sweep
from workspace.exceptions import Invalid
from workspace.jobs import Handler, JobFailed, JobRun, LeaseLost
from workspace.lease import claim
from workspace.models import Job, JobState, Team
from workspace.services.jobs import cancel_job, queue_job
from workspace.tasks import run_job
from workspace.tenancy import workspace

pytestmark = pytest.mark.django_db(transaction=True)
Register = Callable[[str, Handler], None]


@pytest.fixture
def actors() -> Cast:
    return make_cast()


def queue(cast: Cast, kind: str, **payload: object) -> Job:
    with workspace(cast.workspace.id):
        return queue_job(actor=cast.manager, kind=kind, payload=payload)


def reload(job: Job) -> Job:
    with workspace(job.workspace_id):
        return Job.objects.get(pk=job.pk)


def change(job: Job, **fields: object) -> None:
    with workspace(job.workspace_id):
        Job.objects.filter(pk=job.pk).update(**fields)


def found_team(name: str) -> Handler:
    def handler(run: JobRun) -> None:
        run.progress(0.5, "Half way")
        with workspace(run.job.workspace_id):
            Team.objects.create(workspace_id=run.job.workspace_id, name=name)
            run.finish({"team": name})

    return handler


def teams(cast: Cast) -> list[str]:
    with workspace(cast.workspace.id):
        return sorted(Team.objects.values_list("name", flat=True))


def test_a_job_runs_once_however_often_its_message_comes(actors: Cast, register_kind: Register) -> None:
    register_kind("found", found_team("New"))
    job = queue(actors, "found")
    for _ in range(3):
        run_job(job.workspace_id, job.id)
    ended = reload(job)
    assert (ended.state, ended.attempt, ended.progress, ended.result) == (JobState.DONE, 1, 1.0, {"team": "New"})
    assert teams(actors) == ["Field", "New"]


def test_the_same_idempotency_key_gives_the_same_job(actors: Cast, register_kind: Register) -> None:
    register_kind("found", found_team("New"))
    with workspace(actors.workspace.id):
        first = queue_job(actor=actors.manager, kind="found", payload={}, idempotency_key="once")
        second = queue_job(actor=actors.manager, kind="found", payload={}, idempotency_key="once")
    assert first.pk == second.pk


def test_an_overlong_idempotency_key_is_refused_with_its_bound(actors: Cast, register_kind: Register) -> None:
    register_kind("found", found_team("New"))
    with workspace(actors.workspace.id), pytest.raises(Invalid) as refusal:
        queue_job(actor=actors.manager, kind="found", payload={}, idempotency_key="x" * 201)
    assert refusal.value.errors[0].bound == 200


def test_a_refusal_in_the_handler_ends_the_job_in_words(actors: Cast, register_kind: Register) -> None:
    def refuse(run: JobRun) -> None:
        raise JobFailed("The file is empty.")

    register_kind("refuse", refuse)
    job = queue(actors, "refuse")
    run_job(job.workspace_id, job.id)
    assert (reload(job).state, reload(job).error) == (JobState.FAILED, "The file is empty.")


def test_a_crash_ends_the_job_without_showing_its_insides(actors: Cast, register_kind: Register) -> None:
    def crash(run: JobRun) -> None:
        raise ZeroDivisionError("secret customer name")

    register_kind("crash", crash)
    job = queue(actors, "crash")
    run_job(job.workspace_id, job.id)
    ended = reload(job)
    assert ended.state == JobState.FAILED
    assert "secret" not in ended.error


def test_a_queued_job_is_cancelled_at_once_and_never_runs(actors: Cast, register_kind: Register) -> None:
    register_kind("found", found_team("New"))
    job = queue(actors, "found")
    with workspace(actors.workspace.id):
        cancel_job(job, actor=actors.manager)
    run_job(job.workspace_id, job.id)
    assert reload(job).state == JobState.CANCELLED
    assert teams(actors) == ["Field"]


def test_a_running_job_that_is_cancelled_writes_nothing(actors: Cast, register_kind: Register) -> None:
    def cancel_then_go_on(run: JobRun) -> None:
        change(run.job, cancel_requested=True)
        while True:
            run.progress(0.1, "Still at it")

    register_kind("endless", cancel_then_go_on)
    job = queue(actors, "endless")
    run_job(job.workspace_id, job.id)
    assert reload(job).state == JobState.CANCELLED


def test_a_job_that_only_asks_whether_to_go_on_hears_of_a_cancel_before_its_next_heartbeat_is_due(
    actors: Cast, register_kind: Register
) -> None:
    def cancel_then_ask(run: JobRun) -> None:
        change(run.job, cancel_requested=True)
        until = time.monotonic() + settings.JOB_LEASE_S / 12
        while time.monotonic() < until:
            run.check()

    register_kind("silent", cancel_then_ask)
    job = queue(actors, "silent")
    run_job(job.workspace_id, job.id)
    assert reload(job).state == JobState.CANCELLED


def test_a_worker_that_lost_its_lease_writes_nothing(actors: Cast, register_kind: Register) -> None:
    def overtaken(run: JobRun) -> None:
        change(run.job, lease_until=timezone.now() - timedelta(seconds=1))
        assert claim(workspace_id=run.job.workspace_id, job_id=run.job.id) is not None
        with workspace(run.job.workspace_id):
            Team.objects.create(workspace_id=run.job.workspace_id, name="Ghost")
            run.finish({})

    register_kind("overtaken", overtaken)
    job = queue(actors, "overtaken")
    run_job(job.workspace_id, job.id)
    assert teams(actors) == ["Field"]
    assert reload(job).state == JobState.RUNNING  # it is the second worker's now


def test_a_finish_under_a_foreign_token_is_refused(actors: Cast, register_kind: Register) -> None:
    register_kind("found", found_team("New"))
    job = queue(actors, "found")
    lease = claim(workspace_id=job.workspace_id, job_id=job.id)
    assert lease is not None
    lease.token += 1
    with pytest.raises(LeaseLost), workspace(job.workspace_id):
        lease.finish({})


def test_the_sweeper_requeues_a_silent_job_and_fails_it_after_three_attempts(
    actors: Cast, register_kind: Register
) -> None:
    register_kind("found", found_team("New"))
    job = queue(actors, "found")
    for attempt in (1, 2, 3):
        assert claim(workspace_id=job.workspace_id, job_id=job.id) is not None
        change(job, lease_until=timezone.now() - timedelta(seconds=1))
        assert sweep() == 1
        assert reload(job).attempt == attempt
        assert reload(job).state == (JobState.FAILED if attempt == 3 else JobState.QUEUED)
    assert "3 times" in reload(job).error


def test_a_lost_message_is_sent_again(actors: Cast, register_kind: Register) -> None:
    """Redis is emptied with jobs queued: their rows say that they are due."""
    register_kind("found", found_team("New"))
    jobs = [queue(actors, "found") for _ in range(5)]
    with Redis.from_url(settings.REDIS_URL) as redis:
        redis.flushdb()
        assert send_due() == 0  # sent a moment ago: not due yet
        for job in jobs:
            change(job, sent_at=timezone.now() - timedelta(seconds=31))
        assert send_due() == 5
        assert redis.llen("default") == 5
        redis.flushdb()


def test_jobs_of_another_workspace_are_not_seen(actors: Cast, register_kind: Register) -> None:
    register_kind("found", found_team("New"))
    job = queue(actors, "found")
    with workspace(actors.foreign.workspace.id):
        assert not Job.objects.filter(pk=job.pk).exists()
