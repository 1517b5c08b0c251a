from django.contrib.gis.db import models

from accounts.models import Account
from workspace.fields import TenantForeignKey
from workspace.models import Job, TenantModel, Workspace


class UnitLayerKind(models.TextChoices):
    COUNTIES = "counties", "Counties"
    H3 = "h3", "H3 hexagons"
    FILE = "file", "Areas of a file"


class UnitLayerState(models.TextChoices):
    BUILDING = "building", "Building"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


class UnitLayer(TenantModel):
    """A set of areas that cover some ground once, with who touches whom."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=UnitLayerKind)
    year = models.PositiveSmallIntegerField(null=True)
    settings = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=UnitLayerState, default=UnitLayerState.BUILDING)
    n_units = models.IntegerField(default=0)
    bbox = models.JSONField(null=True)
    job = TenantForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "id"], name="territory_unit_layer_tenant_key")]

    def __str__(self) -> str:
        return self.name


class BasicUnit(TenantModel):
    """The smallest area assigned whole, with the metrics of the accounts inside it."""

    layer = TenantForeignKey(UnitLayer, on_delete=models.DO_NOTHING, related_name="units")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    boundary = models.MultiPolygonField(srid=4326, spatial_index=False)
    # A point inside the boundary: labels, distances.
    lon = models.FloatField()
    lat = models.FloatField()
    area_m2 = models.FloatField()
    # Bounds on the tile grid at zoom 26, so that tiles find their units without a spatial index.
    x_min = models.IntegerField()
    x_max = models.IntegerField()
    y_min = models.IntegerField()
    y_max = models.IntegerField()
    n_accounts = models.IntegerField(default=0)
    revenue_minor = models.BigIntegerField(default=0)
    potential_minor = models.BigIntegerField(default=0)
    pipeline_minor = models.BigIntegerField(default=0)
    workload_h = models.FloatField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "layer", "code"], name="territory_unit_code"),
            models.UniqueConstraint(fields=["workspace", "id"], name="territory_unit_tenant_key"),
        ]
        indexes = [
            # The units of a tile: the bounds are compared inside the index.
            models.Index(
                fields=["workspace", "layer", "x_min", "x_max", "y_min", "y_max"], name="territory_unit_bounds"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitAdjacency(TenantModel):
    """Two units that touch; `is_cut` where a hard barrier runs between them, `crossing_km` what soft ones cost."""

    layer = TenantForeignKey(UnitLayer, on_delete=models.DO_NOTHING, related_name="adjacencies")
    unit_a = TenantForeignKey(BasicUnit, on_delete=models.DO_NOTHING, related_name="+")
    unit_b = TenantForeignKey(BasicUnit, on_delete=models.DO_NOTHING, related_name="+")
    is_cut = models.BooleanField(default=False)
    crossing_km = models.FloatField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "layer", "unit_a", "unit_b"], name="territory_adjacency_once"),
            models.CheckConstraint(condition=models.Q(unit_a__lt=models.F("unit_b")), name="territory_adjacency_order"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_a_id}–{self.unit_b_id}"


class AccountUnit(TenantModel):
    """The unit of a layer an account lies in."""

    pk = models.CompositePrimaryKey("layer_id", "account_id")
    workspace = models.ForeignKey(
        Workspace, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    layer = TenantForeignKey(UnitLayer, on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    account = TenantForeignKey(Account, on_delete=models.DO_NOTHING, related_name="+")
    unit = TenantForeignKey(BasicUnit, on_delete=models.DO_NOTHING, related_name="+", db_index=False)

    class Meta:
        indexes = [
            # The accounts of painted units.
            models.Index(fields=["workspace", "unit", "account"], name="territory_account_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.unit_id}"


class BarrierKind(models.TextChoices):
    RIVER = "river", "River"
    BORDER = "border", "Border"
    RIDGE = "ridge", "Ridge"
    RESTRICTED = "restricted", "Restricted area"


class Barrier(TenantModel):
    """A line or area between units: a hard one cuts adjacency, a soft one makes crossing cost `cost_km`."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=BarrierKind, default=BarrierKind.RIVER)
    # MultiLineString or MultiPolygon.
    shape = models.GeometryField(srid=4326, spatial_index=False)
    is_hard = models.BooleanField(default=True)
    cost_km = models.FloatField(default=0)
    # [longitude, latitude] of each place where one may pass.
    bridges = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "id"], name="territory_barrier_tenant_key"),
            models.CheckConstraint(
                condition=models.Q(is_hard=True) | models.Q(cost_km__gt=0), name="territory_barrier_has_effect"
            ),
        ]

    def __str__(self) -> str:
        return self.name
