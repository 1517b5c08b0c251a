"""Assignments into a CRM: compared first, pushed when somebody has confirmed what was found."""

from django.db import transaction

from territory.models import Alignment, Connection, Push, PushRow, PushRowState, PushState
from territory.tasks import COMPARE_WITH_CRM, PUSH_TO_CRM
from workspace.exceptions import Conflict, Invalid, Stale
from workspace.models import Member
from workspace.services.changes import record_change
from workspace.services.jobs import queue_job
from workspace.wording import plural

AT_WORK = (PushState.PLANNING, PushState.PUSHING)
NOT_TAKEN = (PushRowState.REFUSED, PushRowState.LATER, PushRowState.WAITING)


@transaction.atomic
def plan_push(connection: Connection, *, alignment: Alignment, actor: Member) -> Push:
    """The dry run, by a job: changes nothing in the CRM."""
    _refuse_while_at_work(connection)
    push = Push.objects.create(
        workspace_id=actor.workspace_id,
        connection=connection,
        alignment=alignment,
        revision=alignment.revision,
        member=actor,
    )
    return _queue(push, COMPARE_WITH_CRM, actor=actor)


@transaction.atomic
def start_push(push: Push, *, confirmed: int, actor: Member) -> Push:
    """Push what the dry run found. `confirmed` is the number of accounts it named; Stale when it was edited since."""
    _refuse_while_at_work(push.connection)
    locked = _lock(push, actor)
    if locked.state != PushState.PLANNED:
        raise Conflict("Only what was compared and not pushed yet can be pushed.")
    if locked.alignment.revision != locked.revision:
        raise Stale("The alignment was edited after it was compared. Compare again.")
    if confirmed != locked.n_to_push:
        raise Invalid.field("confirmed", "is not the number of accounts found", value=confirmed, bound=locked.n_to_push)
    if not locked.n_to_push:
        raise Conflict("Nothing differs: there is nothing to push.")
    label = f"Pushed {plural(confirmed, 'account')} of {locked.alignment.name} to {locked.connection.name}"
    _record(locked, "push", label, actor=actor)
    return _go(locked, actor=actor)


@transaction.atomic
def retry_push(push: Push, *, actor: Member) -> Push:
    """Once more what was not taken, and what an end before its time left over."""
    _refuse_while_at_work(push.connection)
    locked = _lock(push, actor)
    is_over = locked.state in {PushState.DONE, PushState.FAILED} or (
        locked.state == PushState.PUSHING and _is_abandoned(locked)
    )
    # A comparison that did not come to its end has nothing to compare against.
    if not is_over or not locked.against:
        raise Conflict("Only a push that has ended can be tried again.")
    rows = PushRow.objects.filter(workspace_id=actor.workspace_id, push=locked, state__in=NOT_TAKEN)
    n_rows = rows.update(state=PushRowState.WAITING, words="")
    if not n_rows:
        raise Conflict("Everything was taken: there is nothing to try again.")
    _record(locked, "retry", f"Tried {plural(n_rows, 'account')} again on {locked.connection.name}", actor=actor)
    return _go(locked, actor=actor)


def _go(push: Push, *, actor: Member) -> Push:
    push.state, push.error, push.finished_at = PushState.PUSHING, "", None
    push.save(update_fields=["state", "error", "finished_at"])
    return _queue(push, PUSH_TO_CRM, actor=actor)


def _queue(push: Push, kind: str, *, actor: Member) -> Push:
    push.job = queue_job(actor=actor, kind=kind, payload={"push_id": push.pk})
    push.save(update_fields=["job"])
    return push


def _lock(push: Push, actor: Member) -> Push:
    pushes = Push.objects.select_for_update(of=("self",)).select_related("connection", "alignment", "job")
    return pushes.get(workspace_id=actor.workspace_id, pk=push.pk)


def _refuse_while_at_work(connection: Connection) -> None:
    """The connection's row is the turn: two that start at once come one after the other."""
    Connection.objects.select_for_update(of=("self",)).get(workspace_id=connection.workspace_id, pk=connection.pk)
    at_work = Push.objects.filter(
        workspace_id=connection.workspace_id, connection=connection, state__in=AT_WORK
    ).select_related("job")
    if any(not _is_abandoned(push) for push in at_work):
        raise Conflict(f"{connection.name} is being compared or pushed to. Wait until that has ended.")


def _is_abandoned(push: Push) -> bool:
    return push.job is None or push.job.is_finished


def _record(push: Push, operation: str, label: str, *, actor: Member) -> None:
    record_change(actor=actor, subject_kind="push", subject_id=push.pk, operation=operation, label=label)
