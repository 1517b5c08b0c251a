import django.contrib.gis.db.models.fields
import django.db.models.deletion
from django.db import migrations, models

import workspace.fields
from workspace.rls import protect, reference


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_accounts_and_reps"),
        ("workspace", "0001_tenants"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("basis", models.CharField(choices=[("units", "Units"), ("drawn", "Drawn boundaries")], max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Scenario"),
                            ("proposed", "Proposed"),
                            ("live", "Live"),
                            ("archived", "Archived"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("is_proposal", models.BooleanField(default=False)),
                ("revision", models.BigIntegerField(default=1)),
                ("effective_date", models.DateField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "created_by",
                    workspace.fields.TenantForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="workspace.member"
                    ),
                ),
                (
                    "parent",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="alignments", to="workspace.team"
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
            name="BasicUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("boundary", django.contrib.gis.db.models.fields.MultiPolygonField(spatial_index=False, srid=4326)),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("area_m2", models.FloatField()),
                ("x_min", models.IntegerField()),
                ("x_max", models.IntegerField()),
                ("y_min", models.IntegerField()),
                ("y_max", models.IntegerField()),
                ("n_accounts", models.IntegerField(default=0)),
                ("revenue_minor", models.BigIntegerField(default=0)),
                ("potential_minor", models.BigIntegerField(default=0)),
                ("pipeline_minor", models.BigIntegerField(default=0)),
                ("workload_h", models.FloatField(default=0)),
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
        migrations.CreateModel(
            name="Territory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("colour", models.CharField(max_length=7)),
                ("target_share", models.FloatField(null=True)),
                ("is_locked", models.BooleanField(default=False)),
                ("position", models.IntegerField(default=0)),
                (
                    "boundary",
                    django.contrib.gis.db.models.fields.MultiPolygonField(null=True, spatial_index=False, srid=4326),
                ),
                ("area_m2", models.FloatField(default=0)),
                (
                    "alignment",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="territories",
                        to="territory.alignment",
                    ),
                ),
                (
                    "rep",
                    workspace.fields.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="territories",
                        to="accounts.rep",
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
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="AccountOverride",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "alignment_id", "account_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                (
                    "account",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
                (
                    "alignment",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territory.alignment"
                    ),
                ),
                (
                    "territory",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territory.territory"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AccountAssignment",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "alignment_id", "account_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("override", "Named account"),
                            ("unit", "Unit"),
                            ("boundary", "Boundary"),
                            ("owner", "CRM owner"),
                            ("none", "White space"),
                        ],
                        default="none",
                        max_length=8,
                    ),
                ),
                ("is_overlap", models.BooleanField(default=False)),
                ("cell", models.BigIntegerField(null=True)),
                ("mercator_x", models.IntegerField(null=True)),
                ("mercator_y", models.IntegerField(null=True)),
                ("revenue_minor", models.BigIntegerField(default=0)),
                ("potential_minor", models.BigIntegerField(default=0)),
                ("pipeline_minor", models.BigIntegerField(default=0)),
                ("workload_h", models.FloatField(default=0)),
                ("visits_per_year", models.FloatField(default=0)),
                (
                    "account",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
                (
                    "alignment",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territory.alignment"
                    ),
                ),
                (
                    "territory",
                    workspace.fields.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="territory.territory",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnitAssignment",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "alignment_id", "unit_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "alignment",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territory.alignment"
                    ),
                ),
                (
                    "territory",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territory.territory"
                    ),
                ),
                (
                    "unit",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territory.basicunit"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnitLayer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(choices=[("counties", "Counties"), ("h3", "H3 hexagons")], max_length=20)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("settings", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("building", "Building"), ("ready", "Ready"), ("failed", "Failed")],
                        default="building",
                        max_length=10,
                    ),
                ),
                ("n_units", models.IntegerField(default=0)),
                ("bbox", models.JSONField(null=True)),
                (
                    "job",
                    workspace.fields.TenantForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="workspace.job"
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
        migrations.CreateModel(
            name="UnitAdjacency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_cut", models.BooleanField(default=False)),
                (
                    "unit_a",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territory.basicunit"
                    ),
                ),
                (
                    "unit_b",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territory.basicunit"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
                (
                    "layer",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="adjacencies",
                        to="territory.unitlayer",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="basicunit",
            name="layer",
            field=workspace.fields.TenantForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="units", to="territory.unitlayer"
            ),
        ),
        migrations.AddField(
            model_name="alignment",
            name="unit_layer",
            field=workspace.fields.TenantForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alignments",
                to="territory.unitlayer",
            ),
        ),
        migrations.CreateModel(
            name="AccountUnit",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "layer_id", "account_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "account",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
                (
                    "unit",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territory.basicunit"
                    ),
                ),
                (
                    "layer",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="territory.unitlayer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Barrier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("line", django.contrib.gis.db.models.fields.MultiLineStringField(spatial_index=False, srid=4326)),
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
                    models.UniqueConstraint(fields=("workspace", "id"), name="territory_barrier_tenant_key")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="territory",
            index=models.Index(fields=["workspace", "alignment", "position"], name="territory_of_alignment"),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="territory_territory_tenant_key"),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("target_share__isnull", True),
                    models.Q(("target_share__gt", 0), ("target_share__lte", 1)),
                    _connector="OR",
                ),
                name="territory_target_share_fraction",
            ),
        ),
        migrations.AddIndex(
            model_name="accountassignment",
            index=models.Index(
                fields=["workspace", "alignment", "cell"],
                include=("territory", "account", "revenue_minor", "mercator_x", "mercator_y"),
                name="territory_assignment_cell",
            ),
        ),
        migrations.AddIndex(
            model_name="accountassignment",
            index=models.Index(
                fields=["workspace", "alignment", "territory"],
                include=(
                    "revenue_minor",
                    "potential_minor",
                    "pipeline_minor",
                    "workload_h",
                    "visits_per_year",
                    "mercator_x",
                    "mercator_y",
                ),
                name="territory_assignment_totals",
            ),
        ),
        migrations.AddIndex(
            model_name="accountassignment",
            index=models.Index(fields=["workspace", "account"], name="territory_assignment_account"),
        ),
        migrations.AddIndex(
            model_name="unitassignment",
            index=models.Index(fields=["workspace", "territory"], name="territory_units_of"),
        ),
        migrations.AddConstraint(
            model_name="unitlayer",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="territory_unit_layer_tenant_key"),
        ),
        migrations.AddConstraint(
            model_name="unitadjacency",
            constraint=models.UniqueConstraint(
                fields=("workspace", "layer", "unit_a", "unit_b"), name="territory_adjacency_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitadjacency",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit_a__lt", models.F("unit_b"))), name="territory_adjacency_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="basicunit",
            constraint=models.UniqueConstraint(fields=("workspace", "layer", "code"), name="territory_unit_code"),
        ),
        migrations.AddConstraint(
            model_name="basicunit",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="territory_unit_tenant_key"),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "live")), fields=("workspace", "team"), name="territory_one_live_per_team"
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="territory_alignment_tenant_key"),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis", "drawn"), ("unit_layer__isnull", False), _connector="OR"),
                name="territory_units_basis_has_layer",
            ),
        ),
        migrations.AddIndex(
            model_name="accountunit",
            index=models.Index(fields=["workspace", "unit", "account"], name="territory_account_unit"),
        ),
        reference("territory_unitlayer", "job_id", "workspace_job", on_delete="SET NULL"),
        reference("territory_basicunit", "layer_id", "territory_unitlayer", on_delete="CASCADE"),
        reference("territory_unitadjacency", "layer_id", "territory_unitlayer", on_delete="CASCADE"),
        reference("territory_unitadjacency", "unit_a_id", "territory_basicunit", on_delete="CASCADE"),
        reference("territory_unitadjacency", "unit_b_id", "territory_basicunit", on_delete="CASCADE"),
        reference("territory_accountunit", "layer_id", "territory_unitlayer", on_delete="CASCADE"),
        reference("territory_accountunit", "account_id", "accounts_account", on_delete="CASCADE"),
        reference("territory_accountunit", "unit_id", "territory_basicunit", on_delete="CASCADE"),
        reference("territory_alignment", "team_id", "workspace_team"),
        reference("territory_alignment", "unit_layer_id", "territory_unitlayer"),
        reference("territory_alignment", "parent_id", "territory_alignment", on_delete="SET NULL"),
        reference("territory_alignment", "created_by_id", "workspace_member", on_delete="SET NULL"),
        reference("territory_territory", "alignment_id", "territory_alignment", on_delete="CASCADE"),
        reference("territory_territory", "rep_id", "accounts_rep", on_delete="SET NULL"),
        reference("territory_unitassignment", "alignment_id", "territory_alignment", on_delete="CASCADE"),
        reference("territory_unitassignment", "unit_id", "territory_basicunit", on_delete="CASCADE"),
        reference("territory_unitassignment", "territory_id", "territory_territory", on_delete="CASCADE"),
        reference("territory_accountoverride", "alignment_id", "territory_alignment", on_delete="CASCADE"),
        reference("territory_accountoverride", "account_id", "accounts_account", on_delete="CASCADE"),
        reference("territory_accountoverride", "territory_id", "territory_territory", on_delete="CASCADE"),
        reference("territory_accountassignment", "alignment_id", "territory_alignment", on_delete="CASCADE"),
        reference("territory_accountassignment", "account_id", "accounts_account", on_delete="CASCADE"),
        reference("territory_accountassignment", "territory_id", "territory_territory", on_delete="SET NULL"),
        protect("territory_unitlayer"),
        protect("territory_basicunit"),
        protect("territory_unitadjacency"),
        protect("territory_accountunit"),
        protect("territory_barrier"),
        protect("territory_alignment"),
        protect("territory_territory"),
        protect("territory_unitassignment"),
        protect("territory_accountoverride"),
        protect("territory_accountassignment"),
    ]
