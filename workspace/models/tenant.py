from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from workspace.querysets import TenantQuerySet


class Workspace(models.Model):
    """A tenant: one sales organisation with its currency and time zone."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    currency = models.CharField(max_length=3, default="USD")
    time_zone = models.CharField(max_length=64, default="UTC")
    default_tolerance = models.FloatField(default=0.10, validators=[MinValueValidator(0.001), MaxValueValidator(1.0)])
    data_version = models.BigIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class TenantModel(models.Model):
    """Every row of every tenant table carries its workspace; row-level security stands on it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        abstract = True


class Role(models.TextChoices):
    ADMIN = "admin", "Admin"
    MANAGER = "manager", "Manager"
    OPS = "ops", "Sales operations"
    VIEWER = "viewer", "Viewer"
    REP = "rep", "Rep"


class Member(models.Model):
    """A user's place in a workspace. Read before a workspace is known, so without row-level security."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="workspace_member_once"),
            models.UniqueConstraint(fields=["workspace", "id"], name="workspace_member_tenant_key"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="workspace_member_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class TeamKind(models.TextChoices):
    FIELD = "field", "Field"
    INSIDE = "inside", "Inside"
    SPECIALIST = "specialist", "Specialist"


class Team(TenantModel):
    """Reps who share the ground between them: within one team coverage is exclusive. Inside teams do not travel."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=TeamKind, default=TeamKind.FIELD)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="workspace_team_name"),
            models.UniqueConstraint(fields=["workspace", "id"], name="workspace_team_tenant_key"),
        ]

    def __str__(self) -> str:
        return self.name
