from django.db import models

from workspace.fields import TenantForeignKey
from workspace.models import Job, Member, TenantModel, Workspace


class ImportKind(models.TextChoices):
    ACCOUNTS = "accounts", "Accounts"
    REPS = "reps", "Reps"


class ImportMode(models.TextChoices):
    ADD = "add", "Only new ones"
    UPDATE = "update", "Only known ones"
    UPSERT = "upsert", "New and known ones"
    REPLACE = "replace", "The file is the whole list"


class AccountImport(TenantModel):
    """An uploaded file, what was detected in it, how its columns map, and what the import did.

    `written_at` is the `updated_at` of every row the import wrote: a row that bears another one was edited since.
    """

    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=ImportKind)
    filename = models.CharField(max_length=255)
    file = models.FileField(upload_to="imports/", max_length=255)
    detected = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    n_rows = models.IntegerField(null=True)
    mapping = models.JSONField(default=dict)
    mode = models.CharField(max_length=10, choices=ImportMode, default=ImportMode.UPSERT)
    job = TenantForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    result = models.JSONField(null=True)
    written_at = models.DateTimeField(null=True)
    undo_job = TenantForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    undone = models.JSONField(null=True)
    problems_file = models.FileField(upload_to="imports/", max_length=255, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "id"], name="accounts_import_tenant_key")]

    def __str__(self) -> str:
        return self.filename


class Fate(models.TextChoices):
    CREATED = "created", "Created"
    CHANGED = "changed", "Changed"
    GONE = "gone", "Gone"


class ImportedRow(TenantModel):
    """What an import did to one record, so that it can be undone.

    `before` holds the columns that were overwritten, all of them for a record that is gone; `kept` what other apps
    need to give back to one that returns (accounts.importing.belongings). Written by set-based SQL only.
    """

    pk = models.CompositePrimaryKey("upload_id", "record_id")
    # As many rows as the file has: no index and no check beyond the key; the tenant key implies the workspace.
    workspace = models.ForeignKey(
        Workspace, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    upload = TenantForeignKey(AccountImport, on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    record_id = models.BigIntegerField()
    fate = models.CharField(max_length=7, choices=Fate)
    before = models.JSONField(null=True)
    kept = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.record_id} {self.fate} by import {self.upload_id}"


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
