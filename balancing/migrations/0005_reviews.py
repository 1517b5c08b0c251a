import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import workspace.fields
from workspace.rls import protect, reference


class Migration(migrations.Migration):
    dependencies = [
        ("balancing", "0004_travel"),
        ("territory", "0010_boundary_files"),
        ("workspace", "0005_alarm_event"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewSchedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "every",
                    models.CharField(
                        choices=[("weekly", "Every week"), ("monthly", "Every month"), ("quarterly", "Every quarter")],
                        max_length=10,
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField(null=True)),
                ("day", models.PositiveSmallIntegerField(null=True)),
                ("next_on", models.DateField()),
                ("thresholds", models.JSONField(default=dict)),
                ("index_min", models.FloatField(null=True)),
                (
                    "recipients",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    workspace.fields.TenantForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="workspace.member"
                    ),
                ),
                (
                    "team",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.team"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
            ],
            options={
                "ordering": ["next_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("alignment_name", models.CharField(max_length=200)),
                ("revision", models.BigIntegerField()),
                ("measured_on", models.DateField()),
                ("balance_index", models.FloatField(null=True)),
                ("metrics", models.JSONField()),
                ("territories", models.JSONField()),
                ("drift", models.JSONField(null=True)),
                ("n_findings", models.PositiveIntegerField()),
                ("alarms", models.JSONField(default=list)),
                ("fix", models.JSONField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "alignment",
                    workspace.fields.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="territory.alignment",
                    ),
                ),
                (
                    "held_by",
                    workspace.fields.TenantForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="workspace.member"
                    ),
                ),
                (
                    "job",
                    workspace.fields.TenantForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="workspace.job"
                    ),
                ),
                (
                    "team",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.team"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
                (
                    "schedule",
                    workspace.fields.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="balancing.reviewschedule",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="AlarmMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("sent", "Sent"), ("failed", "Failed")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "member",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.member"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
                (
                    "review",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="balancing.review"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["workspace", "next_attempt_at"],
                        name="balancing_alarm_mail_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "review", "member"), name="balancing_alarm_mail_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="reviewschedule",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="balancing_review_schedule_tenant_key"),
        ),
        migrations.AddConstraint(
            model_name="reviewschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("every__in", ["weekly", "monthly", "quarterly"])),
                name="balancing_review_every_known",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["workspace", "team", "-id"], name="balancing_review_newest"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="balancing_review_tenant_key"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                fields=("workspace", "schedule", "measured_on"), name="balancing_review_once_a_day"
            ),
        ),
        reference("balancing_reviewschedule", "team_id", "workspace_team", on_delete="CASCADE"),
        reference("balancing_reviewschedule", "created_by_id", "workspace_member", on_delete="SET NULL"),
        protect("balancing_reviewschedule"),
        reference("balancing_review", "schedule_id", "balancing_reviewschedule", on_delete="SET NULL"),
        reference("balancing_review", "team_id", "workspace_team", on_delete="CASCADE"),
        reference("balancing_review", "alignment_id", "territory_alignment", on_delete="SET NULL"),
        reference("balancing_review", "job_id", "workspace_job", on_delete="SET NULL"),
        reference("balancing_review", "held_by_id", "workspace_member", on_delete="SET NULL"),
        protect("balancing_review"),
        reference("balancing_alarmmail", "review_id", "balancing_review", on_delete="CASCADE"),
        reference("balancing_alarmmail", "member_id", "workspace_member", on_delete="CASCADE"),
        protect("balancing_alarmmail"),
    ]
