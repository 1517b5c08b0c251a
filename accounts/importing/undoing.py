"""Taking a whole import back: created rows go, changed ones get their old values, gone ones return.

A row that was written since, by hand or by another import, is left as it is and named: it no longer bears the moment
of this import as its `updated_at`.
"""

from typing import Any

from django.db import connection

from accounts.importing.belongings import GOING, RETURNED, make_table, unpack_belongings
from accounts.importing.followers import TOUCHED, make_touched_table, raise_data_version, tell_followers
from accounts.importing.leaving import take_out
from accounts.importing.recording import Record, stored_columns
from accounts.models import Account, AccountImport, ImportedRow, ImportKind, Rep

# Of so many newest imports of a workspace it is kept what they changed.
UNDOS_KEPT = 5
SHOWN_MAX = 50
_JUDGED = "judged_rows"
# Every look-up is LATERAL with OFFSET 0, carried out by key: the planner takes tables filled a moment ago for empty.
_JUDGE = """
CREATE TEMP TABLE {judged} ON COMMIT DROP AS
SELECT r.record_id, r.fate, r.before, r.kept, coalesce(t.updated_at, again.updated_at) AS at,
    coalesce(t.external_id, r.before ->> 'external_id') AS external_id, coalesce(t.name, r.before ->> 'name') AS name,
    CASE
        WHEN r.fate = 'gone' THEN CASE WHEN again.updated_at IS NULL THEN 'ok' ELSE 'again' END
        WHEN t.updated_at IS NULL THEN 'gone'
        WHEN t.updated_at = %(written_at)s THEN 'ok' ELSE 'edited'
    END AS verdict
FROM accounts_importedrow r
LEFT JOIN LATERAL (
    SELECT t.updated_at, t.external_id, t.name FROM {table} t
    WHERE t.workspace_id = %(workspace)s AND t.id = r.record_id OFFSET 0
) t ON true
LEFT JOIN LATERAL (
    SELECT a.updated_at FROM {table} a WHERE r.fate = 'gone' AND a.workspace_id = %(workspace)s
        AND a.external_id = r.before ->> 'external_id' OFFSET 0
) again ON true
WHERE r.workspace_id = %(workspace)s AND r.upload_id = %(upload)s
"""
_COUNT = "SELECT fate, verdict, count(*) FROM {judged} GROUP BY fate, verdict"
# Who wrote it: another import by its moment, else the member who last changed the record.
_LEFT = """
SELECT coalesce(j.external_id, ''), coalesce(j.name, ''), j.verdict, j.at, coalesce(i.filename, c.name, '') FROM (
    SELECT * FROM {judged} WHERE verdict <> 'ok' ORDER BY at DESC NULLS LAST, external_id LIMIT %(most)s
) j
LEFT JOIN LATERAL (
    SELECT i.filename FROM accounts_accountimport i
    WHERE i.workspace_id = %(workspace)s AND i.written_at = j.at LIMIT 1
) i ON true
LEFT JOIN LATERAL (
    SELECT coalesce(nullif(u.name, ''), u.email) AS name FROM workspace_change c
    JOIN workspace_member m ON m.id = c.member_id JOIN workspace_user u ON u.id = m.user_id
    WHERE c.workspace_id = %(workspace)s AND c.subject_kind = %(subject)s AND c.subject_id = j.record_id
    ORDER BY c.id DESC LIMIT 1
) c ON true
ORDER BY j.at DESC NULLS LAST, j.external_id
"""
_WHY = {
    "edited": "changed since",
    "gone": "no longer there",
    "again": "there again with the same id",
}
_RESTORE = """
WITH old AS MATERIALIZED (
    SELECT t.place, old.* FROM {judged} j
    CROSS JOIN LATERAL (
        SELECT t.ctid AS place, t AS whole FROM {table} t
        WHERE t.workspace_id = %(workspace)s AND t.id = j.record_id OFFSET 0
    ) t
    CROSS JOIN LATERAL jsonb_populate_record(t.whole, j.before) old
    WHERE j.fate = 'changed' AND j.verdict = 'ok'
)
UPDATE {table} t SET {changes} FROM old WHERE t.ctid = old.place RETURNING t.id
"""
_RETURN = """
INSERT INTO {table} (id, workspace_id, {columns})
SELECT j.record_id, %(workspace)s, {old}
FROM {judged} j CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, j.before) old
WHERE j.fate = 'gone' AND j.verdict = 'ok'
"""
_GIVE_BACK = """
INSERT INTO {returned} (account_id, kept)
SELECT record_id, coalesce(kept, '{{}}') FROM {judged} WHERE fate = 'gone' AND verdict = 'ok'
"""
_OF_FATE = "SELECT record_id FROM {judged} WHERE fate = %(fate)s AND verdict = 'ok'"


def look_at_undo(item: AccountImport) -> dict[str, Any]:
    """What an undo would do now: how many rows it removes, restores and returns, and which it has to leave."""
    model: Record = Account if item.kind == ImportKind.ACCOUNTS else Rep
    values = _values(item) | {"subject": "account" if model is Account else "rep", "most": SHOWN_MAX}
    names = {"judged": _JUDGED, "table": model._meta.db_table}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{_JUDGED}")
        cursor.execute(_JUDGE.format(**names), values)
        cursor.execute(f"ANALYZE {_JUDGED}")
        cursor.execute(_COUNT.format(**names))
        counts = {(fate, verdict): count for fate, verdict, count in cursor.fetchall()}
        cursor.execute(_LEFT.format(**names), values)
        left = [
            {"external_id": external_id, "name": name, "why": _WHY[verdict], "at": at and at.isoformat(), "by": by}
            for external_id, name, verdict, at, by in cursor.fetchall()
        ]
    return {
        "n_removed": counts.get(("created", "ok"), 0),
        "n_restored": counts.get(("changed", "ok"), 0),
        "n_returned": counts.get(("gone", "ok"), 0),
        "n_left": sum(count for (_, verdict), count in counts.items() if verdict != "ok"),
        "left": left,
    }


def take_back(item: AccountImport) -> dict[str, Any]:
    """Undo an import in the caller's transaction, with the workspace's turn taken; what was done and what left."""
    model: Record = Account if item.kind == ImportKind.ACCOUNTS else Rep
    _hold_rows(model, item)
    done = look_at_undo(item)
    if model is Account:
        _take_back_accounts(item, done)
    else:
        _deactivate_created(item)
        _restore_changed(model, item)
    ImportedRow.objects.filter(workspace_id=item.workspace_id, upload_id=item.pk).delete()
    return done


def keep_newest_undos(workspace_id: int) -> None:
    """Forget what older imports changed: it can be taken back no longer."""
    written = AccountImport.objects.filter(workspace_id=workspace_id, written_at__isnull=False)
    older = written.order_by("-written_at").values_list("pk", flat=True)[UNDOS_KEPT:]
    ImportedRow.objects.filter(workspace_id=workspace_id, upload_id__in=list(older)).delete()


def _take_back_accounts(item: AccountImport, done: dict[str, Any]) -> None:
    values = _values(item) | {"fate": "created"}
    with connection.cursor() as cursor:
        make_table(GOING)
        cursor.execute(f"INSERT INTO {GOING} (account_id) {_OF_FATE.format(judged=_JUDGED)}", values)
    if done["n_removed"]:
        take_out(item.workspace_id, upload_id=None)
    make_touched_table()
    _restore_changed(Account, item)
    _return_gone(item)
    if done["n_restored"] + done["n_returned"]:
        tell_followers(workspace_id=item.workspace_id)
    else:
        raise_data_version(item.workspace_id)


def _restore_changed(model: Record, item: AccountImport) -> None:
    changes = ", ".join(f"{column} = old.{column}" for column in stored_columns(model))
    restore = _RESTORE.format(judged=_JUDGED, table=model._meta.db_table, changes=changes)
    told = f"WITH done AS ({restore}) INSERT INTO {TOUCHED} (account_id, is_new) SELECT id, false FROM done"
    with connection.cursor() as cursor:
        cursor.execute(told if model is Account else restore, _values(item))


def _return_gone(item: AccountImport) -> None:
    columns = stored_columns(Account)
    names = {"judged": _JUDGED, "table": Account._meta.db_table, "returned": RETURNED}
    make_table(RETURNED)
    with connection.cursor() as cursor:
        listed = {"columns": ", ".join(columns), "old": ", ".join(f"old.{column}" for column in columns)}
        cursor.execute(_RETURN.format(**names, **listed), _values(item))
        cursor.execute(_GIVE_BACK.format(**names), _values(item))
        n_returned = cursor.rowcount
        cursor.execute(f"INSERT INTO {TOUCHED} (account_id, is_new) SELECT account_id, true FROM {RETURNED}")
    if n_returned:
        unpack_belongings(item.workspace_id)


def _deactivate_created(item: AccountImport) -> None:
    """A rep is never erased: history, snapshots and archived alignments name them."""
    created = _OF_FATE.format(judged=_JUDGED)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_rep SET is_active = false, updated_at = clock_timestamp()"
            f" WHERE workspace_id = %(workspace)s AND id IN ({created})",
            _values(item) | {"fate": "created"},
        )


def _hold_rows(model: Record, item: AccountImport) -> None:
    """Nobody edits a row between the look at it and its undo."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT id FROM {model._meta.db_table}"
            " WHERE workspace_id = %(workspace)s AND updated_at = %(written_at)s FOR UPDATE) held",
            _values(item),
        )


def _values(item: AccountImport) -> dict[str, Any]:
    return {"workspace": item.workspace_id, "upload": item.pk, "written_at": item.written_at}
