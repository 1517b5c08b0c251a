from django.db import models

from workspace.fields import TenantForeignKey
from workspace.models import Member, TenantModel


class BoundaryFile(TenantModel):
    """An uploaded file of areas, what was decided about it, and what it holds under these choices."""

    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=255)
    file = models.FileField(upload_to="boundaries/", max_length=255)
    choices = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "id"], name="territory_boundary_file_tenant_key")]

    def __str__(self) -> str:
        return self.filename
