from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0007_fill_segments")]

    operations = [
        migrations.AddField("alignment", "notes", models.TextField(blank=True, default="", max_length=4000)),
    ]
