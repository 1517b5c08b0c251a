"""The import as a job: its end, its refusal, its cancellation, and workers that vanish."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.importing import followers
from accounts.importing.run import run_import
from accounts.models import Account, AccountImport
from accounts.services.imports import start_import
from tests.accounts.files import GOOD, HEADER, MAPPING, upload
from tests.cast import Cast, make_cast
from workspace import jobs
from workspace.exceptions import Conflict, Invalid
from workspace.jobs import JobRun
from workspace.models import Job
from workspace.tasks import run_job
from workspace.tenancy import workspace

pytestmark = pytest.mark.django_db(transaction=True)

DYING_WORKER = """
import os, signal, sys
import django
django.setup()
from accounts import tasks
from accounts.importing import followers
from workspace.tasks import run_job
followers.register(lambda **touched: os.kill(os.getpid(), signal.SIGKILL))
run_job(int(sys.argv[1]), int(sys.argv[2]))
"""


@pytest.fixture
def actors() -> Cast:
    return make_cast()


def queue(cast: Cast, content: str, *, skip_bad_rows: bool = False, key: str | None = None) -> Job:
    with workspace(cast.workspace.id):
        item = start_import(
            upload(cast.ops, content),
            mapping=MAPPING,
            skip_bad_rows=skip_bad_rows,
            idempotency_key=key,
            actor=cast.ops,
        )
    assert item.job is not None
    return item.job


def reload(job: Job) -> Job:
    with workspace(job.workspace_id):
        return Job.objects.get(pk=job.pk)


def change(job: Job, **fields: object) -> None:
    with workspace(job.workspace_id):
        Job.objects.filter(pk=job.pk).update(**fields)


def run(job: Job) -> Job:
    run_job(job.workspace_id, job.pk)
    return reload(job)


def n_accounts(cast: Cast) -> int:
    with workspace(cast.workspace.id):
        return Account.objects.count()


def test_a_job_imports_and_tells_what_it_did(actors: Cast) -> None:
    job = run(queue(actors, GOOD))
    assert (job.state, job.progress, job.message) == ("done", 1, "3 new, 0 updated, 0 unchanged, 0 left out")
    assert n_accounts(actors) == 3
    with workspace(actors.workspace.id):
        assert AccountImport.objects.get().result == job.result


def test_bad_rows_fail_the_job_in_words_and_import_nothing(actors: Cast) -> None:
    rows = [f"{n},Company {n},{91 if n % 4 == 0 else 33},-84,1" for n in range(1, 9)]
    job = run(queue(actors, "\n".join([HEADER, *rows])))
    assert (job.state, job.error) == ("failed", "2 of 8 rows have problems; nothing was imported.")
    assert n_accounts(actors) == 0
    with workspace(actors.workspace.id):
        result = AccountImport.objects.get().result
    assert [problem["row"] for problem in result["problems"]] == [4, 8]


def test_the_same_upload_can_then_be_run_without_its_bad_rows(actors: Cast) -> None:
    assert run(queue(actors, GOOD + "\n9,Bad,91,0,1")).state == "failed"
    with workspace(actors.workspace.id):
        item = start_import(AccountImport.objects.get(), mapping=MAPPING, skip_bad_rows=True, actor=actors.ops)
    assert item.job is not None
    assert run(item.job).result["n_bad"] == 1
    with workspace(actors.workspace.id):
        mended = start_import(AccountImport.objects.get(), mapping=MAPPING, skip_bad_rows=True, actor=actors.ops)
        assert not mended.problems_file
    assert n_accounts(actors) == 3


def test_a_cancelled_job_imports_nothing(actors: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wish arrives through the heartbeat while rows are staged and about to be merged."""

    class Patient:
        def __init__(self, run: JobRun) -> None:
            self.check, self.finish, self._run = run.check, run.finish, run

        def progress(self, fraction: float, message: str, **detail: Any) -> None:
            while detail["phase"] == "merge":
                self._run.progress(fraction, message)

    def cancel_then_import(run: JobRun) -> None:
        change(run.job, cancel_requested=True)
        run_import(
            workspace_id=run.job.workspace_id,
            import_id=run.job.payload["import_id"],
            skip_bad_rows=False,
            watcher=Patient(run),
        )

    monkeypatch.setitem(jobs._kinds, "import_accounts", jobs.JobKind("import_accounts", "imports", cancel_then_import))
    job = run(queue(actors, GOOD))
    assert (job.state, job.message) == ("cancelled", "Cancelled; nothing was changed")
    assert n_accounts(actors) == 0


def test_a_killed_worker_leaves_nothing_and_the_next_attempt_imports_all(actors: Cast) -> None:
    job = queue(actors, GOOD)
    database = connection.settings_dict
    url = f"postgres://app_runtime@/{database['NAME']}?host={database['OPTIONS'].get('host') or database['HOST']}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }
    died = subprocess.run(
        [sys.executable, "-c", DYING_WORKER, str(job.workspace_id), str(job.pk)],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    assert (reload(job).state, reload(job).attempt, n_accounts(actors)) == ("running", 1, 0)
    change(job, lease_until=timezone.now() - timedelta(seconds=1))
    job = run(job)
    assert (job.state, job.attempt, n_accounts(actors)) == ("done", 2, 3)


def test_a_crash_in_a_follower_takes_the_accounts_back(actors: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*, workspace_id: int, touched: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(followers, "_followers", [crash])
    assert run(queue(actors, GOOD)).state == "failed"
    assert n_accounts(actors) == 0


def test_an_import_that_runs_is_not_started_again(actors: Cast) -> None:
    queue(actors, GOOD)
    with workspace(actors.workspace.id), pytest.raises(Conflict, match="is running"):
        start_import(AccountImport.objects.get(), mapping=MAPPING, skip_bad_rows=False, actor=actors.ops)


def test_the_same_key_starts_an_import_once_but_not_another_one(actors: Cast) -> None:
    first = queue(actors, GOOD, key="once")
    with workspace(actors.workspace.id):
        again = start_import(
            AccountImport.objects.get(), mapping=MAPPING, skip_bad_rows=False, idempotency_key="once", actor=actors.ops
        )
    assert again.job_id == first.pk
    assert queue(actors, GOOD, key="once").pk != first.pk


def test_an_overlong_key_is_refused_with_its_bound(actors: Cast) -> None:
    with pytest.raises(Invalid, match="must have 1 to"):
        queue(actors, GOOD, key="x" * 200)
