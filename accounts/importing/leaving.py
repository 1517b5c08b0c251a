"""Accounts that a file no longer holds: which they are, and how they go."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from accounts.importing.belongings import GOING, count_belongings, make_table, pack_belongings
from accounts.importing.recording import whole_row
from accounts.models import Account, Fate

SHOWN_MAX = 50
# EXCEPT compares by hash or sort, whatever the planner thinks of a workspace that was filled a moment ago; the ids are
# then looked up by key, one after the other.
_FIND = """
INSERT INTO {going} (account_id)
SELECT a.id FROM (
    SELECT external_id FROM accounts_account WHERE workspace_id = %(workspace)s
    EXCEPT SELECT external_id FROM {present}
) absent CROSS JOIN LATERAL (
    SELECT a.id FROM accounts_account a
    WHERE a.workspace_id = %(workspace)s AND a.external_id = absent.external_id OFFSET 0
) a
"""
_SUM = """
SELECT count(*), coalesce(sum(a.revenue_minor), 0) FROM {going} g CROSS JOIN LATERAL (
    SELECT a.revenue_minor FROM accounts_account a WHERE a.workspace_id = %(workspace)s AND a.id = g.account_id OFFSET 0
) a
"""
_LARGEST = """
SELECT a.external_id, a.name, a.city, a.revenue_minor FROM {going} g CROSS JOIN LATERAL (
    SELECT * FROM accounts_account a WHERE a.workspace_id = %(workspace)s AND a.id = g.account_id OFFSET 0
) a
ORDER BY a.revenue_minor DESC, a.name, a.external_id LIMIT %(most)s
"""
_RECORD = """
INSERT INTO accounts_importedrow (workspace_id, upload_id, record_id, fate, before, kept)
SELECT %(workspace)s, %(upload)s, g.account_id, %(fate)s, a.before, g.kept FROM {going} g CROSS JOIN LATERAL (
    SELECT {before} AS before FROM accounts_account b
    WHERE b.workspace_id = %(workspace)s AND b.id = g.account_id OFFSET 0
) a
"""
_DELETE = "DELETE FROM accounts_account a USING {going} g WHERE a.workspace_id = %(workspace)s AND a.id = g.account_id"


@dataclass(frozen=True)
class Absent:
    """What would disappear: counts, and the first ones, the largest revenue first."""

    n_accounts: int
    revenue_minor: int
    n_assigned: int
    n_overridden: int
    first: list[dict[str, Any]]


def find_absent(workspace_id: int, *, present: str) -> int:
    """Put the accounts that the temporary table `present (external_id text)` does not name into GOING: how many."""
    make_table(GOING)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {present}")
        cursor.execute(_FIND.format(going=GOING, present=present), {"workspace": workspace_id})
        n_absent = int(cursor.rowcount)
        cursor.execute(f"ANALYZE {GOING}")
    return n_absent


def describe_absent(workspace_id: int) -> Absent:
    values = {"workspace": workspace_id, "most": SHOWN_MAX}
    with connection.cursor() as cursor:
        cursor.execute(_SUM.format(going=GOING), values)
        n_accounts, revenue = cursor.fetchone()
        cursor.execute(_LARGEST.format(going=GOING), values)
        names = ("external_id", "name", "city", "revenue_minor")
        first = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return Absent(n_accounts, int(Decimal(revenue)), **count_belongings(workspace_id), first=first)


def take_out(workspace_id: int, *, upload_id: int | None) -> None:
    """Delete the accounts in GOING; recorded for an undo where an import did it."""
    pack_belongings(workspace_id)
    values = {"workspace": workspace_id, "upload": upload_id, "fate": Fate.GONE.value}
    with connection.cursor() as cursor:
        if upload_id is not None:
            cursor.execute(_RECORD.format(going=GOING, before=whole_row(Account)), values)
        cursor.execute(_DELETE.format(going=GOING), values)
