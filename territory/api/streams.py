"""An alignment's state as server-sent events. A stream holds a thread, so each process has a number of seats."""

import threading
import time
import weakref
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from redis.exceptions import RedisError
from rest_framework.renderers import JSONRenderer

from territory.models import Alignment
from territory.together import State, follow, leave
from workspace.models import Member

POLL_S = 0.25
# The thread is given back after a while, and the browser asks anew: whoever may no longer read is out by then.
STREAM_MAX_S = 25.0
RETRY_MS = 150
COMMENT_EVERY = 4

_SEATS = threading.BoundedSemaphore(settings.STREAMS_PER_PROCESS)


def alignment_events(alignment: Alignment, member: Member) -> HttpResponseBase:
    """The stream, or 204 where all seats are taken or Redis is away: the browser gives up, and the desk polls."""
    if not _SEATS.acquire(blocking=False):
        return HttpResponse(status=204)
    seated = _Seated(alignment, member)
    try:
        follow(alignment, member)
    except RedisError:
        seated.close()
        return HttpResponse(status=204)
    response = StreamingHttpResponse(seated, content_type="text/event-stream")
    response["Cache-Control"] = "no-cache"
    response["X-Accel-Buffering"] = "no"
    return response


class _Seated:
    """The events of one stream. Its seat is free again when the server closes it, or when it is forgotten."""

    def __init__(self, alignment: Alignment, member: Member) -> None:
        self._alignment = alignment
        self._member = member
        self._is_over = False
        self._free_seat = weakref.finalize(self, _SEATS.release)

    def __iter__(self) -> Iterator[bytes]:
        yield b"retry: %d\n\n" % RETRY_MS
        until = time.monotonic() + STREAM_MAX_S
        last: State | None = None
        n_silent = 0
        while time.monotonic() < until:
            try:
                state = follow(self._alignment, self._member)
            except RedisError:
                break
            # A comment now and then: writing is how the server notices that the browser has gone.
            if state != last:
                last, n_silent = state, 0
                yield b"event: state\ndata: %s\n\n" % JSONRenderer().render(state.as_dict())
            elif (n_silent := n_silent + 1) % COMMENT_EVERY == 0:
                yield b": still here\n\n"
            time.sleep(POLL_S)
        self._is_over = True

    def close(self) -> None:
        """A stream that is over comes back in a moment; one that was broken off means that the desk was closed."""
        if self._free_seat.alive:
            self._free_seat()
            if not self._is_over:
                leave(self._alignment, self._member)
