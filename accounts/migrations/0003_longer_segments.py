from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_search_keys_and_problem_report"),
    ]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="segment",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
