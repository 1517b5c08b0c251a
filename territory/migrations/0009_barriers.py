import django.contrib.gis.db.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table is protected since it was made; its new columns point nowhere."""

    dependencies = [("territory", "0008_notes")]

    operations = [
        migrations.RenameField("barrier", "line", "shape"),
        migrations.AlterField(
            "barrier",
            "shape",
            django.contrib.gis.db.models.fields.GeometryField(spatial_index=False, srid=4326),
        ),
        migrations.AddField(
            "barrier",
            "kind",
            models.CharField(
                choices=[
                    ("river", "River"),
                    ("border", "Border"),
                    ("ridge", "Ridge"),
                    ("restricted", "Restricted area"),
                ],
                default="river",
                max_length=20,
            ),
        ),
        migrations.AddField("barrier", "is_hard", models.BooleanField(default=True)),
        migrations.AddField("barrier", "cost_km", models.FloatField(default=0)),
        migrations.AddField("barrier", "bridges", models.JSONField(default=list)),
        migrations.AddConstraint(
            "barrier",
            models.CheckConstraint(
                condition=models.Q(("is_hard", True), ("cost_km__gt", 0), _connector="OR"),
                name="territory_barrier_has_effect",
            ),
        ),
        migrations.AddField("unitadjacency", "crossing_km", models.FloatField(db_default=0, default=0)),
    ]
