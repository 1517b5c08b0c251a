from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from workspace.fields import TenantForeignKey
from workspace.models.tenant import Member, Role, TenantModel
from workspace.querysets import TenantQuerySet


class Scope(models.TextChoices):
    """What a token may be used for, within what its member may do. The routes are in workspace/api/scopes.py."""

    READ = "read", "Read"
    WRITE = "write", "Write"
    IMPORT = "import", "Import"
    EXPORT = "export", "Export"


class ApiTokenState(models.TextChoices):
    ACTIVE = "active", "Active"
    EXPIRED = "expired", "Expired"
    REVOKED = "revoked", "Revoked"


class ApiTokenQuerySet(TenantQuerySet):
    def visible_to(self, member: Member) -> "ApiTokenQuerySet":
        """Everybody's for admins, one's own for the others."""
        rows = super().visible_to(member)
        return rows if member.role == Role.ADMIN else rows.filter(member_id=member.pk)


class ApiToken(TenantModel):
    """A program's key to the API in the name of a member. Only the hash of the secret is kept."""

    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope))
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "id"], name="workspace_api_token_tenant_key")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def state(self) -> ApiTokenState:
        if self.revoked_at is not None:
            return ApiTokenState.REVOKED
        return ApiTokenState.EXPIRED if self.expires_at <= timezone.now() else ApiTokenState.ACTIVE
