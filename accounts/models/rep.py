from django.contrib.gis.db import models
from django.db.models.functions import Now

from accounts.querysets import RepQuerySet
from workspace.fields import TenantForeignKey
from workspace.models import Member, Team, TenantModel


class Rep(TenantModel):
    """A seller: team, home, capacity; with a login when `member` is set."""

    team = TenantForeignKey(Team, on_delete=models.PROTECT, related_name="reps")
    member = TenantForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="reps")
    external_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    home = models.PointField(srid=4326, null=True, spatial_index=False)
    capacity_h = models.FloatField(default=1600)
    field_share = models.FloatField(default=1.0)
    is_active = models.BooleanField(default=True)
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    objects = RepQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "external_id"], name="accounts_rep_external_id"),
            models.UniqueConstraint(fields=["workspace", "id"], name="accounts_rep_tenant_key"),
            models.CheckConstraint(condition=models.Q(capacity_h__gte=0), name="accounts_rep_capacity_not_negative"),
            models.CheckConstraint(
                condition=models.Q(field_share__gte=0, field_share__lte=1), name="accounts_rep_field_share_fraction"
            ),
        ]

    def __str__(self) -> str:
        return self.name
