from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("territory", "0004_no_statistics_per_plan"),
    ]

    operations = [
        migrations.AddField(
            model_name="territory",
            name="region",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
