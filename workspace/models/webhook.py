from urllib.parse import urlsplit

from django.contrib.postgres.fields import ArrayField
from django.db import models

from workspace.fields import SealedField, TenantForeignKey
from workspace.models.tenant import Member, TenantModel


class EventKind(models.TextChoices):
    """What other systems can be told of."""

    IMPORT_DONE = "import.done", "Import done"
    RUN_DONE = "run.done", "Run done"
    ALIGNMENT_PROPOSED = "alignment.proposed", "Alignment proposed"
    ALIGNMENT_PUBLISHED = "alignment.published", "Alignment published"
    ALARM = "alarm", "Alarm"


# Sent by hand, to try a webhook.
PING = "ping"


class Webhook(TenantModel):
    """An address that is told of events, signed with a secret both sides know."""

    url = models.CharField(max_length=2000)
    events = ArrayField(models.CharField(max_length=40, choices=EventKind))
    secret = SealedField()
    is_active = models.BooleanField(default=True)
    created_by = TenantForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "id"], name="workspace_webhook_tenant_key")]

    def __str__(self) -> str:
        return self.host

    @property
    def host(self) -> str:
        """What may be told of the address: the rest may hold a key of the receiver's."""
        return host_of(self.url)


def host_of(url: str) -> str:
    return urlsplit(url).hostname or ""


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Failed"


class Delivery(TenantModel):
    """One event on its way to one webhook. The row decides: whoever sends it may die at any time."""

    webhook = TenantForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    payload = models.JSONField()
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "id"], name="workspace_delivery_tenant_key")]
        indexes = [
            # The newest of a webhook.
            models.Index(fields=["workspace", "webhook", "-id"], name="workspace_delivery_newest"),
            # The sender: what is due.
            models.Index(
                fields=["next_attempt_at"], condition=models.Q(state="waiting"), name="workspace_delivery_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id} ({self.state})"
