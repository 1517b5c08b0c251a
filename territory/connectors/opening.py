"""From a row to a connector that is signed in with its secret, and back: what the CRM said of the sign-in."""

import json
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from territory.connectors.protocol import CannotTalk, Connector, Credentials, Opening, SignInExpired
from territory.connectors.registry import KIND_BY_KEY
from territory.models import Connection, ConnectionState
from workspace.sealing import CannotOpen, seal, unseal
from workspace.tenancy import workspace


def open_connection(connection: Connection, wait: Callable[[float], None]) -> Connector:
    """CannotTalk where the secret can no longer be read or the kind is gone."""
    kind = KIND_BY_KEY.get(connection.kind)
    if kind is None:
        raise CannotTalk(f"This system knows no connector “{connection.kind}” any more.")
    try:
        values = json.loads(unseal(connection.secret))
    except CannotOpen:
        raise SignInExpired("Its credentials cannot be read any more: enter them again.") from None

    def save(changed: dict[str, str]) -> None:
        connection.secret = seal(json.dumps(changed))
        note(connection, secret=connection.secret)

    return kind.open(
        Opening(
            base_url=connection.base_url,
            settings=connection.settings,
            credentials=Credentials(values, save),
            wait=wait,
        )
    )


def note(connection: Connection, **fields: Any) -> None:
    """Written at once, in its own transaction: what the CRM did stands, whatever becomes of the job."""
    with workspace(connection.workspace_id):
        Connection.objects.filter(workspace_id=connection.workspace_id, pk=connection.pk).update(**fields)


def note_success(connection: Connection, **fields: Any) -> None:
    note(connection, state=ConnectionState.READY, last_error="", last_checked_at=timezone.now(), **fields)


def note_failure(connection: Connection, failure: Exception) -> None:
    state = ConnectionState.EXPIRED if isinstance(failure, SignInExpired) else ConnectionState.FAILED
    note(connection, state=state, last_error=str(failure)[:300], last_checked_at=timezone.now())
