import django.db.models.deletion
from django.db import migrations, models

import workspace.fields
from workspace.rls import protect, reference


class Migration(migrations.Migration):
    dependencies = [
        ("territory", "0009_barriers"),
        ("workspace", "0002_count_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="BoundaryFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("filename", models.CharField(max_length=255)),
                ("file", models.FileField(max_length=255, upload_to="boundaries/")),
                ("choices", models.JSONField(default=dict)),
                ("found", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "id"), name="territory_boundary_file_tenant_key")
                ],
            },
        ),
        reference("territory_boundaryfile", "member_id", "workspace_member", on_delete="CASCADE"),
        protect("territory_boundaryfile"),
        migrations.AlterField(
            model_name="unitlayer",
            name="kind",
            field=models.CharField(
                choices=[("counties", "Counties"), ("h3", "H3 hexagons"), ("file", "Areas of a file")], max_length=20
            ),
        ),
    ]
