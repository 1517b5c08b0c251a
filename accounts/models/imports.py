from django.db import models

from workspace.fields import TenantForeignKey
from workspace.models import Job, Member, TenantModel


class ImportKind(models.TextChoices):
    ACCOUNTS = "accounts", "Accounts"
    REPS = "reps", "Reps"


class AccountImport(TenantModel):
    """An uploaded file, what was detected in it, how its columns map, and what the import did."""

    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=ImportKind)
    filename = models.CharField(max_length=255)
    file = models.FileField(upload_to="imports/", max_length=255)
    detected = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    n_rows = models.IntegerField(null=True)
    mapping = models.JSONField(default=dict)
    job = TenantForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    result = models.JSONField(null=True)
    problems_file = models.FileField(upload_to="imports/", max_length=255, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "id"], name="accounts_import_tenant_key")]

    def __str__(self) -> str:
        return self.filename


class ColumnMapping(TenantModel):
    """How columns of this shape were mapped last time in this workspace."""

    kind = models.CharField(max_length=10, choices=ImportKind)
    columns_hash = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "kind", "columns_hash"], name="accounts_column_mapping_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.columns_hash[:8]}"
