from typing import Any

from django.db import models

from workspace.fields import TenantForeignKey
from workspace.models.tenant import Member, TenantModel


class JobState(models.TextChoices):
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class Job(TenantModel):
    """Long work. Its state lives here; Celery and Redis only carry the message that it is due."""

    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    queue = models.CharField(max_length=20)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    idempotency_key = models.CharField(max_length=200, null=True)  # noqa: DJ001 - NULL keys never collide
    progress = models.FloatField(default=0)
    message = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    fencing_token = models.BigIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "id"], name="workspace_job_tenant_key"),
            models.UniqueConstraint(fields=["workspace", "idempotency_key"], name="workspace_job_idempotent"),
        ]
        indexes = [
            # The dispatcher and the sweeper: what is due.
            models.Index(
                fields=["state", "lease_until"],
                condition=models.Q(state__in=["queued", "running"]),
                name="workspace_job_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} ({self.state})"

    @property
    def is_finished(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}

    @property
    def live(self) -> dict[str, Any]:
        """What a watcher sees change."""
        return {"state": self.state, "progress": self.progress, "message": self.message, "detail": self.detail}
