"""Staged rows into the table: one statement, that writes what is new or different and nothing else."""

from dataclasses import dataclass

from django.db import connection

from accounts.importing.followers import TOUCHED, make_touched_table
from accounts.importing.staging import STAGED
from accounts.importing.targets import Target
from accounts.models import Account, ImportKind
from workspace.planner import count_rows


@dataclass(frozen=True)
class Merged:
    n_created: int
    n_updated: int
    n_unchanged: int
    n_unplotted: int


def merge(target: Target, *, workspace_id: int, first_team: int | None) -> Merged:
    make_touched_table()
    values = {"workspace": workspace_id, "metric_keys": target.metric_keys, "first_team": first_team}
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {STAGED}")
        cursor.execute(merge_statement(target), values)
        count_rows(cursor.rowcount, target.model._meta.db_table)
        cursor.execute(
            f"SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new),"
            f" (SELECT count(*) FROM {STAGED}) - count(*) FROM {TOUCHED}"
        )
        n_created, n_updated, n_unchanged = cursor.fetchone()
    return Merged(n_created, n_updated, n_unchanged, _count_unplotted(target, workspace_id))


def merge_statement(target: Target) -> str:
    table = target.model._meta.db_table
    stamp = [("updated_at", "now()")] if target.model is Account else []
    assignments = target.assignments()
    columns = [each.column for each in assignments] + [name for name, _ in stamp]
    values = [each.value for each in assignments] + [value for _, value in stamp]
    updates = [each for each in assignments if each.update is not None and each.column != "external_id"]
    changes = [f"{each.column} = {each.update}" for each in updates] + [f"{name} = {value}" for name, value in stamp]
    return f"""
        WITH merged AS (
            INSERT INTO {table} AS t (workspace_id, {", ".join(columns)})
            SELECT %(workspace)s, {", ".join(values)} FROM {STAGED} s ORDER BY s.row_number
            ON CONFLICT (workspace_id, external_id) DO UPDATE SET {", ".join(changes)}
            WHERE ({", ".join(f"t.{each.column}" for each in updates)})
                IS DISTINCT FROM ({", ".join(str(each.update) for each in updates)})
            RETURNING t.id, t.xmax = 0 AS is_new
        )
        INSERT INTO {TOUCHED} (account_id, is_new) SELECT id, is_new FROM merged
    """


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
