"""Progress as server-sent events, read from the job's row: the browser reconnects when a stream ends."""

import time
from collections.abc import Iterator

from django.http import StreamingHttpResponse
from rest_framework.renderers import JSONRenderer

from workspace.api.serializers import JobSerializer
from workspace.models import Job
from workspace.tenancy import workspace

POLL_S = 0.4
# A stream holds a thread: it is given back after a while, and the browser asks anew.
STREAM_MAX_S = 25.0


def job_events(job: Job) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_events(job.workspace_id, job.pk), content_type="text/event-stream")
    response["Cache-Control"] = "no-cache"
    response["X-Accel-Buffering"] = "no"
    return response


def _events(workspace_id: int, job_id: int) -> Iterator[bytes]:
    yield b"retry: 1000\n\n"
    until = time.monotonic() + STREAM_MAX_S
    last = None
    while time.monotonic() < until:
        with workspace(workspace_id):
            job = Job.objects.filter(workspace_id=workspace_id, pk=job_id).first()
        if job is None:
            return
        if job.live != last:
            last = job.live
            yield _event("done" if job.is_finished else "progress", job)
        if job.is_finished:
            return
        time.sleep(POLL_S)


def _event(name: str, job: Job) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), JSONRenderer().render(JobSerializer(job).data))
