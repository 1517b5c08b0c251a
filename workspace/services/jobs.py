from typing import Any

from django.db import transaction
from django.utils import timezone

from workspace import dispatch
from workspace.exceptions import Invalid
from workspace.jobs import kind_of
from workspace.models import Job, JobState, Member
from workspace.services.changes import record_change

IDEMPOTENCY_KEY_MAX = 200


@transaction.atomic
def queue_job(*, actor: Member, kind: str, payload: dict[str, Any], idempotency_key: str | None = None) -> Job:
    """Insert the job's row; it is sent when the request's transaction commits, and again if that gets lost.

    The same idempotency key gives the same job, however often it is asked for.
    """
    if idempotency_key is not None and not 0 < len(idempotency_key) <= IDEMPOTENCY_KEY_MAX:
        raise Invalid.field("Idempotency-Key", "must have 1 to 200 characters", bound=IDEMPOTENCY_KEY_MAX)
    values = {
        "member": actor,
        "kind": kind,
        "queue": kind_of(kind).queue,
        "payload": payload,
        "message": "Waiting for a free worker",
    }
    if idempotency_key is None:
        job = Job.objects.create(workspace_id=actor.workspace_id, **values)
        is_new = True
    else:
        job, is_new = Job.objects.get_or_create(
            workspace_id=actor.workspace_id, idempotency_key=idempotency_key, defaults=values
        )
    if is_new:
        transaction.on_commit(lambda: dispatch.send(workspace_id=job.workspace_id, job_id=job.id, queue=job.queue))
    return job


@transaction.atomic
def cancel_job(job: Job, *, actor: Member) -> Job:
    """Ask a running job to stop at its next step; a queued one stops at once. A finished one stays as it is."""
    locked = Job.objects.select_for_update().get(workspace_id=actor.workspace_id, pk=job.pk)
    if locked.is_finished:
        return locked
    locked.cancel_requested = True
    if locked.state == JobState.QUEUED:
        locked.state = JobState.CANCELLED
        locked.finished_at = timezone.now()
        locked.message = "Cancelled before it started"
    locked.save(update_fields=["cancel_requested", "state", "finished_at", "message"])
    record_change(
        actor=actor, subject_kind="job", subject_id=job.id, operation="cancel", label=f"Cancelled {job.kind} {job.id}"
    )
    return locked
