from django.db import migrations

# Statistics describe the alignments and layers that were there at the last ANALYZE. One made since would be taken for
# empty, and its 100,000 accounts compared one by one with every edited account. Without statistics on these columns
# every alignment and layer is taken for an average one, however new it is.
COLUMNS = (
    ("territory_accountassignment", "alignment_id"),
    ("territory_unitassignment", "alignment_id"),
    ("territory_accountoverride", "alignment_id"),
    ("territory_accountunit", "layer_id"),
    ("territory_unitadjacency", "layer_id"),
    ("territory_basicunit", "layer_id"),
)


class Migration(migrations.Migration):
    dependencies = [("territory", "0003_lean_references")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0",
            f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS -1",
        )
        for table, column in COLUMNS
    ]
