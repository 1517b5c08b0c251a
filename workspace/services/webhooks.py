from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from workspace.exceptions import Conflict, Invalid
from workspace.models import PING, Delivery, DeliveryState, EventKind, Member, Webhook
from workspace.models.webhook import host_of
from workspace.outgoing import OutgoingRefused, check_address
from workspace.sealing import seal
from workspace.services.changes import record_change
from workspace.webhooks.signature import new_secret

MAX_WEBHOOKS = 20
SUBJECT = "webhook"
TURNED_OFF = "The webhook was turned off."


@transaction.atomic
def create_webhook(*, url: str, events: Sequence[EventKind], actor: Member) -> tuple[Webhook, str]:
    """The webhook and the secret its receiver checks signatures with, which is not shown again."""
    _check(url)
    if Webhook.objects.filter(workspace_id=actor.workspace_id).count() >= MAX_WEBHOOKS:
        raise Conflict(f"There are {MAX_WEBHOOKS} webhooks, the most there may be. Delete one first.")
    secret = new_secret()
    webhook = Webhook.objects.create(
        workspace_id=actor.workspace_id, url=url, events=_in_order(events), secret=seal(secret), created_by=actor
    )
    _record(webhook, "create", f"Made a webhook to {webhook.host}", actor=actor)
    return webhook, secret


@transaction.atomic
def update_webhook(webhook: Webhook, *, actor: Member, **fields: Any) -> Webhook:
    """Address, events, on or off. What still waits when a webhook is turned off is given up."""
    if "url" in fields:
        _check(fields["url"])
    if "events" in fields:
        fields["events"] = _in_order(fields["events"])
    locked = Webhook.objects.select_for_update(of=("self",)).get(workspace_id=actor.workspace_id, pk=webhook.pk)
    patch = {name: [getattr(locked, name), value] for name, value in fields.items() if getattr(locked, name) != value}
    if not patch:
        return locked
    for name, (_, value) in patch.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(patch))
    if not locked.is_active:
        waiting = Delivery.objects.filter(workspace_id=actor.workspace_id, webhook=locked, state=DeliveryState.WAITING)
        waiting.update(state=DeliveryState.FAILED, next_attempt_at=None, last_error=TURNED_OFF)
    if "url" in patch:
        patch["url"] = [host_of(url) for url in patch["url"]]
    _record(locked, "update", f"Changed the webhook to {locked.host}", actor=actor, patch=patch)
    return locked


@transaction.atomic
def delete_webhook(webhook: Webhook, *, actor: Member) -> None:
    _record(webhook, "delete", f"Deleted the webhook to {webhook.host}", actor=actor)
    webhook.delete()


@transaction.atomic
def announce_event(*, actor: Member, kind: EventKind, data: dict[str, Any]) -> None:
    """Leave a delivery for every webhook that listens. Call it inside the transaction that makes the thing happen."""
    listening = Webhook.objects.filter(workspace_id=actor.workspace_id, is_active=True, events__contains=[kind])
    _leave(list(listening), kind=kind, data=data)


@transaction.atomic
def send_ping(webhook: Webhook, *, actor: Member) -> Delivery:
    """An event that means nothing, to see whether it arrives."""
    _require_active(webhook)
    _record(webhook, "test", f"Sent a test to {webhook.host}", actor=actor)
    return _leave([webhook], kind=PING, data={"asked_by": actor.user.name})[0]


@transaction.atomic
def redeliver(delivery: Delivery, *, actor: Member) -> Delivery:
    """Send it once more, under its old id, as if it were new."""
    deliveries = Delivery.objects.select_for_update(of=("self",)).select_related("webhook")
    locked = deliveries.get(workspace_id=actor.workspace_id, pk=delivery.pk)
    _require_active(locked.webhook)
    locked.state, locked.attempts, locked.next_attempt_at = DeliveryState.WAITING, 0, timezone.now()
    locked.delivered_at = None
    locked.save(update_fields=["state", "attempts", "next_attempt_at", "delivered_at"])
    _record(locked.webhook, "redeliver", f"Sent {locked.kind} to {locked.webhook.host} again", actor=actor)
    return locked


def _leave(webhooks: Sequence[Webhook], *, kind: str, data: dict[str, Any]) -> list[Delivery]:
    event_id, now = uuid4(), timezone.now()
    return Delivery.objects.bulk_create(
        Delivery(
            workspace_id=webhook.workspace_id,
            webhook=webhook,
            event_id=event_id,
            kind=kind,
            payload=_envelope(event_id, kind, now.isoformat(), webhook.workspace_id, data),
            next_attempt_at=now,
        )
        for webhook in webhooks
    )


def _envelope(event_id: UUID, kind: str, timestamp: str, workspace_id: int, data: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(event_id), "type": kind, "timestamp": timestamp, "workspace_id": workspace_id, "data": data}


def _in_order(events: Sequence[EventKind]) -> list[str]:
    return [kind.value for kind in EventKind if kind in events]


def _check(url: str) -> None:
    try:
        check_address(url)
    except OutgoingRefused as refusal:
        raise Invalid.field("url", str(refusal), value=url[:200]) from None


def _require_active(webhook: Webhook) -> None:
    if not webhook.is_active:
        raise Conflict("This webhook is turned off. Turn it on first.")


def _record(
    webhook: Webhook, operation: str, label: str, *, actor: Member, patch: dict[str, Any] | None = None
) -> None:
    record_change(
        actor=actor, subject_kind=SUBJECT, subject_id=webhook.pk, operation=operation, label=label, patch=patch
    )
