"""Server-sent events: how a stream and an event are written, and a job's progress, read from its row.

A stream holds a thread: it is given back after a while, and the browser asks anew.
"""

import time
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from rest_framework.renderers import JSONRenderer

from workspace.api.serializers import JobSerializer
from workspace.models import Job
from workspace.tenancy import workspace

STREAM_MAX_S = 25.0
JOB_POLL_S = 0.4
JOB_RETRY_MS = 1000


def event_stream(parts: Iterable[bytes]) -> StreamingHttpResponse:
    """`parts` as they come: neither the browser nor a proxy keeps one back."""
    response = StreamingHttpResponse(parts, content_type="text/event-stream")
    response["Cache-Control"] = "no-cache"
    response["X-Accel-Buffering"] = "no"
    return response


def retry(after_ms: int) -> bytes:
    """How long the browser waits before it asks anew."""
    return b"retry: %d\n\n" % after_ms


def event(name: str, data: object) -> bytes:
    """One event; `data` is written as JSON."""
    return b"event: %s\ndata: %s\n\n" % (name.encode(), JSONRenderer().render(data))


def job_events(job: Job) -> StreamingHttpResponse:
    return event_stream(_progress(job.workspace_id, job.pk))


def _progress(workspace_id: int, job_id: int) -> Iterator[bytes]:
    yield retry(JOB_RETRY_MS)
    until = time.monotonic() + STREAM_MAX_S
    last = None
    while time.monotonic() < until:
        with workspace(workspace_id):
            job = Job.objects.filter(workspace_id=workspace_id, pk=job_id).first()
        if job is None:
            return
        if job.live != last:
            last = job.live
            yield event("done" if job.is_finished else "progress", JobSerializer(job).data)
        if job.is_finished:
            return
        time.sleep(JOB_POLL_S)
