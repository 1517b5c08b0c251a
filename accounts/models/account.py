from django.contrib.gis.db import models
from django.db.models.functions import Lower

from accounts.querysets import AccountQuerySet
from workspace.models import TenantModel


class GeocodeQuality(models.TextChoices):
    GIVEN = "given", "Coordinates given"
    POSTCODE = "postcode", "Middle of the postcode"
    PLACE = "place", "Middle of the place"
    NONE = "none", "Not plotted"


class Account(TenantModel):
    """A customer or prospect, never a login.

    `cell`, `mercator_x` and `mercator_y` are its place on the tile grid at zoom 26 (accounts.cells): one map tile is
    one contiguous range of cells, which stays fast under row-level security where a spatial index cannot be used.
    """

    external_id = models.CharField(max_length=200)
    name = models.CharField(max_length=300)
    street = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=100, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    segment = models.CharField(max_length=200, blank=True)
    crm_owner = models.CharField(max_length=200, blank=True)
    location = models.PointField(srid=4326, null=True, spatial_index=False)
    cell = models.BigIntegerField(null=True)
    mercator_x = models.IntegerField(null=True)
    mercator_y = models.IntegerField(null=True)
    geocode_quality = models.CharField(max_length=10, choices=GeocodeQuality, default=GeocodeQuality.NONE)
    revenue_minor = models.BigIntegerField(default=0)
    potential_minor = models.BigIntegerField(default=0)
    pipeline_minor = models.BigIntegerField(default=0)
    visits_per_year = models.FloatField(default=0)
    service_min_per_visit = models.FloatField(default=0)
    # In the last twelve months, done or planned; none where nobody keeps count.
    visits_done = models.FloatField(null=True)
    custom_metrics = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)
    # What search compares with: LIKE cannot use an index under row-level security, ranges of these can.
    name_key = models.GeneratedField(
        expression=Lower("name"), output_field=models.CharField(max_length=300, db_collation="C"), db_persist=True
    )
    city_key = models.GeneratedField(
        expression=Lower("city"), output_field=models.CharField(max_length=200, db_collation="C"), db_persist=True
    )

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "external_id"], name="accounts_account_external_id"),
            models.UniqueConstraint(fields=["workspace", "id"], name="accounts_account_tenant_key"),
            models.CheckConstraint(
                condition=models.Q(visits_per_year__gte=0) & models.Q(service_min_per_visit__gte=0),
                name="accounts_account_effort_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(location__isnull=True, cell__isnull=True)
                | models.Q(location__isnull=False, cell__isnull=False),
                name="accounts_account_cell_with_location",
            ),
        ]
        indexes = [
            # Points in an edited boundary: ranges of cells.
            models.Index(fields=["workspace", "cell"], name="accounts_account_cell"),
            # The list by name and by revenue.
            models.Index(fields=["workspace", "name", "id"], name="accounts_account_name"),
            models.Index(fields=["workspace", "-revenue_minor", "-id"], name="accounts_account_revenue"),
            # Search by how a name, a city or a postal code starts.
            models.Index(fields=["workspace", "name_key"], name="accounts_account_name_key"),
            models.Index(fields=["workspace", "city_key"], name="accounts_account_city_key"),
            models.Index(fields=["workspace", "postal_code"], name="accounts_account_postal_code"),
            # Cadence: only where visits are counted at all.
            models.Index(
                fields=["workspace", "id"],
                condition=models.Q(visits_done__isnull=False),
                name="accounts_account_visits_done",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def workload_h(self) -> float:
        """Hours a year at the customer's, without travel (docs/metrics.md)."""
        return self.visits_per_year * self.service_min_per_visit / 60
