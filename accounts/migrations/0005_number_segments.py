from django.db import migrations, transaction

_NUMBER = """
INSERT INTO accounts_segment (workspace_id, number, name)
SELECT %(workspace)s, row_number() OVER (ORDER BY count(*) DESC, segment), segment
FROM accounts_account WHERE workspace_id = %(workspace)s AND segment <> ''
GROUP BY segment ORDER BY count(*) DESC, segment LIMIT 250
ON CONFLICT DO NOTHING
"""


def number_segments(apps, schema_editor):
    """One workspace after the other: row-level security shows no more."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM workspace_workspace ORDER BY id")
        for (workspace_id,) in cursor.fetchall():
            with transaction.atomic():
                cursor.execute("SELECT set_config('app.workspace', %s, true)", [str(workspace_id)])
                cursor.execute(_NUMBER, {"workspace": workspace_id})


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0004_segments")]

    operations = [migrations.RunPython(number_segments, migrations.RunPython.noop)]
