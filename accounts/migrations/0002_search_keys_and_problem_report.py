import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_accounts_and_reps"),
        ("workspace", "0001_tenants"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="city_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Lower("city"),
                output_field=models.CharField(db_collation="C", max_length=200),
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="name_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Lower("name"),
                output_field=models.CharField(db_collation="C", max_length=300),
            ),
        ),
        migrations.AddField(
            model_name="accountimport",
            name="problems_file",
            field=models.FileField(blank=True, max_length=255, upload_to="imports/"),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["workspace", "name_key"], name="accounts_account_name_key"),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["workspace", "city_key"], name="accounts_account_city_key"),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["workspace", "postal_code"], name="accounts_account_postal_code"),
        ),
    ]
