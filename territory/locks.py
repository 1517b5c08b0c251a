"""Who waits for whom: edits lock their alignment's row, imports keep new layers and alignments out while they follow.

Without the second, an alignment made while an import runs would miss the import's accounts for good.
"""

from django.db import connection

# Any constant will do; it only must not be used for anything else.
_ACCOUNTS_LOCK = 7_340_001
_BARRIERS_LOCK = 7_340_003


def share_accounts(workspace_id: int) -> None:
    """Read all accounts of the workspace while no import is about to commit. Held to the transaction's end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [_ACCOUNTS_LOCK, workspace_id % 2**31])


def own_accounts(workspace_id: int) -> None:
    """Keep readers of all accounts out until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ACCOUNTS_LOCK, workspace_id % 2**31])


def own_barriers(workspace_id: int) -> None:
    """Change barriers, or mark units by them, one after the other. Held to the transaction's end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_BARRIERS_LOCK, workspace_id % 2**31])
