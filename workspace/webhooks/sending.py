"""Deliveries leave at least once: a row is claimed for a while, sent, and its end is written.

Who dies in between leaves a row that is due again when the claim is over; the receiver knows the event by its id.
"""

import json
import time
from datetime import timedelta
from typing import NamedTuple

import structlog
from django.db import connection
from django.utils import timezone

from workspace.models import Delivery, DeliveryState
from workspace.outgoing import OutgoingFailed, call
from workspace.sealing import CannotOpen, unseal
from workspace.tenancy import workspace
from workspace.webhooks.signature import signed_headers

# Wait so long after the first, second … failure; the one after the last is final.
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
MAX_ATTEMPTS = len(BACK_OFF) + 1
# Longer than any call may take.
CLAIM_S = 60
AT_A_TIME = 20
log = structlog.get_logger(__name__)

_CLAIM = """
UPDATE workspace_delivery SET attempts = attempts + 1,
    next_attempt_at = clock_timestamp() + make_interval(secs => %(claim)s)
WHERE workspace_id = %(workspace)s AND id = (
    SELECT id FROM workspace_delivery
    WHERE workspace_id = %(workspace)s AND webhook_id = %(webhook)s
      AND state = 'waiting' AND next_attempt_at <= clock_timestamp()
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id
"""


class Due(NamedTuple):
    """A webhook for which something is due."""

    workspace_id: int
    webhook_id: int


class Outcome(NamedTuple):
    status: int | None
    error: str

    @property
    def is_delivered(self) -> bool:
        return not self.error


def due_webhooks() -> list[Due]:
    """Of all workspaces, those that wait longest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id, webhook_id FROM workspace_webhooks_due()")
        return [Due(*row) for row in cursor.fetchall()]


def deliver_to(due: Due) -> int:
    """Send what is due, oldest first, until one fails: an address that does not answer is asked once. How many went."""
    for sent in range(AT_A_TIME):
        delivery = claim(due)
        if delivery is None or not send(delivery):
            return sent
    return AT_A_TIME


def claim(due: Due) -> Delivery | None:
    """The oldest due delivery, for CLAIM_S nobody else's."""
    with workspace(due.workspace_id), connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"workspace": due.workspace_id, "webhook": due.webhook_id, "claim": CLAIM_S})
        row = cursor.fetchone()
        if row is None:
            return None
        return Delivery.objects.select_related("webhook").get(workspace_id=due.workspace_id, pk=row[0])


def send(delivery: Delivery) -> bool:
    """Make the call, outside any transaction, and write how it ended. Whether it arrived."""
    outcome = _call(delivery)
    with workspace(delivery.workspace_id):
        # Not if somebody else has it by now, asked for it anew or turned the webhook off.
        mine = Delivery.objects.filter(
            workspace_id=delivery.workspace_id,
            pk=delivery.pk,
            attempts=delivery.attempts,
            state=DeliveryState.WAITING,
        )
        mine.update(last_status=outcome.status, last_error=outcome.error, **_next(delivery, outcome))
    if not outcome.is_delivered:
        log.info("delivery_failed", delivery_id=delivery.pk, attempt=delivery.attempts, status=outcome.status)
    return outcome.is_delivered


def _call(delivery: Delivery) -> Outcome:
    body = json.dumps(delivery.payload, ensure_ascii=False, separators=(",", ":")).encode()
    if delivery.attempts > MAX_ATTEMPTS:
        return Outcome(None, "The sender stopped while it was sending this.")
    try:
        headers = signed_headers(
            secret=unseal(delivery.webhook.secret),
            event_id=str(delivery.event_id),
            timestamp_s=int(time.time()),
            body=body,
        )
        answer = call("POST", delivery.webhook.url, body=body, headers=headers | {"Content-Type": "application/json"})
    except OutgoingFailed as failure:
        return Outcome(None, str(failure))
    except CannotOpen:
        return Outcome(None, "Its secret cannot be read any more: make the webhook anew.")
    if 200 <= answer.status < 300:
        return Outcome(answer.status, "")
    hint = ", and redirects are not followed" if 300 <= answer.status < 400 else ""
    return Outcome(answer.status, f"It answered with status {answer.status}{hint}.")


def _next(delivery: Delivery, outcome: Outcome) -> dict[str, object]:
    now = timezone.now()
    if outcome.is_delivered:
        return {"state": DeliveryState.DELIVERED, "delivered_at": now, "next_attempt_at": None}
    if delivery.attempts >= MAX_ATTEMPTS:
        return {"state": DeliveryState.FAILED, "next_attempt_at": None}
    return {"next_attempt_at": now + BACK_OFF[delivery.attempts - 1]}
