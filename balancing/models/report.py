from django.db import models

from territory.models import Alignment
from workspace.fields import TenantForeignKey
from workspace.models import Job, Member, TenantModel


class ReportKind(models.TextChoices):
    LEADERSHIP = "leadership", "For leadership"
    TERRITORIES = "territories", "A page for each territory"


class ReportFormat(models.TextChoices):
    PDF = "pdf", "PDF"
    HTML = "html", "HTML"


class Report(TenantModel):
    """A document about an alignment at one revision, made by a job and kept as a file."""

    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    alignment = TenantForeignKey(Alignment, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=ReportKind)
    format = models.CharField(max_length=4, choices=ReportFormat)
    revision = models.BigIntegerField(null=True)
    file = models.FileField(upload_to="reports/", max_length=255, blank=True)
    job = TenantForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.alignment_id}"
