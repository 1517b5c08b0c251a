"""An alignment's state as server-sent events. A stream holds a thread, so each process has a number of seats."""

import threading
import time
import weakref
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from redis.exceptions import RedisError

from territory.api.serializers.together import TogetherSerializer
from territory.models import Alignment
from territory.together import Hint, follow, leave
from workspace.api.events import STREAM_MAX_S, event, event_stream, retry
from workspace.models import Member
from workspace.tenancy import workspace

POLL_S = 0.25
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
    return event_stream(seated)


class _Seated:
    """The events of one stream. Its seat is free again when the server closes it, or when it is forgotten.

    It ends after `STREAM_MAX_S`, and the browser asks anew: whoever may no longer read is out by then.
    """

    def __init__(self, alignment: Alignment, member: Member) -> None:
        self._alignment = alignment
        self._member = member
        self._is_over = False
        self._free_seat = weakref.finalize(self, _SEATS.release)

    def __iter__(self) -> Iterator[bytes]:
        yield retry(RETRY_MS)
        until = time.monotonic() + STREAM_MAX_S
        last: Hint | None = None
        revision: int | None = None
        n_silent = 0
        while time.monotonic() < until:
            try:
                hint = follow(self._alignment, self._member)
            except RedisError:
                break
            if last is None or hint.n_changes != last.n_changes:
                revision = self._revision()
                if revision is None:
                    break
            # A comment now and then: writing is how the server notices that the browser has gone.
            if hint != last:
                last, n_silent = hint, 0
                state = {"revision": revision, "here": hint.here}
                yield event("state", TogetherSerializer(state).data)
            elif (n_silent := n_silent + 1) % COMMENT_EVERY == 0:
                yield b": still here\n\n"
            time.sleep(POLL_S)
        self._is_over = True

    def _revision(self) -> int | None:
        """As the database has it now; the request's own transaction ended before the stream began."""
        with workspace(self._alignment.workspace_id):
            present = Alignment.objects.filter(workspace_id=self._alignment.workspace_id, pk=self._alignment.pk)
            return present.values_list("revision", flat=True).first()

    def close(self) -> None:
        """A stream that is over comes back in a moment; one that was broken off means that the desk was closed."""
        if self._free_seat.alive:
            self._free_seat()
            if not self._is_over:
                leave(self._alignment, self._member)
