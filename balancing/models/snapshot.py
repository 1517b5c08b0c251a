from django.db import models

from territory.models import Alignment
from workspace.fields import TenantForeignKey
from workspace.models import Team, TenantModel


class Snapshot(TenantModel):
    """A dated measurement of an alignment: what trends are drawn from."""

    team = TenantForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    alignment = TenantForeignKey(Alignment, on_delete=models.SET_NULL, null=True, related_name="+")
    alignment_name = models.CharField(max_length=200)
    measured_on = models.DateField()
    balance_index = models.FloatField()
    metrics = models.JSONField()

    class Meta:
        ordering = ["measured_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "team", "measured_on", "alignment_name"], name="balancing_snapshot_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alignment_name} on {self.measured_on}"
