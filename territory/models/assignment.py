from django.contrib.gis.db import models

from accounts.models import Account
from territory.models.alignment import Alignment
from territory.models.territory import Territory
from territory.models.units import BasicUnit
from workspace.fields import TenantForeignKey
from workspace.models import TenantModel, Workspace


class UnitAssignment(TenantModel):
    """Unit → territory: the truth of a units alignment. A unit without a row is unassigned."""

    pk = models.CompositePrimaryKey("alignment_id", "unit_id")
    alignment = TenantForeignKey(Alignment, on_delete=models.DO_NOTHING, related_name="+")
    unit = TenantForeignKey(BasicUnit, on_delete=models.DO_NOTHING, related_name="+")
    territory = TenantForeignKey(Territory, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["workspace", "territory"], name="territory_units_of")]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.territory_id}"


class AccountOverride(TenantModel):
    """A named account kept with a territory whatever the map says."""

    pk = models.CompositePrimaryKey("alignment_id", "account_id")
    alignment = TenantForeignKey(Alignment, on_delete=models.DO_NOTHING, related_name="+")
    account = TenantForeignKey(Account, on_delete=models.DO_NOTHING, related_name="+")
    territory = TenantForeignKey(Territory, on_delete=models.DO_NOTHING, related_name="+")
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.account_id} → {self.territory_id}"


class AssignmentSource(models.TextChoices):
    OVERRIDE = "override", "Named account"
    UNIT = "unit", "Unit"
    BOUNDARY = "boundary", "Boundary"
    OWNER = "owner", "CRM owner"
    NONE = "none", "White space"


class AccountAssignment(TenantModel):
    """Account → territory for one alignment: derived, narrow, with the account's metrics beside it.

    Written by set-based SQL only (territory.assignment). `territory` is NULL in white space; `is_overlap` where two
    drawn boundaries claim the account.
    """

    pk = models.CompositePrimaryKey("alignment_id", "account_id")
    # The table every edit writes: only the indexes below, none per reference; the tenant keys imply the workspace.
    workspace = models.ForeignKey(
        Workspace, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    alignment = TenantForeignKey(Alignment, on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    account = TenantForeignKey(Account, on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    territory = TenantForeignKey(Territory, on_delete=models.DO_NOTHING, null=True, related_name="+")
    source = models.CharField(max_length=8, choices=AssignmentSource, default=AssignmentSource.NONE)
    is_overlap = models.BooleanField(default=False)
    cell = models.BigIntegerField(null=True)
    mercator_x = models.IntegerField(null=True)
    mercator_y = models.IntegerField(null=True)
    revenue_minor = models.BigIntegerField(default=0)
    potential_minor = models.BigIntegerField(default=0)
    pipeline_minor = models.BigIntegerField(default=0)
    workload_h = models.FloatField(default=0)
    visits_per_year = models.FloatField(default=0)
    # accounts.Segment.number; read from the table, not from an index: few look at accounts by segment.
    segment = models.SmallIntegerField(default=0, db_default=0)

    class Meta:
        indexes = [
            # Tiles: one contiguous range of cells, answered from the index alone.
            models.Index(
                fields=["workspace", "alignment", "cell"],
                include=["territory", "account", "revenue_minor", "mercator_x", "mercator_y"],
                name="territory_assignment_cell",
            ),
            # Totals of the touched territories, answered from the index alone.
            models.Index(
                fields=["workspace", "alignment", "territory"],
                include=[
                    "revenue_minor", "potential_minor", "pipeline_minor", "workload_h", "visits_per_year",
                    "mercator_x", "mercator_y",
                ],
                name="territory_assignment_totals",
            ),
            models.Index(fields=["workspace", "account"], name="territory_assignment_account"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.account_id} → {self.territory_id}"
