import django.db.models.deletion
from django.db import migrations, models

import workspace.fields
from workspace.rls import protect, reference


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("territory", "0001_alignments"),
        ("workspace", "0001_tenants"),
    ]

    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("base_revision", models.BigIntegerField()),
                ("settings", models.JSONField()),
                ("seed", models.BigIntegerField()),
                ("engine_version", models.CharField(blank=True, max_length=40)),
                ("data_hash", models.CharField(blank=True, max_length=64)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("result", models.JSONField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "alignment",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="territory.alignment"
                    ),
                ),
                (
                    "job",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.job"
                    ),
                ),
                (
                    "member",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.member"
                    ),
                ),
                (
                    "result_alignment",
                    workspace.fields.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="territory.alignment",
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
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.IntegerField()),
                ("n_accounts", models.IntegerField()),
                ("revenue_minor", models.BigIntegerField()),
                ("workload_h", models.FloatField()),
                ("reason", models.CharField(max_length=300)),
                ("effect", models.JSONField(default=list)),
                (
                    "from_territory",
                    workspace.fields.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="territory.territory",
                    ),
                ),
                (
                    "to_territory",
                    workspace.fields.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="territory.territory",
                    ),
                ),
                (
                    "unit",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="territory.basicunit"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
                (
                    "run",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="balancing.run"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("alignment_name", models.CharField(max_length=200)),
                ("measured_on", models.DateField()),
                ("balance_index", models.FloatField()),
                ("metrics", models.JSONField()),
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
                "ordering": ["measured_on", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="balancing_run_tenant_key"),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.UniqueConstraint(fields=("workspace", "run", "position"), name="balancing_move_position"),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(
                fields=("workspace", "team", "measured_on", "alignment_name"), name="balancing_snapshot_once_a_day"
            ),
        ),
        reference("balancing_run", "member_id", "workspace_member", on_delete="CASCADE"),
        reference("balancing_run", "alignment_id", "territory_alignment", on_delete="CASCADE"),
        reference("balancing_run", "job_id", "workspace_job", on_delete="CASCADE"),
        reference("balancing_run", "result_alignment_id", "territory_alignment", on_delete="SET NULL"),
        reference("balancing_move", "run_id", "balancing_run", on_delete="CASCADE"),
        reference("balancing_move", "unit_id", "territory_basicunit", on_delete="CASCADE"),
        reference("balancing_move", "from_territory_id", "territory_territory", on_delete="SET NULL"),
        reference("balancing_move", "to_territory_id", "territory_territory", on_delete="SET NULL"),
        reference("balancing_snapshot", "team_id", "workspace_team", on_delete="CASCADE"),
        reference("balancing_snapshot", "alignment_id", "territory_alignment", on_delete="SET NULL"),
        protect("balancing_run"),
        protect("balancing_move"),
        protect("balancing_snapshot"),
    ]
