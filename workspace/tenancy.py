from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_SWAP = "SELECT coalesce(current_setting('app.workspace', true), ''), set_config('app.workspace', %s, true)"


@contextmanager
def workspace(workspace_id: int) -> Iterator[None]:
    """One transaction inside one workspace: row-level security shows its rows and no others.

    Nests: the workspace that was set before comes back. Used by the middleware, every task and every streamed
    response (those run after the request's transaction has ended).
    """
    with transaction.atomic():
        before = _set(str(workspace_id))
        yield
        # A rollback, asked for or by an error, takes the setting back by itself.
        if not connection.needs_rollback:
            _set(before)


def _set(value: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('app.workspace', true), ''), set_config('app.workspace', %s, true)",
            [value],
        )
        row = cursor.fetchone()
    return str(row[0])
