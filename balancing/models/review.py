from django.contrib.postgres.fields import ArrayField
from django.db import models

from territory.models import Alignment
from workspace.fields import TenantForeignKey
from workspace.models import Job, Member, Team, TenantModel


class Every(models.TextChoices):
    WEEKLY = "weekly", "Every week"
    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every quarter"


class ReviewSchedule(TenantModel):
    """When a team's plan in force is looked at, what may not leave its band, and who is told when it does.

    weekday 0 is Monday; day is of the month, in a shorter month its last. thresholds: tolerance of each metric watched.
    """

    team = TenantForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    every = models.CharField(max_length=10, choices=Every)
    weekday = models.PositiveSmallIntegerField(null=True)
    day = models.PositiveSmallIntegerField(null=True)
    next_on = models.DateField()
    thresholds = models.JSONField(default=dict)
    index_min = models.FloatField(null=True)
    recipients = ArrayField(models.BigIntegerField(), default=list)
    is_active = models.BooleanField(default=True)
    created_by = TenantForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["next_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "id"], name="balancing_review_schedule_tenant_key"),
            models.CheckConstraint(condition=models.Q(every__in=Every.values), name="balancing_review_every_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Review(TenantModel):
    """One look at the plan in force: what was measured, and how it drifted since the look before.

    metrics      by key: cv, worst, balance_index, tolerance, n_out_of_band, is_watched
    territories  each: territory_id, code, name, values and deviations by metric
    drift, alarms, fix: see balancing.reviews.drift and balancing.reviews.fix
    """

    schedule = TenantForeignKey(ReviewSchedule, on_delete=models.SET_NULL, null=True, related_name="+")
    team = TenantForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    alignment = TenantForeignKey(Alignment, on_delete=models.SET_NULL, null=True, related_name="+")
    alignment_name = models.CharField(max_length=200)
    revision = models.BigIntegerField()
    measured_on = models.DateField()
    balance_index = models.FloatField(null=True)
    metrics = models.JSONField()
    territories = models.JSONField()
    drift = models.JSONField(null=True)
    n_findings = models.PositiveIntegerField()
    alarms = models.JSONField(default=list)
    fix = models.JSONField(null=True)
    job = TenantForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)
    held_by = TenantForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "id"], name="balancing_review_tenant_key"),
            models.UniqueConstraint(
                fields=["workspace", "schedule", "measured_on"], name="balancing_review_once_a_day"
            ),
        ]
        indexes = [models.Index(fields=["workspace", "team", "-id"], name="balancing_review_newest")]

    def __str__(self) -> str:
        return f"{self.alignment_name} on {self.measured_on}"


class MailState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"


class AlarmMail(TenantModel):
    """An alarm on its way to one member. The row decides: whoever sends it may die at any time."""

    review = TenantForeignKey(Review, on_delete=models.CASCADE, related_name="mails")
    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "review", "member"], name="balancing_alarm_mail_once")
        ]
        indexes = [
            models.Index(
                fields=["workspace", "next_attempt_at"],
                condition=models.Q(state="waiting"),
                name="balancing_alarm_mail_due",
            )
        ]

    def __str__(self) -> str:
        return f"Alarm of review {self.review_id} to member {self.member_id} ({self.state})"
