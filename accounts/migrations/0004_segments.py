import django.db.models.deletion
from django.db import migrations, models

from workspace.rls import protect


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_longer_segments"),
        ("workspace", "0002_count_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Segment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.SmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.workspace"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "number"), name="accounts_segment_number"),
                    models.UniqueConstraint(fields=("workspace", "name"), name="accounts_segment_name"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 250)),
                        name="accounts_segment_number_fits",
                    ),
                ],
            },
        ),
        protect("accounts_segment"),
    ]
