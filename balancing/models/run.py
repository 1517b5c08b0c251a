from django.db import models

from territory.models import Alignment, BasicUnit, Territory
from workspace.fields import TenantForeignKey
from workspace.models import Job, Member, TenantModel


class Run(TenantModel):
    """An optimizer run: a base alignment at a revision, aims and limits, and what came out. Repeatable exactly."""

    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    alignment = TenantForeignKey(Alignment, on_delete=models.CASCADE, related_name="runs")
    base_revision = models.BigIntegerField()
    settings = models.JSONField()
    seed = models.BigIntegerField()
    engine_version = models.CharField(max_length=40, blank=True)
    data_hash = models.CharField(max_length=64, blank=True)
    job = TenantForeignKey(Job, on_delete=models.CASCADE, related_name="+")
    result_alignment = TenantForeignKey(Alignment, on_delete=models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "id"], name="balancing_run_tenant_key")]

    def __str__(self) -> str:
        return f"Run {self.id}"

    @property
    def n_base_changes(self) -> int:
        """How often its alignment was changed since the run read it. Reads the alignment."""
        return int(self.alignment.revision - self.base_revision)


class Move(TenantModel):
    """One unit that changes territory in a run's result, with the reason and what it does to both."""

    run = TenantForeignKey(Run, on_delete=models.CASCADE, related_name="moves")
    position = models.IntegerField()
    unit = TenantForeignKey(BasicUnit, on_delete=models.CASCADE, related_name="+")
    from_territory = TenantForeignKey(Territory, on_delete=models.SET_NULL, null=True, related_name="+")
    to_territory = TenantForeignKey(Territory, on_delete=models.SET_NULL, null=True, related_name="+")
    n_accounts = models.IntegerField()
    revenue_minor = models.BigIntegerField()
    workload_h = models.FloatField()
    reason = models.CharField(max_length=300)
    effect = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["workspace", "run", "position"], name="balancing_move_position")]

    def __str__(self) -> str:
        return f"{self.position}: unit {self.unit_id}"
