import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import workspace.fields
from workspace.rls import protect, reference


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_number_segments"),
        ("workspace", "0002_count_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="accountimport",
            name="mode",
            field=models.CharField(
                choices=[
                    ("add", "Only new ones"),
                    ("update", "Only known ones"),
                    ("upsert", "New and known ones"),
                    ("replace", "The file is the whole list"),
                ],
                default="upsert",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="accountimport",
            name="undo_job",
            field=workspace.fields.TenantForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="workspace.job"
            ),
        ),
        migrations.AddField(
            model_name="accountimport",
            name="undone",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="accountimport",
            name="written_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="rep",
            name="updated_at",
            field=models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "upload_id", "record_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("record_id", models.BigIntegerField()),
                (
                    "fate",
                    models.CharField(
                        choices=[("created", "Created"), ("changed", "Changed"), ("gone", "Gone")], max_length=7
                    ),
                ),
                ("before", models.JSONField(null=True)),
                ("kept", models.JSONField(null=True)),
                (
                    "upload",
                    workspace.fields.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.accountimport",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspace.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        reference("accounts_accountimport", "undo_job_id", "workspace_job", on_delete="SET NULL"),
        reference("accounts_importedrow", "upload_id", "accounts_accountimport", on_delete="CASCADE"),
        protect("accounts_importedrow"),
    ]
