"""Who has an alignment open and which revision it is at, kept in Redis: whoever follows asks no database.

Both are hints. What changed is read through the API, where row-level security decides; a hint that is lost or late
costs a second look and nothing else.
"""

import json
import time
from dataclasses import dataclass
from functools import cache

import structlog
from django.conf import settings
from django.db import transaction
from redis import Redis
from redis.exceptions import RedisError

from territory.models import Alignment
from workspace.models import Member

log = structlog.get_logger(__name__)
# Longer than the time between two looks of a desk that polls.
GONE_AFTER_S = 6.0
KEPT_S = 3600


@dataclass(frozen=True)
class State:
    """What a desk that follows an alignment is told."""

    revision: int
    here: tuple[tuple[int, str], ...]

    def as_dict(self) -> dict[str, object]:
        return {"revision": self.revision, "here": [{"id": pk, "name": name} for pk, name in self.here]}


def announce(alignment: Alignment) -> None:
    """Tell who follows, once the transaction has committed, that there is a new revision."""
    workspace_id, alignment_id, revision = alignment.workspace_id, alignment.pk, alignment.revision
    transaction.on_commit(lambda: _announce(workspace_id, alignment_id, revision))


def look(alignment: Alignment, member: Member) -> State:
    """The present state, and a note that the member is here. Without Redis, what the alignment itself says."""
    try:
        return follow(alignment, member)
    except RedisError:
        return State(alignment.revision, ((member.pk, member.user.name),))


def leave(alignment: Alignment, member: Member) -> None:
    """The member closed the alignment."""
    try:
        _redis(_address()).zrem(_here(alignment), _who(member))
    except RedisError:
        log.warning("together.unreachable")


def follow(alignment: Alignment, member: Member) -> State:
    """Like `look`, for those who ask again and again of an alignment read once: raises RedisError."""
    now = time.time()
    with _redis(_address()).pipeline(transaction=False) as batch:
        batch.zadd(_here(alignment), {_who(member): now})
        batch.expire(_here(alignment), KEPT_S)
        batch.zrangebyscore(_here(alignment), now - GONE_AFTER_S, "+inf")
        batch.zscore(_revisions(alignment.workspace_id), str(alignment.pk))
        _, _, here, announced = batch.execute()
    people = sorted(tuple(json.loads(entry)) for entry in here)
    return State(max(alignment.revision, int(announced or 0)), tuple(people))


def _announce(workspace_id: int, alignment_id: int, revision: int) -> None:
    try:
        with _redis(_address()).pipeline(transaction=False) as batch:
            # Commits may announce out of order: the highest revision stands.
            batch.zadd(_revisions(workspace_id), {str(alignment_id): revision}, gt=True)
            batch.expire(_revisions(workspace_id), KEPT_S)
            batch.execute()
    except RedisError:
        log.warning("together.unreachable")


def _who(member: Member) -> str:
    return json.dumps([member.pk, member.user.name])


def _here(alignment: Alignment) -> str:
    return f"together:{alignment.workspace_id}:{alignment.pk}:here"


def _revisions(workspace_id: int) -> str:
    return f"together:{workspace_id}:revisions"


def _address() -> str:
    return str(settings.CACHES["default"]["LOCATION"])


@cache
def _redis(address: str) -> Redis:
    return Redis.from_url(address, socket_timeout=2, socket_connect_timeout=2)
