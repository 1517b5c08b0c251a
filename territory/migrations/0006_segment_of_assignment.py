from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("territory", "0005_regions"),
    ]

    operations = [
        migrations.AddField(
            model_name="accountassignment",
            name="segment",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
    ]
