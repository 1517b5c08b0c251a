import django.contrib.gis.db.models.fields
import django.db.models.deletion
from django.db import migrations, models

import workspace.fields
from workspace.rls import protect, reference


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("workspace", "0001_tenants"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("external_id", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=300)),
                ("street", models.CharField(blank=True, max_length=300)),
                ("city", models.CharField(blank=True, max_length=200)),
                ("region", models.CharField(blank=True, max_length=100)),
                ("postal_code", models.CharField(blank=True, max_length=20)),
                ("country", models.CharField(blank=True, max_length=60)),
                ("phone", models.CharField(blank=True, max_length=60)),
                ("segment", models.CharField(blank=True, max_length=100)),
                ("crm_owner", models.CharField(blank=True, max_length=200)),
                ("location", django.contrib.gis.db.models.fields.PointField(null=True, spatial_index=False, srid=4326)),
                ("cell", models.BigIntegerField(null=True)),
                ("mercator_x", models.IntegerField(null=True)),
                ("mercator_y", models.IntegerField(null=True)),
                (
                    "geocode_quality",
                    models.CharField(
                        choices=[
                            ("given", "Coordinates given"),
                            ("postcode", "Middle of the postcode"),
                            ("place", "Middle of the place"),
                            ("none", "Not plotted"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("revenue_minor", models.BigIntegerField(default=0)),
                ("potential_minor", models.BigIntegerField(default=0)),
                ("pipeline_minor", models.BigIntegerField(default=0)),
                ("visits_per_year", models.FloatField(default=0)),
                ("service_min_per_visit", models.FloatField(default=0)),
                ("custom_metrics", models.JSONField(default=dict)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["workspace", "cell"], name="accounts_account_cell"),
                    models.Index(fields=["workspace", "name", "id"], name="accounts_account_name"),
                    models.Index(fields=["workspace", "-revenue_minor", "-id"], name="accounts_account_revenue"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "external_id"), name="accounts_account_external_id"),
                    models.UniqueConstraint(fields=("workspace", "id"), name="accounts_account_tenant_key"),
                    models.CheckConstraint(
                        condition=models.Q(("visits_per_year__gte", 0), ("service_min_per_visit__gte", 0)),
                        name="accounts_account_effort_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cell__isnull", True), ("location__isnull", True)),
                            models.Q(("cell__isnull", False), ("location__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_account_cell_with_location",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("accounts", "Accounts"), ("reps", "Reps")], max_length=10)),
                ("filename", models.CharField(max_length=255)),
                ("file", models.FileField(max_length=255, upload_to="imports/")),
                ("detected", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=list)),
                ("n_rows", models.IntegerField(null=True)),
                ("mapping", models.JSONField(default=dict)),
                ("result", models.JSONField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                "constraints": [models.UniqueConstraint(fields=("workspace", "id"), name="accounts_import_tenant_key")],
            },
        ),
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("accounts", "Accounts"), ("reps", "Reps")], max_length=10)),
                ("columns_hash", models.CharField(max_length=64)),
                ("mapping", models.JSONField(default=dict)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "kind", "columns_hash"), name="accounts_column_mapping_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("external_id", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=60)),
                ("home", django.contrib.gis.db.models.fields.PointField(null=True, spatial_index=False, srid=4326)),
                ("capacity_h", models.FloatField(default=1600)),
                ("field_share", models.FloatField(default=1.0)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "member",
                    workspace.fields.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reps",
                        to="workspace.member",
                    ),
                ),
                (
                    "team",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reps", to="workspace.team"
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
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "external_id"), name="accounts_rep_external_id"),
                    models.UniqueConstraint(fields=("workspace", "id"), name="accounts_rep_tenant_key"),
                    models.CheckConstraint(
                        condition=models.Q(("capacity_h__gte", 0)), name="accounts_rep_capacity_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("field_share__gte", 0), ("field_share__lte", 1)),
                        name="accounts_rep_field_share_fraction",
                    ),
                ],
            },
        ),
        reference("accounts_accountimport", "member_id", "workspace_member", on_delete="CASCADE"),
        reference("accounts_accountimport", "job_id", "workspace_job", on_delete="SET NULL"),
        reference("accounts_rep", "team_id", "workspace_team"),
        reference("accounts_rep", "member_id", "workspace_member", on_delete="SET NULL"),
        protect("accounts_account"),
        protect("accounts_accountimport"),
        protect("accounts_columnmapping"),
        protect("accounts_rep"),
    ]
