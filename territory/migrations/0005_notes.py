from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0004_no_statistics_per_plan")]

    operations = [
        migrations.AddField("alignment", "notes", models.TextField(blank=True, default="", max_length=4000)),
    ]
