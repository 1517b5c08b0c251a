from django.db import models

from workspace.fields import TenantForeignKey
from workspace.models.tenant import Member, TenantModel


class Change(TenantModel):
    """One edit as one record: saved, undone, redone and audited from the same patch.

    `patch` maps what changed to [before, after]; undo applies it backwards as a new Change that points here.
    """

    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    operation = models.CharField(max_length=40)
    label = models.CharField(max_length=300)
    revision_before = models.BigIntegerField()
    revision_after = models.BigIntegerField()
    patch = models.JSONField(default=dict)
    undoes = TenantForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "id"], name="workspace_change_tenant_key")]
        indexes = [
            # The history of one alignment, newest first.
            models.Index(fields=["workspace", "subject_kind", "subject_id", "-id"], name="workspace_change_history"),
        ]

    def __str__(self) -> str:
        return self.label
