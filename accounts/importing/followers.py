"""Who has to know when accounts have changed.

Apps above this one keep figures that follow from accounts (who covers each, sums per unit). In their `AppConfig.ready`
they register a follower; it is called inside the transaction that changed the accounts, so that both commit or neither:

    register(refresh_assignments)

    def refresh_assignments(*, workspace_id: int, touched: str) -> None: ...

`touched` names a temporary table `(account_id bigint primary key, is_new boolean)` of the accounts that were created or
changed, for set-based SQL in the same connection. It is not empty.
"""

from collections.abc import Iterable
from typing import Protocol

from django.db import connection

from accounts.segments import number_segments

TOUCHED = "touched_accounts"


class Follower(Protocol):
    def __call__(self, *, workspace_id: int, touched: str) -> None: ...


_followers: list[Follower] = []


def register(follower: Follower) -> None:
    if follower not in _followers:
        _followers.append(follower)


def make_touched_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {TOUCHED} (account_id bigint PRIMARY KEY, is_new boolean NOT NULL)"
            " ON COMMIT DROP"
        )
        cursor.execute(f"TRUNCATE {TOUCHED}")


def tell_followers(*, workspace_id: int) -> None:
    """Call everybody, and let tiles and other cached pictures of the workspace's accounts expire."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {TOUCHED}")
    raise_data_version(workspace_id)
    number_segments(workspace_id, touched=TOUCHED)
    for follower in _followers:
        follower(workspace_id=workspace_id, touched=TOUCHED)


def raise_data_version(workspace_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE workspace_workspace SET data_version = data_version + 1 WHERE id = %s", [workspace_id])


def accounts_changed(*, workspace_id: int, account_ids: Iterable[int]) -> None:
    """For changes of a few accounts at a time; an import fills the table itself."""
    make_touched_table()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TOUCHED} SELECT unnest(%s::bigint[]), false ON CONFLICT DO NOTHING", [list(account_ids)]
        )
    tell_followers(workspace_id=workspace_id)
