"""Who has an alignment open, and that something has changed, kept in Redis: whoever follows need not ask the database.

Both are hints. What changed is read from the database, where row-level security decides; a hint that is lost costs a
later look and nothing else.
"""

import json
import time
from functools import cache
from typing import NamedTuple

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


class Person(NamedTuple):
    id: int
    name: str


class Hint(NamedTuple):
    """`n_changes` is another number after every change; nothing else can be learned from it."""

    n_changes: int
    here: tuple[Person, ...]


def announce(alignment: Alignment) -> None:
    """Tell who follows, once the transaction has committed, that there is a new revision."""
    key = _changes(alignment)
    transaction.on_commit(lambda: _count(key))


def people_here(alignment: Alignment, member: Member) -> tuple[Person, ...]:
    """Who has the alignment open, the member among them from now on. Without Redis, the member alone."""
    try:
        return follow(alignment, member).here
    except RedisError:
        return (Person(member.pk, member.user.name),)


def follow(alignment: Alignment, member: Member) -> Hint:
    """Whether something changed, and who is here, the member among them. Raises RedisError."""
    now = time.time()
    with _redis(_address()).pipeline(transaction=False) as batch:
        batch.zadd(_here(alignment), {_entry(member): now})
        batch.expire(_here(alignment), KEPT_S)
        batch.zrangebyscore(_here(alignment), now - GONE_AFTER_S, "+inf")
        batch.get(_changes(alignment))
        _, _, here, n_changes = batch.execute()
    return Hint(int(n_changes or 0), tuple(sorted(Person(*json.loads(entry)) for entry in here)))


def leave(alignment: Alignment, member: Member) -> None:
    """The member closed the alignment."""
    try:
        _redis(_address()).zrem(_here(alignment), _entry(member))
    except RedisError:
        log.warning("together.unreachable")


def _count(key: str) -> None:
    try:
        with _redis(_address()).pipeline(transaction=False) as batch:
            batch.incr(key)
            batch.expire(key, KEPT_S)
            batch.execute()
    except RedisError:
        log.warning("together.unreachable")


def _entry(member: Member) -> str:
    return json.dumps([member.pk, member.user.name])


def _here(alignment: Alignment) -> str:
    return f"together:{alignment.workspace_id}:{alignment.pk}:here"


def _changes(alignment: Alignment) -> str:
    return f"together:{alignment.workspace_id}:{alignment.pk}:changes"


def _address() -> str:
    return str(settings.CACHES["default"]["LOCATION"])


@cache
def _redis(address: str) -> Redis:
    return Redis.from_url(address, socket_timeout=2, socket_connect_timeout=2)
