from django.db import models
from django.db.models import Q

from territory.models.alignment import Alignment
from workspace.fields import SealedField, TenantForeignKey
from workspace.models import Job, Member, TenantModel


class ConnectionState(models.TextChoices):
    NEW = "new", "Not checked"
    READY = "ready", "Signed in"
    EXPIRED = "expired", "Sign-in expired"
    FAILED = "failed", "Not reached"


class Connection(TenantModel):
    """A CRM that takes assignments. `secret` is a sealed JSON object of the kind's credentials."""

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    base_url = models.CharField(max_length=2000)
    settings = models.JSONField(default=dict)
    secret = SealedField()
    # External id → the last day on which the account is left alone (ISO date).
    protected = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ConnectionState, default=ConnectionState.NEW)
    signed_in_as = models.CharField(max_length=300, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    last_checked_at = models.DateTimeField(null=True)
    last_pulled_at = models.DateTimeField(null=True)
    # The latest check or pull.
    job = TenantForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = TenantForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "id"], name="territory_connection_tenant_key"),
            models.UniqueConstraint(fields=["workspace", "name"], name="territory_connection_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PushState(models.TextChoices):
    PLANNING = "planning", "Comparing"
    PLANNED = "planned", "Compared"
    PUSHING = "pushing", "Pushing"
    DONE = "done", "Done"
    FAILED = "failed", "Stopped"


class Push(TenantModel):
    """One alignment on its way to one CRM: compared first, then pushed. Its counts are those of its rows."""

    connection = TenantForeignKey(Connection, on_delete=models.CASCADE, related_name="pushes")
    alignment = TenantForeignKey(Alignment, on_delete=models.CASCADE, related_name="+")
    revision = models.BigIntegerField()
    member = TenantForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    job = TenantForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=PushState, default=PushState.PLANNING)
    # What the difference is taken to: what the CRM holds, or what was last pushed.
    against = models.CharField(max_length=10, choices=[("crm", "The CRM"), ("pushed", "The last push")], blank=True)
    n_accounts = models.PositiveIntegerField(default=0)
    n_new = models.PositiveIntegerField(default=0)
    n_changed = models.PositiveIntegerField(default=0)
    n_unchanged = models.PositiveIntegerField(default=0)
    n_unknown = models.PositiveIntegerField(default=0)
    n_held = models.PositiveIntegerField(default=0)
    n_without = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "id"], name="territory_push_tenant_key")]
        indexes = [models.Index(fields=["workspace", "connection", "-id"], name="territory_push_newest")]

    def __str__(self) -> str:
        return f"push {self.pk} ({self.state})"

    @property
    def n_to_push(self) -> int:
        return self.n_new + self.n_changed


class PushRowState(models.TextChoices):
    WAITING = "waiting", "To be pushed"
    DONE = "done", "Pushed"
    REFUSED = "refused", "Refused"
    LATER = "later", "To be tried again"
    HELD = "held", "Held back"
    UNKNOWN = "unknown", "Unknown there"


class PushRow(TenantModel):
    """An account that differs: what was there, what shall be, and how that ended. The row decides what is still due."""

    push = TenantForeignKey(Push, on_delete=models.CASCADE, related_name="rows")
    external_id = models.CharField(max_length=200)
    name = models.CharField(max_length=300, blank=True)
    owner_before = models.CharField(max_length=200, blank=True)
    owner_after = models.CharField(max_length=200, blank=True)
    territory_before = models.CharField(max_length=1000, blank=True)
    territory_after = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=PushRowState, default=PushRowState.WAITING)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "id"], name="territory_push_row_tenant_key")]
        indexes = [
            models.Index(fields=["workspace", "push", "state", "id"], name="territory_push_row_state"),
            # What was last pushed of an account.
            models.Index(
                fields=["workspace", "external_id", "-id"], condition=Q(state="done"), name="territory_push_row_last"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.external_id} ({self.state})"
