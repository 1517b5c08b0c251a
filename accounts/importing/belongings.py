"""What other apps keep about accounts, when accounts go and when they come back.

Apps above this one register what they have in their `AppConfig.ready`, as they do with followers. All three are called
inside the transaction that takes the accounts out or brings them back, with the name of a temporary table
`(account_id bigint primary key, kept jsonb)`.
"""

from typing import Protocol

from django.db import connection

GOING, RETURNED = "going_accounts", "returned_accounts"


class Belongings(Protocol):
    def count(self, *, workspace_id: int, going: str) -> dict[str, int]:
        """What would be lost: {n_assigned, n_overridden} or other counts of accounts by name."""

    def pack(self, *, workspace_id: int, going: str) -> None:
        """Let go of accounts that are about to be deleted; what an undo needs is added to `kept`."""

    def unpack(self, *, workspace_id: int, returned: str) -> None:
        """Give back what `kept` says. Followers are told of the accounts afterwards."""


_registered: list[Belongings] = []


def register(belongings: Belongings) -> None:
    if belongings not in _registered:
        _registered.append(belongings)


def make_table(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
        cursor.execute(
            f"CREATE TEMP TABLE {name} (account_id bigint PRIMARY KEY, kept jsonb NOT NULL DEFAULT '{{}}')"
            " ON COMMIT DROP"
        )


def count_belongings(workspace_id: int) -> dict[str, int]:
    counts = {"n_assigned": 0, "n_overridden": 0}
    for each in _registered:
        counts |= each.count(workspace_id=workspace_id, going=GOING)
    return counts


def pack_belongings(workspace_id: int) -> None:
    for each in _registered:
        each.pack(workspace_id=workspace_id, going=GOING)


def unpack_belongings(workspace_id: int) -> None:
    for each in _registered:
        each.unpack(workspace_id=workspace_id, returned=RETURNED)
