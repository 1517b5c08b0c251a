"""Sending due jobs to Celery. Losing a message does no harm: the job's row says that it is due."""

import structlog
from celery import current_app
from django.db import connection
from kombu.exceptions import OperationalError

from workspace.tenancy import workspace

TASK = "workspace.run_job"
RESEND_AFTER_S = 30
log = structlog.get_logger(__name__)


def send(*, workspace_id: int, job_id: int, queue: str) -> bool:
    """Hand one job to its queue; False while the broker is away (the dispatcher sends it again)."""
    try:
        current_app.send_task(TASK, args=[workspace_id, job_id], queue=queue, retry=False, ignore_result=True)
    except (OperationalError, OSError):
        log.warning("broker_unreachable", job_id=job_id)
        return False
    with workspace(workspace_id), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workspace_job SET sent_at = now() WHERE workspace_id = %s AND id = %s", [workspace_id, job_id]
        )
    return True


def send_due(*, resend_after_s: int = RESEND_AFTER_S) -> int:
    """Send what is queued and was never sent, or was sent too long ago. Returns how many were sent."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id, id, queue FROM workspace_jobs_to_send(%s)", [resend_after_s])
        due = cursor.fetchall()
    return sum(send(workspace_id=row[0], job_id=row[1], queue=row[2]) for row in due)


def sweep(*, max_attempts: int = 3) -> int:
    """Requeue jobs whose worker has gone silent, or fail them in words after the last attempt."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id, id FROM workspace_jobs_expired()")
        expired = cursor.fetchall()
    for workspace_id, job_id in expired:
        with workspace(workspace_id), connection.cursor() as cursor:
            cursor.execute(_SWEEP, {"workspace": workspace_id, "job": job_id, "max": max_attempts})
    return len(expired)


_SWEEP = """
UPDATE workspace_job SET
    state = CASE WHEN cancel_requested THEN 'cancelled' WHEN attempt >= %(max)s THEN 'failed' ELSE 'queued' END,
    error = CASE WHEN NOT cancel_requested AND attempt >= %(max)s
        THEN 'The worker stopped ' || attempt || ' times while doing this, most likely for want of memory.'
        ELSE error END,
    message = CASE WHEN cancel_requested THEN 'Cancelled'
        WHEN attempt >= %(max)s THEN 'Failed' ELSE 'Waiting for a free worker again' END,
    finished_at = CASE WHEN cancel_requested OR attempt >= %(max)s THEN now() END,
    lease_until = NULL, sent_at = NULL
WHERE workspace_id = %(workspace)s AND id = %(job)s AND state = 'running' AND lease_until < now()
"""
