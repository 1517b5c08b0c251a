from django.contrib.gis.db import models

from territory.models.units import UnitLayer
from territory.querysets import AlignmentQuerySet
from workspace.fields import TenantForeignKey
from workspace.models import Member, Team, TenantModel

NOTES_MAX = 4000


class AlignmentState(models.TextChoices):
    DRAFT = "draft", "Scenario"
    PROPOSED = "proposed", "Proposed"
    LIVE = "live", "Live"
    ARCHIVED = "archived", "Archived"


class Basis(models.TextChoices):
    UNITS = "units", "Units"
    DRAWN = "drawn", "Drawn boundaries"


class Alignment(TenantModel):
    """One complete plan for one team. Every write increases `revision`; only publishing touches the live one's state.

    `is_proposal` marks an optimizer's result that nobody has accepted yet.
    """

    team = TenantForeignKey(Team, on_delete=models.PROTECT, related_name="alignments")
    unit_layer = TenantForeignKey(UnitLayer, on_delete=models.PROTECT, null=True, related_name="alignments")
    parent = TenantForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = TenantForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200)
    basis = models.CharField(max_length=10, choices=Basis)
    state = models.CharField(max_length=10, choices=AlignmentState, default=AlignmentState.DRAFT)
    is_proposal = models.BooleanField(default=False)
    notes = models.TextField(blank=True, default="", max_length=NOTES_MAX)
    revision = models.BigIntegerField(default=1)
    effective_date = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AlignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "team"], condition=models.Q(state="live"), name="territory_one_live_per_team"
            ),
            models.UniqueConstraint(fields=["workspace", "id"], name="territory_alignment_tenant_key"),
            models.CheckConstraint(
                condition=models.Q(basis="drawn") | models.Q(unit_layer__isnull=False),
                name="territory_units_basis_has_layer",
            ),
        ]

    def __str__(self) -> str:
        return self.name
