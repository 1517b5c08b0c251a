import django.db.models.deletion
from django.db import migrations, models

import workspace.fields
from workspace.rls import protect, reference


class Migration(migrations.Migration):
    dependencies = [
        ("balancing", "0002_accepted_findings"),
        ("territory", "0010_boundary_files"),
        ("workspace", "0002_count_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("leadership", "For leadership"), ("territories", "A page for each territory")],
                        max_length=12,
                    ),
                ),
                ("format", models.CharField(choices=[("pdf", "PDF"), ("html", "HTML")], max_length=4)),
                ("revision", models.BigIntegerField(null=True)),
                ("file", models.FileField(blank=True, max_length=255, upload_to="reports/")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "alignment",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="territory.alignment"
                    ),
                ),
                (
                    "job",
                    workspace.fields.TenantForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="workspace.job"
                    ),
                ),
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
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        reference("balancing_report", "alignment_id", "territory_alignment", on_delete="CASCADE"),
        reference("balancing_report", "job_id", "workspace_job", on_delete="SET NULL"),
        reference("balancing_report", "member_id", "workspace_member", on_delete="CASCADE"),
        protect("balancing_report"),
    ]
