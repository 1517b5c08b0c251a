"""One number for all that a demo says: ids, times and password hashes left out, they are new in every database."""

import hashlib

from django.db import connection
from django.db.backends.utils import CursorWrapper

_ROWS = {
    "members": """
        SELECT u.email, u.name, m.role FROM workspace_member m JOIN workspace_user u ON u.id = m.user_id
        WHERE m.workspace_id = %s""",
    "reps": """
        SELECT r.external_id, r.name, r.email, r.phone, t.name, r.capacity_h, r.field_share, r.is_active,
               ST_AsEWKB(r.home), u.email
        FROM accounts_rep r JOIN workspace_team t ON t.id = r.team_id
        LEFT JOIN workspace_member m ON m.id = r.member_id LEFT JOIN workspace_user u ON u.id = m.user_id
        WHERE r.workspace_id = %s""",
    "accounts": """
        SELECT external_id, name, street, city, region, postal_code, country, phone, segment, crm_owner,
               ST_AsEWKB(location), cell, mercator_x, mercator_y, geocode_quality, revenue_minor, potential_minor,
               pipeline_minor, visits_per_year, service_min_per_visit, custom_metrics
        FROM accounts_account WHERE workspace_id = %s""",
    "barriers": "SELECT name, kind, is_hard, ST_AsEWKB(shape) FROM territory_barrier WHERE workspace_id = %s",
    "edges": """
        SELECT a.code, b.code, e.is_cut FROM territory_unitadjacency e
        JOIN territory_basicunit a ON a.id = e.unit_a_id JOIN territory_basicunit b ON b.id = e.unit_b_id
        WHERE e.workspace_id = %s""",
    "territories": """
        SELECT l.name, l.basis, l.state, t.code, t.name, t.colour, t.position, r.external_id, ST_AsEWKB(t.boundary)
        FROM territory_territory t JOIN territory_alignment l ON l.id = t.alignment_id
        LEFT JOIN accounts_rep r ON r.id = t.rep_id
        WHERE t.workspace_id = %s""",
    "units": """
        SELECT l.name, u.code, t.code FROM territory_unitassignment s
        JOIN territory_alignment l ON l.id = s.alignment_id JOIN territory_basicunit u ON u.id = s.unit_id
        JOIN territory_territory t ON t.id = s.territory_id
        WHERE s.workspace_id = %s""",
    "assignments": """
        SELECT l.name, a.external_id, t.code, s.source, s.is_overlap FROM territory_accountassignment s
        JOIN territory_alignment l ON l.id = s.alignment_id JOIN accounts_account a ON a.id = s.account_id
        LEFT JOIN territory_territory t ON t.id = s.territory_id
        WHERE s.workspace_id = %s""",
    "snapshots": """
        SELECT alignment_name, measured_on, balance_index, metrics FROM balancing_snapshot WHERE workspace_id = %s""",
    "faults": """
        SELECT label, patch FROM workspace_change WHERE workspace_id = %s AND subject_kind = 'demo'""",
}


def digest_of(workspace_id: int) -> dict[str, str]:
    """A hash for each kind of row. Call it inside the workspace."""
    with connection.cursor() as cursor:
        return {kind: _digest(cursor, sql, workspace_id) for kind, sql in _ROWS.items()}


def _digest(cursor: CursorWrapper, sql: str, workspace_id: int) -> str:
    cursor.execute(f'SELECT r::text FROM ({sql}) r ORDER BY r::text COLLATE "C"', [workspace_id])
    return hashlib.sha256("\n".join(row[0] for row in cursor.fetchall()).encode()).hexdigest()
