"""Claiming a job, keeping the claim alive, and writing its end: all through one fencing token."""

import json
import threading
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, connection

from workspace.jobs import JobCancelled, LeaseLost
from workspace.models import Job
from workspace.tenancy import workspace

log = structlog.get_logger(__name__)
REPORT_EVERY_S = 0.3

_CLAIM = """
UPDATE workspace_job SET state = 'running', attempt = attempt + 1, fencing_token = fencing_token + 1,
    started_at = coalesce(started_at, now()), lease_until = now() + make_interval(secs => %(lease)s),
    progress = 0, message = 'Started', error = ''
WHERE workspace_id = %(workspace)s AND id = %(job)s
  AND (state = 'queued' OR (state = 'running' AND lease_until < now()))
RETURNING fencing_token
"""
_BEAT = """
UPDATE workspace_job SET lease_until = now() + make_interval(secs => %(lease)s),
    progress = coalesce(%(progress)s, progress), message = coalesce(%(message)s, message),
    detail = coalesce(%(detail)s::jsonb, detail)
WHERE workspace_id = %(workspace)s AND id = %(job)s AND fencing_token = %(token)s AND state = 'running'
RETURNING cancel_requested
"""
_END = """
UPDATE workspace_job SET state = %(state)s, message = %(message)s, error = %(error)s, result = %(result)s::jsonb,
    progress = CASE WHEN %(state)s = 'done' THEN 1 ELSE progress END, finished_at = clock_timestamp(),
    lease_until = NULL
WHERE workspace_id = %(workspace)s AND id = %(job)s AND fencing_token = %(token)s AND state = 'running'
"""


def claim(*, workspace_id: int, job_id: int) -> "Lease | None":
    """Take the job, or None when another worker has it or it has ended."""
    with workspace(workspace_id), connection.cursor() as cursor:
        values = {"workspace": workspace_id, "job": job_id, "lease": settings.JOB_LEASE_S}
        cursor.execute(_CLAIM, values)
        row = cursor.fetchone()
        if row is None:
            return None
        return Lease(Job.objects.get(workspace_id=workspace_id, pk=job_id), token=row[0])


class Lease:
    """A running attempt: reports and heartbeats leave from its own thread and database connection."""

    def __init__(self, job: Job, *, token: int) -> None:
        self.job = job
        self.token = token
        self._report: dict[str, Any] = {}
        self._changed = threading.Event()
        self._stopped = threading.Event()
        self._cancelled = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._beat_until_stopped, name=f"job-{job.id}", daemon=True)

    def __enter__(self) -> "Lease":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._changed.set()
        self._thread.join()

    def progress(self, fraction: float, message: str, **detail: Any) -> None:
        self._report = {"progress": min(max(fraction, 0.0), 1.0), "message": message[:300], "detail": detail}
        self.check()

    def check(self) -> None:
        # Who asks wants to know of a cancel by now, not by the next heartbeat.
        self._changed.set()
        if self._lost.is_set():
            raise LeaseLost
        if self._cancelled.is_set():
            raise JobCancelled

    def finish(self, result: dict[str, Any], *, message: str = "Done") -> None:
        self.check()
        self.end("done", message=message, result=result)

    def end(self, state: str, *, message: str, error: str = "", result: dict[str, Any] | None = None) -> None:
        """Write the end, in the caller's transaction; LeaseLost when another worker holds the job now."""
        with connection.cursor() as cursor:
            values = {"state": state, "message": message, "error": error, "result": json.dumps(result or {})}
            cursor.execute(_END, values | self._key)
            if cursor.rowcount != 1:
                raise LeaseLost

    @property
    def _key(self) -> dict[str, Any]:
        return {"workspace": self.job.workspace_id, "job": self.job.id, "token": self.token}

    def _beat_until_stopped(self) -> None:
        try:
            while not self._stopped.is_set():
                self._changed.wait(timeout=settings.JOB_LEASE_S / 6)
                self._changed.clear()
                if not self._stopped.is_set():
                    self._beat()
                    self._stopped.wait(REPORT_EVERY_S)
        finally:
            connection.close()

    def _beat(self) -> None:
        report, self._report = self._report, {}
        detail = json.dumps(report["detail"]) if report.get("detail") else None
        values = {"progress": report.get("progress"), "message": report.get("message"), "detail": detail}
        try:
            with workspace(self.job.workspace_id), connection.cursor() as cursor:
                cursor.execute(_BEAT, values | self._key | {"lease": settings.JOB_LEASE_S})
                row = cursor.fetchone()
        except DatabaseError:
            log.warning("heartbeat_failed", job_id=self.job.id)
            connection.close()
            return
        if row is None:
            self._lost.set()
        elif row[0]:
            self._cancelled.set()
