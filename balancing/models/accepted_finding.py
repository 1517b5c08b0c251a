from django.db import models

from workspace.fields import TenantForeignKey
from workspace.models import Member, Team, TenantModel


class AcceptedFinding(TenantModel):
    """A finding that a team lives with, and why. `subject` outlives the alignment: copies of it are accepted too."""

    team = TenantForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    until = models.DateField(null=True)
    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    accepted_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "team", "subject"], name="balancing_accepted_finding_once")
        ]

    def __str__(self) -> str:
        return self.subject
