import django.db.models.deletion
from django.db import migrations, models

import workspace.fields
from workspace.rls import protect, reference


class Migration(migrations.Migration):
    dependencies = [
        ("balancing", "0001_runs_and_snapshots"),
        ("workspace", "0002_count_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="AcceptedFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=300)),
                ("until", models.DateField(null=True)),
                ("accepted_at", models.DateTimeField(auto_now=True)),
                (
                    "member",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.member"
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
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="acceptedfinding",
            constraint=models.UniqueConstraint(
                fields=("workspace", "team", "subject"), name="balancing_accepted_finding_once"
            ),
        ),
        reference("balancing_acceptedfinding", "team_id", "workspace_team", on_delete="CASCADE"),
        reference("balancing_acceptedfinding", "member_id", "workspace_member", on_delete="CASCADE"),
        protect("balancing_acceptedfinding"),
    ]
