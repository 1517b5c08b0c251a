from django.db import migrations, transaction

_FILL = """
UPDATE territory_accountassignment s SET segment = g.number
FROM accounts_account a JOIN accounts_segment g ON g.workspace_id = a.workspace_id AND g.name = a.segment
WHERE s.workspace_id = %(workspace)s AND s.alignment_id = %(alignment)s
  AND a.workspace_id = %(workspace)s AND a.id = s.account_id AND s.segment <> g.number
"""


def fill_segments(apps, schema_editor):
    """One alignment after the other, so that none waits for all; running it again does what is left."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM workspace_workspace ORDER BY id")
        for (workspace_id,) in cursor.fetchall():
            for alignment_id in _alignments(cursor, workspace_id):
                with transaction.atomic():
                    _enter(cursor, workspace_id)
                    cursor.execute(_FILL, {"workspace": workspace_id, "alignment": alignment_id})


def _alignments(cursor, workspace_id):
    with transaction.atomic():
        _enter(cursor, workspace_id)
        cursor.execute("SELECT id FROM territory_alignment WHERE workspace_id = %s ORDER BY id", [workspace_id])
        return [row[0] for row in cursor.fetchall()]


def _enter(cursor, workspace_id):
    cursor.execute("SELECT set_config('app.workspace', %s, true)", [str(workspace_id)])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0005_number_segments"), ("territory", "0006_segment_of_assignment")]

    operations = [migrations.RunPython(fill_segments, migrations.RunPython.noop)]
