"""CRMs: their addresses and credentials, which are sealed and never shown again."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from territory.connectors.protocol import ConnectorKind, Field
from territory.connectors.registry import KIND_BY_KEY
from territory.models import Connection, ConnectionState
from territory.tasks import CHECK_CONNECTION, PULL_ACCOUNTS
from workspace.exceptions import Conflict, Invalid
from workspace.models import Member
from workspace.outgoing import OutgoingRefused, check_address
from workspace.sealing import seal
from workspace.services.changes import record_change
from workspace.services.jobs import queue_job

MAX_CONNECTIONS = 20
VALUE_MAX = 4000
PROTECTED_MAX = 50_000
SUBJECT = "connection"
# What every kind can be told.
PUSH_PARTS = ("both", "owner", "territory")


@transaction.atomic
def create_connection(
    *,
    kind: str,
    name: str,
    base_url: str,
    credentials: Mapping[str, str],
    settings: Mapping[str, str],
    actor: Member,
) -> Connection:
    known = KIND_BY_KEY.get(kind)
    if known is None:
        raise Invalid.field("kind", "is not a kind of CRM", value=kind, bound=", ".join(KIND_BY_KEY))
    _check_url(base_url)
    if Connection.objects.filter(workspace_id=actor.workspace_id).count() >= MAX_CONNECTIONS:
        raise Conflict(f"There are {MAX_CONNECTIONS} connections, the most there may be. Delete one first.")
    _refuse_name(name, actor)
    connection = Connection.objects.create(
        workspace_id=actor.workspace_id,
        kind=kind,
        name=name,
        base_url=base_url.rstrip("/"),
        settings=_checked_settings(known, settings),
        secret=_sealed(known, credentials),
        created_by=actor,
    )
    _record(connection, "create", f"Connected {known.label}: {name}", actor=actor)
    return connection


@transaction.atomic
def update_connection(connection: Connection, *, actor: Member, **fields: Any) -> Connection:
    """Name, settings, credentials (all of them anew). The address stays: credentials are not sent to another host."""
    locked = Connection.objects.select_for_update(of=("self",)).get(workspace_id=actor.workspace_id, pk=connection.pk)
    known = KIND_BY_KEY[locked.kind]
    changed = []
    if "name" in fields and fields["name"] != locked.name:
        _refuse_name(fields["name"], actor)
        locked.name = fields["name"]
        changed.append("name")
    if "settings" in fields:
        locked.settings = _checked_settings(known, fields["settings"])
        changed.append("settings")
    if "credentials" in fields:
        locked.secret = _sealed(known, fields["credentials"])
        locked.state, locked.last_error = ConnectionState.NEW, ""
        changed += ["secret", "state", "last_error"]
    if changed:
        locked.save(update_fields=changed)
        _record(locked, "update", f"Changed the connection to {locked.name}", actor=actor)
    return locked


@transaction.atomic
def delete_connection(connection: Connection, *, actor: Member) -> None:
    """With its pushes and their rollback files."""
    _record(connection, "delete", f"Deleted the connection to {connection.name}", actor=actor)
    connection.delete()


@transaction.atomic
def check_connection(connection: Connection, *, actor: Member) -> Connection:
    """Try the sign-in, by a job."""
    return _queue(connection, CHECK_CONNECTION, actor=actor)


@transaction.atomic
def pull_accounts(connection: Connection, *, actor: Member) -> Connection:
    """Read accounts that changed since the last time, by a job."""
    _record(connection, "pull", f"Asked for accounts from {connection.name}", actor=actor)
    return _queue(connection, PULL_ACCOUNTS, actor=actor)


@transaction.atomic
def protect_accounts(connection: Connection, *, text: str, actor: Member) -> Connection:
    """The list of accounts that are held back: lines of "id, date" (CSV), in place of the list before."""
    locked = Connection.objects.select_for_update(of=("self",)).get(workspace_id=actor.workspace_id, pk=connection.pk)
    locked.protected = read_protected(text)
    locked.save(update_fields=["protected"])
    label = f"{len(locked.protected):,} protected accounts for {locked.name}"
    _record(locked, "protect", label, actor=actor)
    return locked


def read_protected(text: str) -> dict[str, str]:
    """External id → ISO date. A first line without a date is a header. Invalid names the line."""
    found: dict[str, str] = {}
    for number, cells in enumerate(csv.reader(text.splitlines()), start=1):
        if not any(cell.strip() for cell in cells):
            continue
        external_id, until = [cell.strip() for cell in [*cells, ""][:2]]
        try:
            found[external_id] = date.fromisoformat(until).isoformat()
        except ValueError:
            if number == 1:
                continue
            raise Invalid.field("text", f"line {number} has no date like 2026-01-31", value=until[:50]) from None
    if len(found) > PROTECTED_MAX:
        raise Invalid.field("text", "has too many accounts", value=len(found), bound=PROTECTED_MAX)
    return found


def _queue(connection: Connection, kind: str, *, actor: Member) -> Connection:
    locked = Connection.objects.select_for_update(of=("self",)).select_related("job")
    connection = locked.get(workspace_id=actor.workspace_id, pk=connection.pk)
    if connection.job is not None and connection.job.kind == kind and not connection.job.is_finished:
        return connection
    connection.job = queue_job(actor=actor, kind=kind, payload={"connection_id": connection.pk})
    connection.save(update_fields=["job"])
    return connection


def _checked_settings(kind: ConnectorKind, given: Mapping[str, str]) -> dict[str, str]:
    values = dict(given)
    parts = values.pop("push", "") or "both"
    if parts not in PUSH_PARTS:
        raise Invalid.field("settings.push", "is not something to push", value=parts[:50], bound=", ".join(PUSH_PARTS))
    return _checked("settings", kind.settings, values) | {"push": parts}


def _sealed(kind: ConnectorKind, given: Mapping[str, str]) -> str:
    return seal(json.dumps(_checked("credentials", kind.credentials, given)))


def _checked(group: str, fields: tuple[Field, ...], given: Mapping[str, str]) -> dict[str, str]:
    """The given values by their fields. Never names a value: it may be a secret."""
    by_key = {field.key: field for field in fields}
    for key, value in given.items():
        if key not in by_key:
            raise Invalid.field(f"{group}.{key[:50]}", "is not known for this kind", bound=", ".join(by_key))
        if len(value) > VALUE_MAX or "\x00" in value:
            raise Invalid.field(f"{group}.{key}", "is too long or not text", bound=VALUE_MAX)
    for key, field in by_key.items():
        if field.required and not given.get(key, "").strip():
            raise Invalid.field(f"{group}.{key}", f"{field.label} is needed")
    return {key: value.strip() for key, value in given.items() if value.strip()}


def _check_url(url: str) -> None:
    try:
        check_address(url)
    except OutgoingRefused as refusal:
        raise Invalid.field("base_url", str(refusal), value=url[:200]) from None


def _refuse_name(name: str, actor: Member) -> None:
    if Connection.objects.filter(workspace_id=actor.workspace_id, name=name).exists():
        raise Conflict(f"There already is a connection called “{name}”.")


def _record(connection: Connection, operation: str, label: str, *, actor: Member) -> None:
    record_change(actor=actor, subject_kind=SUBJECT, subject_id=connection.pk, operation=operation, label=label)
