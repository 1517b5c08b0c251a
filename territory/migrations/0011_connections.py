import django.db.models.deletion
from django.db import migrations, models

import workspace.fields
from workspace.rls import protect, reference


class Migration(migrations.Migration):
    dependencies = [
        ("territory", "0010_boundary_files"),
        ("workspace", "0004_connections"),
    ]

    operations = [
        migrations.CreateModel(
            name="Connection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("base_url", models.CharField(max_length=2000)),
                ("settings", models.JSONField(default=dict)),
                ("secret", workspace.fields.SealedField()),
                ("protected", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Not checked"),
                            ("ready", "Signed in"),
                            ("expired", "Sign-in expired"),
                            ("failed", "Not reached"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("signed_in_as", models.CharField(blank=True, max_length=300)),
                ("last_error", models.CharField(blank=True, max_length=300)),
                ("last_checked_at", models.DateTimeField(null=True)),
                ("last_pulled_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
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
            name="Push",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planning", "Comparing"),
                            ("planned", "Compared"),
                            ("pushing", "Pushing"),
                            ("done", "Done"),
                            ("failed", "Stopped"),
                        ],
                        default="planning",
                        max_length=10,
                    ),
                ),
                (
                    "against",
                    models.CharField(
                        blank=True, choices=[("crm", "The CRM"), ("pushed", "The last push")], max_length=10
                    ),
                ),
                ("n_accounts", models.PositiveIntegerField(default=0)),
                ("n_new", models.PositiveIntegerField(default=0)),
                ("n_changed", models.PositiveIntegerField(default=0)),
                ("n_unchanged", models.PositiveIntegerField(default=0)),
                ("n_unknown", models.PositiveIntegerField(default=0)),
                ("n_held", models.PositiveIntegerField(default=0)),
                ("n_without", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "alignment",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="territory.alignment"
                    ),
                ),
                (
                    "connection",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pushes", to="territory.connection"
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
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="workspace.member"
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
            name="PushRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("external_id", models.CharField(max_length=200)),
                ("name", models.CharField(blank=True, max_length=300)),
                ("owner_before", models.CharField(blank=True, max_length=200)),
                ("owner_after", models.CharField(blank=True, max_length=200)),
                ("territory_before", models.CharField(blank=True, max_length=1000)),
                ("territory_after", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "To be pushed"),
                            ("done", "Pushed"),
                            ("refused", "Refused"),
                            ("later", "To be tried again"),
                            ("held", "Held back"),
                            ("unknown", "Unknown there"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                (
                    "push",
                    workspace.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="territory.push"
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
            model_name="connection",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="territory_connection_tenant_key"),
        ),
        migrations.AddConstraint(
            model_name="connection",
            constraint=models.UniqueConstraint(fields=("workspace", "name"), name="territory_connection_name"),
        ),
        migrations.AddIndex(
            model_name="push",
            index=models.Index(fields=["workspace", "connection", "-id"], name="territory_push_newest"),
        ),
        migrations.AddConstraint(
            model_name="push",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="territory_push_tenant_key"),
        ),
        migrations.AddIndex(
            model_name="pushrow",
            index=models.Index(fields=["workspace", "push", "state", "id"], name="territory_push_row_state"),
        ),
        migrations.AddIndex(
            model_name="pushrow",
            index=models.Index(
                condition=models.Q(("state", "done")),
                fields=["workspace", "external_id", "-id"],
                name="territory_push_row_last",
            ),
        ),
        migrations.AddConstraint(
            model_name="pushrow",
            constraint=models.UniqueConstraint(fields=("workspace", "id"), name="territory_push_row_tenant_key"),
        ),
        reference("territory_connection", "job_id", "workspace_job", on_delete="SET NULL"),
        reference("territory_connection", "created_by_id", "workspace_member", on_delete="SET NULL"),
        reference("territory_push", "connection_id", "territory_connection", on_delete="CASCADE"),
        reference("territory_push", "alignment_id", "territory_alignment", on_delete="CASCADE"),
        reference("territory_push", "member_id", "workspace_member", on_delete="SET NULL"),
        reference("territory_push", "job_id", "workspace_job", on_delete="SET NULL"),
        reference("territory_pushrow", "push_id", "territory_push", on_delete="CASCADE"),
        protect("territory_connection"),
        protect("territory_push"),
        protect("territory_pushrow"),
    ]
