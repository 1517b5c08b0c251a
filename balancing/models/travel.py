from django.db import models

from territory.models import Alignment, Territory
from workspace.fields import TenantForeignKey
from workspace.models import Job, Member, TenantModel


class TravelEngineName(models.TextChoices):
    ESTIMATE = "estimate", "Estimate"
    ROAD_GRAPH = "road_graph", "Road graph"
    OSRM = "osrm", "OSRM"
    VALHALLA = "valhalla", "Valhalla"


class TravelBase(models.TextChoices):
    HOME = "home", "The rep's home"
    MIDDLE = "middle", "The middle of the accounts"
    NONE = "none", "Nowhere: there are no accounts on the map"


class TravelMeasurement(TenantModel):
    """Drives of an alignment's territories at one revision, by one engine; measured by a job."""

    alignment = TenantForeignKey(Alignment, on_delete=models.CASCADE, related_name="+")
    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    job = TenantForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    engine = models.CharField(max_length=10, choices=TravelEngineName)
    engine_version = models.CharField(max_length=100, blank=True)
    data_date = models.CharField(max_length=10, blank=True)
    limit_min = models.FloatField()
    revision = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    measured_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "id"], name="balancing_travelmeasurement_tenant_key"),
        ]

    def __str__(self) -> str:
        return f"{self.engine} of {self.alignment_id}"


class TerritoryTravel(TenantModel):
    """One territory's drives, one way from its base, and its year on the road, beside the estimate of that moment."""

    measurement = TenantForeignKey(TravelMeasurement, on_delete=models.CASCADE, related_name="territories")
    territory = TenantForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    base = models.CharField(max_length=6, choices=TravelBase)
    n_accounts = models.IntegerField()
    n_beyond = models.IntegerField()
    mean_min = models.FloatField(null=True)
    p90_min = models.FloatField(null=True)
    max_min = models.FloatField(null=True)
    travel_h = models.FloatField()
    travel_km = models.FloatField()
    estimate_h = models.FloatField()
    estimate_km = models.FloatField()
    n_fallback = models.IntegerField()
    fallback_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["territory_id"]

    def __str__(self) -> str:
        return f"{self.territory_id} in {self.measurement_id}"


class TravelLegs(TenantModel):
    """Drives from one home that are known already: little-endian arrays, sorted by the account's cell.

    cells int64 · minutes, km float32, NaN where the engine knows of no drive
    """

    engine = models.CharField(max_length=10, choices=TravelEngineName)
    version = models.CharField(max_length=100)
    home_cell = models.BigIntegerField()
    cells = models.BinaryField()
    minutes = models.BinaryField()
    km = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "engine", "home_cell"], name="balancing_legs_of_a_home"),
        ]

    def __str__(self) -> str:
        return f"{self.engine} from {self.home_cell}"
