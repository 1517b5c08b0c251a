"""The jobs: try the sign-in, pull accounts, compare, push. The CRM is called outside any transaction."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from itertools import islice
from threading import Event
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from accounts.services.bulk import BulkResult, upsert_accounts
from territory.connectors.comparing import Comparison, Names, last_pushed, read_covered, territories_pushed
from territory.connectors.opening import note_failure, note_success, open_connection
from territory.connectors.protocol import CannotTalk, Connector, Held, TryLater
from territory.models import AccountAssignment, Alignment, Connection, Push, PushRow, PushState, Territory
from workspace.exceptions import DomainError
from workspace.jobs import JobCancelled, JobFailed, JobRun, LeaseLost
from workspace.models import Workspace
from workspace.tenancy import workspace
from workspace.wording import plural

PARTS = ("owner", "territory")


def run_check(run: JobRun) -> None:
    connection = find_connection(run)
    with talking(run, connection) as crm:
        signed_in_as = crm.check()[:300]
    note_success(connection, signed_in_as=signed_in_as)
    with workspace(connection.workspace_id):
        run.finish({"signed_in_as": signed_in_as}, message=f"Signed in as {signed_in_as}"[:300])


def run_pull(run: JobRun) -> None:
    """Accounts that changed since the last pull, through the same upsert as a program's."""
    connection = find_connection(run)
    started_at = timezone.now()
    totals = dict.fromkeys(("n_rows", "n_created", "n_updated", "n_unchanged", "n_bad"), 0)
    with talking(run, connection) as crm:
        rows = crm.pull_accounts(connection.last_pulled_at)
        while batch := list(islice(rows, settings.BULK_MAX_ROWS)):
            with workspace(connection.workspace_id):
                run.check()
                result: BulkResult = upsert_accounts(batch, skip_bad=True, actor=run.job.member)
            totals = {name: count + getattr(result, name) for name, count in totals.items()}
            run.progress(0.5, f"{plural(totals['n_rows'], 'account')} read")
    note_success(connection, last_pulled_at=started_at)
    with workspace(connection.workspace_id):
        run.finish(totals, message=f"{totals['n_created']:,} new, {totals['n_updated']:,} updated")


def run_comparison(run: JobRun) -> None:
    """Running it again begins anew."""
    push = find_push(run)
    with failing(push):
        counts = _compare(run, push)
        note_success(push.connection)
        with workspace(push.workspace_id):
            n_to_push = counts["n_new"] + counts["n_changed"]
            run.finish({"push_id": push.pk} | counts, message=f"{n_to_push:,} to push")


def _compare(run: JobRun, push: Push) -> dict[str, int]:
    with talking(run, push.connection) as crm:
        with workspace(push.workspace_id):
            PushRow.objects.filter(workspace_id=push.workspace_id, push=push).delete()
            covered = AccountAssignment.objects.filter(workspace_id=push.workspace_id, alignment=push.alignment_id)
            n_all = covered.count()
        run.progress(0.02, "Reading owners and territories")
        comparison = _comparison(push, crm)
        after = 0
        while True:
            with workspace(push.workspace_id):
                page = read_covered(push.workspace_id, push.alignment_id, after=after)
            if not page:
                break
            after = page[-1].account_id
            rows = list(comparison.rows(page))
            for row in rows:
                row.workspace_id, row.push_id = push.workspace_id, push.pk
            with workspace(push.workspace_id):
                run.check()
                PushRow.objects.bulk_create(rows)
            run.progress(_share(comparison.counts.n_accounts, n_all), f"{comparison.counts.n_accounts:,} compared")
    counts = asdict(comparison.counts)
    with workspace(push.workspace_id):
        if Alignment.objects.get(workspace_id=push.workspace_id, pk=push.alignment_id).revision != push.revision:
            raise JobFailed("The alignment was edited while it was compared: compare again.")
        update(push, state=PushState.PLANNED, against=comparison.against, **counts)
    return counts


def _comparison(push: Push, crm: Connector) -> Comparison:
    connection = push.connection
    chosen = connection.settings.get("push", "")
    parts = frozenset(PARTS if chosen not in PARTS else (chosen,))
    territories = crm.pull_territories() if "territory" in parts else None
    known = None if territories is None else list(territories)
    names = Names(crm.pull_owners() if "owner" in parts else None, known)
    with workspace(push.workspace_id):
        tenant = Workspace.objects.get(pk=push.workspace_id)
        ours = Territory.objects.filter(workspace_id=push.workspace_id, alignment=push.alignment_id)
        called = list(ours.values_list("code", "pk", "name"))
        in_play = names.territory_ids(called) | territories_pushed(push.workspace_id, connection.pk)
    return Comparison(
        connector=crm,
        names=names,
        territory_ids=in_play,
        parts=parts,
        protected=connection.protected,
        today=today_of(tenant),
        last=lambda ids: _last(push, ids),
    )


def _last(push: Push, external_ids: Sequence[str]) -> Mapping[str, Held]:
    with workspace(push.workspace_id):
        return last_pushed(push.workspace_id, push.connection_id, external_ids)


def today_of(tenant: Workspace) -> date:
    return timezone.now().astimezone(ZoneInfo(tenant.time_zone)).date()


def find_connection(run: JobRun) -> Connection:
    with workspace(run.job.workspace_id):
        found = Connection.objects.filter(workspace_id=run.job.workspace_id, pk=run.job.payload["connection_id"])
        connection = found.first()
    if connection is None:
        raise JobFailed("The connection was deleted.")
    return connection


def find_push(run: JobRun) -> Push:
    with workspace(run.job.workspace_id):
        pushes = Push.objects.select_related("connection", "alignment")
        push = pushes.filter(workspace_id=run.job.workspace_id, pk=run.job.payload["push_id"]).first()
    if push is None:
        raise JobFailed("The connection or the alignment was deleted.")
    return push


def update(push: Push, **fields: object) -> None:
    Push.objects.filter(workspace_id=push.workspace_id, pk=push.pk).update(**fields)


@contextmanager
def talking(run: JobRun, connection: Connection) -> Iterator[Connector]:
    """The connector; what the CRM refuses is noted on the connection and ends the job in words."""
    try:
        yield open_connection(connection, lambda seconds: wait(run, seconds))
    except (CannotTalk, TryLater) as failure:
        note_failure(connection, failure)
        raise JobFailed(str(failure)) from None


@contextmanager
def failing(push: Push) -> Iterator[None]:
    """A push whose job ends early says so; not where another worker has taken it over."""
    try:
        yield
    except LeaseLost:
        raise
    except Exception as end:
        said = str(end) if isinstance(end, (JobFailed, DomainError)) else "Something went wrong on our side."
        words = "It was cancelled." if isinstance(end, JobCancelled) else said
        with workspace(push.workspace_id):
            update(push, state=PushState.FAILED, error=words[:300], finished_at=timezone.now())
        raise


def wait(run: JobRun, seconds: float) -> None:
    """In slices, so that who cancels is heard."""
    while seconds > 0:
        run.check()
        Event().wait(min(seconds, 1.0))
        seconds -= 1.0


def _share(done: int, whole: int) -> float:
    return 0.05 + 0.9 * min(done / max(whole, 1), 1.0)
