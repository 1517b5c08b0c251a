"""Staged rows into the table: one statement, that writes what is new or different and nothing else."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from accounts.importing.followers import TOUCHED, make_touched_table
from accounts.importing.recording import row_as_json
from accounts.importing.staging import STAGED
from accounts.importing.targets import Target
from accounts.importing.teams import first_team
from accounts.models import Fate, ImportKind
from workspace.planner import count_rows


@dataclass(frozen=True)
class Merged:
    """`written_at` is what the written rows bear as `updated_at`; nothing else that is written bears the same."""

    n_created: int
    n_updated: int
    n_unchanged: int
    n_unplotted: int
    written_at: datetime


def merge(target: Target, *, workspace_id: int, upload_id: int | None) -> Merged:
    """With `upload_id` it is recorded what every written row was before, for an undo."""
    make_touched_table()
    values = {
        "workspace": workspace_id,
        "upload": upload_id,
        "metric_keys": target.metric_keys,
        "first_team": first_team(workspace_id) if target.kind == ImportKind.REPS else None,
        "created": Fate.CREATED.value,
        "changed": Fate.CHANGED.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {STAGED}")
        cursor.execute("SELECT clock_timestamp()")
        [written_at] = cursor.fetchone()
        statement = merge_statement(target, is_recorded=upload_id is not None)
        cursor.execute(statement, values | {"written_at": written_at})
        cursor.execute(
            f"SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new),"
            f" (SELECT count(*) FROM {STAGED}) - count(*) FROM {TOUCHED}"
        )
        n_created, n_updated, n_unchanged = cursor.fetchone()
        count_rows(n_created + n_updated, target.model._meta.db_table)
    return Merged(n_created, n_updated, n_unchanged, _count_unplotted(target, workspace_id), written_at)


def merge_statement(target: Target, *, is_recorded: bool) -> str:
    table = target.model._meta.db_table
    assignments = target.assignments()
    columns = [each.column for each in assignments]
    updates = [each for each in assignments if each.update is not None and each.column != "external_id"]
    changes = [f"{each.column} = {each.update}" for each in updates]
    return f"""
        WITH merged AS (
            INSERT INTO {table} AS t (workspace_id, {", ".join(columns)}, updated_at)
            SELECT %(workspace)s, {", ".join(each.value for each in assignments)}, %(written_at)s
            FROM {STAGED} s ORDER BY s.row_number
            ON CONFLICT (workspace_id, external_id) DO UPDATE SET {", ".join(changes)}, updated_at = %(written_at)s
            WHERE ({", ".join(f"t.{each.column}" for each in updates)})
                IS DISTINCT FROM ({", ".join(str(each.update) for each in updates)})
            RETURNING t.id, t.xmax = 0 AS is_new
        ){_recorded(target, ["external_id", *(each.column for each in updates), "updated_at"]) if is_recorded else ""}
        INSERT INTO {TOUCHED} (account_id, is_new) SELECT id, is_new FROM merged
    """


def _recorded(target: Target, columns: list[str]) -> str:
    """The rows as this statement found them: what it writes itself it does not see."""
    return f""", recorded AS (
            INSERT INTO accounts_importedrow (workspace_id, upload_id, record_id, fate, before)
            SELECT %(workspace)s, %(upload)s, m.id, CASE WHEN m.is_new THEN %(created)s ELSE %(changed)s END, b.before
            FROM merged m LEFT JOIN LATERAL (
                SELECT {row_as_json(target.model, columns)} AS before FROM {target.model._meta.db_table} b
                WHERE NOT m.is_new AND b.workspace_id = %(workspace)s AND b.id = m.id OFFSET 0
            ) b ON true
        )"""


def _count_unplotted(target: Target, workspace_id: int) -> int:
    if target.kind != ImportKind.ACCOUNTS:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {STAGED} s JOIN accounts_account a"
            " ON a.workspace_id = %s AND a.external_id = s.external_id WHERE a.cell IS NULL",
            [workspace_id],
        )
        return int(cursor.fetchone()[0])
