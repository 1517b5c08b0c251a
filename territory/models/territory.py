from django.contrib.gis.db import models

from accounts.models import Rep
from territory.models.alignment import Alignment
from territory.querysets import TerritoryQuerySet
from workspace.fields import TenantForeignKey
from workspace.models import TenantModel


class Territory(TenantModel):
    """What one rep answers for. In a units alignment the boundary is derived; in a drawn one it is the truth."""

    alignment = TenantForeignKey(Alignment, on_delete=models.DO_NOTHING, related_name="territories")
    rep = TenantForeignKey(Rep, on_delete=models.SET_NULL, null=True, related_name="territories")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    colour = models.CharField(max_length=7)
    target_share = models.FloatField(null=True)
    is_locked = models.BooleanField(default=False)
    position = models.IntegerField(default=0)
    # Its place in the region tree, from the top down: “South / Georgia”. Empty for one that is in no region.
    region = models.CharField(max_length=200, blank=True, default="", db_default="")
    boundary = models.MultiPolygonField(srid=4326, null=True, spatial_index=False)
    area_m2 = models.FloatField(default=0)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "id"], name="territory_territory_tenant_key"),
            models.CheckConstraint(
                condition=models.Q(target_share__isnull=True) | models.Q(target_share__gt=0, target_share__lte=1),
                name="territory_target_share_fraction",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "alignment", "position"], name="territory_of_alignment")]

    def __str__(self) -> str:
        return self.name
