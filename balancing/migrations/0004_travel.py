import django.db.models.deletion
from django.db import migrations, models

import workspace.fields
from workspace.rls import protect, reference


class Migration(migrations.Migration):
    dependencies = [
        ("balancing", "0003_report"),
        ("territory", "0010_boundary_files"),
        ("workspace", "0004_connections"),
    ]

    operations = [
        migrations.CreateModel(
            name="TravelMeasurement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "engine",
                    models.CharField(
                        choices=[
                            ("estimate", "Estimate"),
                            ("road_graph", "Road graph"),
                            ("osrm", "OSRM"),
                            ("valhalla", "Valhalla"),
                        ],
                        max_length=10,
                    ),
                ),
                ("engine_version", models.CharField(blank=True, max_length=100)),
                ("data_date", models.CharField(blank=True, max_length=10)),
                ("limit_min", models.FloatField()),
                ("revision", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("measured_at", models.DateTimeField(null=True)),
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
        migrations.CreateModel(
            name="TerritoryTravel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "base",
                    models.CharField(
                        choices=[
                            ("home", "The rep's home"),
                            ("middle", "The middle of the accounts"),
                            ("none", "Nowhere: there are no accounts on the map"),
                        ],
                        max_length=6,
                    ),
                ),
                ("n_accounts", models.IntegerField()),
                ("n_beyond", models.IntegerField()),
                ("mean_min", models.FloatField(null=True)),
                ("p90_min", models.FloatField(null=True)),
                ("max_min", models.FloatField(null=True)),
                ("travel_h", models.FloatField()),
                ("travel_km", models.FloatField()),
                ("estimate_h", models.FloatField()),
                ("estimate_km", models.FloatField()),
                ("n_fallback", models.IntegerField()),
                ("fallback_reason", models.CharField(blank=True, max_length=200)),
                (
                    "territory",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="territory.territory"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
                (
                    "measurement",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="territories",
                        to="balancing.travelmeasurement",
                    ),
                ),
            ],
            options={
                "ordering": ["territory_id"],
            },
        ),
        migrations.CreateModel(
            name="TravelLegs",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "engine",
                    models.CharField(
                        choices=[
                            ("estimate", "Estimate"),
                            ("road_graph", "Road graph"),
                            ("osrm", "OSRM"),
                            ("valhalla", "Valhalla"),
                        ],
                        max_length=10,
                    ),
                ),
                ("version", models.CharField(max_length=100)),
                ("home_cell", models.BigIntegerField()),
                ("cells", models.BinaryField()),
                ("minutes", models.BinaryField()),
                ("km", models.BinaryField()),
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
                        fields=("workspace", "engine", "home_cell"), name="balancing_legs_of_a_home"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="travelmeasurement",
            constraint=models.UniqueConstraint(
                fields=("workspace", "id"), name="balancing_travelmeasurement_tenant_key"
            ),
        ),
        reference("balancing_travelmeasurement", "alignment_id", "territory_alignment", on_delete="CASCADE"),
        reference("balancing_travelmeasurement", "member_id", "workspace_member", on_delete="CASCADE"),
        reference("balancing_travelmeasurement", "job_id", "workspace_job", on_delete="SET NULL"),
        reference("balancing_territorytravel", "measurement_id", "balancing_travelmeasurement", on_delete="CASCADE"),
        reference("balancing_territorytravel", "territory_id", "territory_territory", on_delete="CASCADE"),
        protect("balancing_travelmeasurement"),
        protect("balancing_territorytravel"),
        protect("balancing_travellegs"),
    ]
