"""Row-level security as migration operations: the second wall behind `visible_to`.

The policy stays in its plain form: wrapped in a sub-select or a function the same reads took 2–3 times as long.

`workspace_id` has no statistics: with them, a workspace made since the last ANALYZE is taken for empty, and its rows
are compared each with each (12,000 accounts: minutes). Without them every workspace is taken for an average one.
"""

from django.db import migrations

POLICY = "workspace_isolation"
_MATCH = "workspace_id = NULLIF(current_setting('app.workspace', true), '')::bigint"


def protect(table: str) -> migrations.RunSQL:
    """Force row-level security on a table with `workspace_id`, for its owner too."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} ALTER COLUMN workspace_id SET STATISTICS 0;"
        f"CREATE POLICY {POLICY} ON {table} FOR ALL USING ({_MATCH}) WITH CHECK ({_MATCH});",
        f"DROP POLICY {POLICY} ON {table};"
        f"ALTER TABLE {table} ALTER COLUMN workspace_id SET STATISTICS -1;"
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def reference(table: str, column: str, target: str, on_delete: str = "NO ACTION") -> migrations.RunSQL:
    """A foreign key that cannot leave the workspace. `on_delete`: NO ACTION, CASCADE or SET NULL."""
    name = f"{table}_{column}_tenant_fk"
    action = f"SET NULL ({column})" if on_delete == "SET NULL" else on_delete
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (workspace_id, {column}) "
        f"REFERENCES {target} (workspace_id, id) ON DELETE {action} DEFERRABLE INITIALLY DEFERRED;",
        f"ALTER TABLE {table} DROP CONSTRAINT {name};",
    )
