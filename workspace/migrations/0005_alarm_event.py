import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workspace", "0004_connections"),
    ]

    operations = [
        migrations.AlterField(
            model_name="webhook",
            name="events",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("import.done", "Import done"),
                        ("run.done", "Run done"),
                        ("alignment.proposed", "Alignment proposed"),
                        ("alignment.published", "Alignment published"),
                        ("alarm", "Alarm"),
                    ],
                    max_length=40,
                ),
                size=None,
            ),
        ),
    ]
