"""What an import leaves alone because of its mode."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from accounts.importing.staging import STAGED
from accounts.importing.targets import Target
from accounts.models import ImportMode

SHOWN_MAX = 50
_SET_ASIDE = """
WITH apart AS (
    DELETE FROM {staged} s WHERE s.ctid IN (
        SELECT p.place FROM (SELECT ctid AS place, external_id FROM {staged}) p LEFT JOIN LATERAL (
            SELECT true AS is_known FROM {table} k
            WHERE k.workspace_id = %(workspace)s AND k.external_id = p.external_id OFFSET 0
        ) k ON true
        WHERE (k.is_known IS TRUE) = %(known)s
    )
    RETURNING s.row_number, s.external_id
)
SELECT row_number, external_id, count(*) OVER () FROM apart ORDER BY row_number LIMIT %(most)s
"""


@dataclass(frozen=True)
class LeftAlone:
    """Rows of the file that were neither created nor changed, the first of them by row and id."""

    n_rows: int = 0
    first: list[dict[str, Any]] = field(default_factory=list)


def set_aside(target: Target, *, workspace_id: int, mode: str) -> LeftAlone:
    """Take out of the staging table what the mode does not touch: known rows of `add`, new ones of `update`."""
    if mode not in {ImportMode.ADD, ImportMode.UPDATE}:
        return LeftAlone()
    statement = _SET_ASIDE.format(staged=STAGED, table=target.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"workspace": workspace_id, "known": mode == ImportMode.ADD, "most": SHOWN_MAX})
        rows = cursor.fetchall()
    first = [{"row": number, "external_id": external_id} for number, external_id, _ in rows]
    return LeftAlone(rows[0][2] if rows else 0, first)
