"""Numbers for the names of segments: what a map tile can carry."""

from django.db import connection

from accounts.models.segment import NUMBERS_MAX

_OF_ALL = "SELECT segment FROM accounts_account WHERE workspace_id = %(workspace)s"
_OF_TOUCHED = """
SELECT a.segment FROM {touched} t CROSS JOIN LATERAL (
    SELECT a.segment FROM accounts_account a WHERE a.workspace_id = %(workspace)s AND a.id = t.account_id OFFSET 0
) a
"""
_NUMBER = """
WITH new AS (
    SELECT segment AS name, count(*) AS n_accounts FROM ({accounts}) named
    WHERE segment <> '' AND NOT EXISTS (
        SELECT FROM accounts_segment known WHERE known.workspace_id = %(workspace)s AND known.name = named.segment
    )
    GROUP BY segment
),
present AS (
    SELECT coalesce(max(number), 0) AS n FROM accounts_segment WHERE workspace_id = %(workspace)s
)
INSERT INTO accounts_segment (workspace_id, number, name)
SELECT %(workspace)s, number, name FROM (
    SELECT present.n + row_number() OVER (ORDER BY n_accounts DESC, name) AS number, name FROM new CROSS JOIN present
) numbered
WHERE number <= %(most)s
"""


def number_segments(workspace_id: int, *, touched: str | None = None) -> None:
    """Give segments without a number the next ones, the most frequent first.

    Of the accounts that a table `touched` names, or of all. The caller holds the workspace's row, so that two imports
    never give one number twice.
    """
    accounts = _OF_ALL if touched is None else _OF_TOUCHED.format(touched=touched)
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER.format(accounts=accounts), {"workspace": workspace_id, "most": NUMBERS_MAX})
