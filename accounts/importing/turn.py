"""One import at a time in a workspace: two that write the same accounts would block each other for good."""

import time

from django.db import connection

from accounts.importing.watching import Watcher
from workspace.exceptions import Conflict

TURN_LOCK = 7301
TURN_EVERY_S = 0.2


def wait_for_turn(workspace_id: int, watcher: Watcher) -> None:
    """Held to the transaction's end."""
    while not _is_ours(workspace_id):
        watcher.progress(0.0, "Waiting for another import to end", phase="wait")
        time.sleep(TURN_EVERY_S)


def take_turn(workspace_id: int) -> None:
    """The same for a request, which does not wait."""
    if not _is_ours(workspace_id):
        raise Conflict("An import is running in this workspace. Try again when it has ended.")


def _is_ours(workspace_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [TURN_LOCK, workspace_id % 2**31])
        return bool(cursor.fetchone()[0])
