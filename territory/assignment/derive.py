"""One statement per basis that says where each affected account belongs, and two that write it."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from territory.assignment.affected import Affected
from territory.assignment.moves import Moves
from territory.models import Alignment, Basis
from workspace.planner import FEW, count_rows

# Both say one line per affected account. The planner knows nothing of an alignment made a moment ago, takes it for
# empty, and would compare its accounts each with each. So nothing is left to its guesses: every look-up is LATERAL with
# OFFSET 0, which is carried out by key for one account after the other, and rows are written by their place (ctid).

# Units: an account's unit decides.
_BY_UNIT = """
placed AS (
    SELECT f.account_id, ua.territory_id, false AS is_overlap FROM affected f
    LEFT JOIN LATERAL (
        SELECT au.unit_id FROM territory_accountunit au
        WHERE au.workspace_id = %(workspace)s AND au.layer_id = %(layer)s AND au.account_id = f.account_id OFFSET 0
    ) au ON true
    LEFT JOIN LATERAL (
        SELECT ua.territory_id FROM territory_unitassignment ua
        WHERE ua.workspace_id = %(workspace)s AND ua.alignment_id = %(alignment)s AND ua.unit_id = au.unit_id OFFSET 0
    ) ua ON true
)
"""
# Drawn: the boundaries that hold the account claim it; its present owner keeps it, else the lowest position has it.
# ST_Multi computes a copy, so that the boundary is unpacked once and not for every account.
_BY_BOUNDARY = """
shape AS MATERIALIZED (
    SELECT t.id AS territory_id, t.position, ST_Multi(t.boundary) AS boundary FROM territory_territory t
    WHERE t.workspace_id = %(workspace)s AND t.alignment_id = %(alignment)s AND t.boundary IS NOT NULL
),
located AS MATERIALIZED (
    SELECT f.account_id, a.location FROM affected f
    CROSS JOIN LATERAL (
        SELECT a.location FROM accounts_account a WHERE a.workspace_id = %(workspace)s AND a.id = f.account_id OFFSET 0
    ) a
    WHERE a.location IS NOT NULL
),
said AS (
    SELECT account_id, true AS is_affected, NULL::bigint AS claimed_by, NULL::int AS position, NULL::bigint AS preferred
    FROM affected
    UNION ALL
    SELECT held.account_id, true, shape.territory_id, shape.position, NULL FROM shape
    CROSS JOIN LATERAL (
        SELECT l.account_id FROM located l
        WHERE shape.boundary && l.location AND ST_Covers(shape.boundary, l.location) OFFSET 0
    ) held
    UNION ALL
    SELECT account_id, false, NULL, NULL, territory_id
    FROM unnest(%(preferred_accounts)s::bigint[], %(preferred_territories)s::bigint[]) AS p (account_id, territory_id)
),
weighed AS (
    SELECT account_id, claimed_by, position, bool_or(is_affected) OVER same AS is_affected,
        count(claimed_by) OVER same AS n_claims, max(preferred) OVER same AS preferred
    FROM said WINDOW same AS (PARTITION BY account_id)
),
placed AS (
    SELECT DISTINCT ON (w.account_id) w.account_id, w.claimed_by AS territory_id, w.n_claims > 1 AS is_overlap
    FROM weighed w
    LEFT JOIN LATERAL (
        SELECT s.territory_id FROM territory_accountassignment s
        WHERE s.workspace_id = %(workspace)s AND s.alignment_id = %(alignment)s AND s.account_id = w.account_id OFFSET 0
    ) s ON w.n_claims > 1
    WHERE w.is_affected
    ORDER BY w.account_id, (w.claimed_by = w.preferred) IS TRUE DESC, (w.claimed_by = s.territory_id) IS TRUE DESC,
        w.position NULLS LAST, w.claimed_by
)
"""
_DERIVED = """
derived AS MATERIALIZED (
    SELECT p.account_id, coalesce(o.territory_id, p.territory_id) AS territory_id, p.is_overlap,
        CASE WHEN o.account_id IS NOT NULL THEN 'override' WHEN p.territory_id IS NOT NULL THEN %(source)s
            ELSE 'none' END AS source
    FROM placed p
    LEFT JOIN LATERAL (
        SELECT o.account_id, o.territory_id FROM territory_accountoverride o
        WHERE o.workspace_id = %(workspace)s AND o.alignment_id = %(alignment)s AND o.account_id = p.account_id OFFSET 0
    ) o ON true
)
"""
_UPDATE = """
present AS MATERIALIZED (
    SELECT d.*, s.place, s.territory_id AS before, s.is_overlap AS was_overlap FROM derived d
    CROSS JOIN LATERAL (
        SELECT s.ctid AS place, s.territory_id, s.source, s.is_overlap FROM territory_accountassignment s
        WHERE s.workspace_id = %(workspace)s AND s.alignment_id = %(alignment)s AND s.account_id = d.account_id OFFSET 0
    ) s
    WHERE (s.territory_id, s.source, s.is_overlap) IS DISTINCT FROM (d.territory_id, d.source, d.is_overlap)
),
written AS (
    UPDATE territory_accountassignment s
    SET territory_id = p.territory_id, source = p.source, is_overlap = p.is_overlap
    FROM present p
    WHERE s.ctid = p.place
    RETURNING p.account_id, p.before, p.territory_id AS after, p.was_overlap OR p.is_overlap AS contested
)
SELECT before, after, count(*), coalesce(array_agg(account_id) FILTER (WHERE contested), '{}')
FROM written GROUP BY before, after
"""
# In the order of cells: a tile's rows lie side by side.
_UPSERT = """
INSERT INTO territory_accountassignment AS s (workspace_id, alignment_id, account_id, territory_id, source, is_overlap,
    cell, mercator_x, mercator_y, revenue_minor, potential_minor, pipeline_minor, workload_h, visits_per_year, segment)
SELECT a.workspace_id, %(alignment)s, a.id, d.territory_id, d.source, d.is_overlap, a.cell, a.mercator_x, a.mercator_y,
    a.revenue_minor, a.potential_minor, a.pipeline_minor, a.visits_per_year * a.service_min_per_visit / 60,
    a.visits_per_year, coalesce(g.number, 0)
FROM derived d CROSS JOIN LATERAL (
    SELECT * FROM accounts_account a WHERE a.workspace_id = %(workspace)s AND a.id = d.account_id OFFSET 0
) a
LEFT JOIN LATERAL (
    SELECT g.number FROM accounts_segment g WHERE g.workspace_id = %(workspace)s AND g.name = a.segment OFFSET 0
) g ON true
ORDER BY a.cell
ON CONFLICT (alignment_id, account_id) DO UPDATE SET
    territory_id = EXCLUDED.territory_id, source = EXCLUDED.source, is_overlap = EXCLUDED.is_overlap,
    cell = EXCLUDED.cell, mercator_x = EXCLUDED.mercator_x, mercator_y = EXCLUDED.mercator_y,
    revenue_minor = EXCLUDED.revenue_minor, potential_minor = EXCLUDED.potential_minor,
    pipeline_minor = EXCLUDED.pipeline_minor, workload_h = EXCLUDED.workload_h,
    visits_per_year = EXCLUDED.visits_per_year, segment = EXCLUDED.segment
WHERE (s.territory_id, s.source, s.is_overlap, s.cell, s.mercator_x, s.mercator_y, s.revenue_minor, s.potential_minor,
        s.pipeline_minor, s.workload_h, s.visits_per_year, s.segment)
    IS DISTINCT FROM (EXCLUDED.territory_id, EXCLUDED.source, EXCLUDED.is_overlap, EXCLUDED.cell, EXCLUDED.mercator_x,
        EXCLUDED.mercator_y, EXCLUDED.revenue_minor, EXCLUDED.potential_minor, EXCLUDED.pipeline_minor,
        EXCLUDED.workload_h, EXCLUDED.visits_per_year, EXCLUDED.segment)
"""

_LOOKED_UP = """
SELECT 'territory_accountunit', count(*) FROM territory_accountunit
WHERE workspace_id = %(workspace)s AND layer_id = %(layer)s
UNION ALL
SELECT 'territory_unitassignment', count(*) FROM territory_unitassignment
WHERE workspace_id = %(workspace)s AND alignment_id = %(alignment)s
UNION ALL
SELECT 'territory_accountoverride', count(*) FROM territory_accountoverride
WHERE workspace_id = %(workspace)s AND alignment_id = %(alignment)s
"""


def derive(alignment: Alignment, affected: Affected, *, preferred: Mapping[int, int | None] | None = None) -> Moves:
    """Bring the rows of the affected accounts up to date after an edit. `preferred` names owners an undo restores."""
    moves = Moves()
    with connection.cursor() as cursor:
        cursor.execute(_statement(alignment, affected, f",{_UPDATE}"), _values(alignment, affected, preferred or {}))
        for before, after, count, contested in cursor.fetchall():
            moves.add(before, after, count, contested)
    return moves


def refresh(alignment: Alignment, affected: Affected) -> None:
    """Write the rows of the affected accounts with their figures and place: new accounts, changed ones, all."""
    values = _values(alignment, affected, {})
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({affected.sql}) affected", values)
        [n_accounts] = cursor.fetchone()
        if n_accounts >= FEW:
            count_rows(n_accounts, "accounts_account")
            cursor.execute(_LOOKED_UP, values)
            for table, n_rows in cursor.fetchall():
                count_rows(n_rows, table)
        cursor.execute(_statement(alignment, affected, _UPSERT), values)
    count_rows(n_accounts, "territory_accountassignment")


def _statement(alignment: Alignment, affected: Affected, tail: str) -> str:
    placed = _BY_UNIT if alignment.basis == Basis.UNITS else _BY_BOUNDARY
    return f"WITH affected AS MATERIALIZED ({affected.sql}),{placed},{_DERIVED}{tail}"


def _values(alignment: Alignment, affected: Affected, preferred: Mapping[int, int | None]) -> dict[str, Any]:
    kept = {account: territory for account, territory in preferred.items() if territory is not None}
    return affected.parameters | {
        "workspace": alignment.workspace_id,
        "alignment": alignment.pk,
        "layer": alignment.unit_layer_id,
        "source": "unit" if alignment.basis == Basis.UNITS else "boundary",
        "preferred_accounts": list(kept),
        "preferred_territories": list(kept.values()),
    }
