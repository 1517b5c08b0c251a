"""What this app keeps about accounts, when an import takes accounts out and when its undo brings them back."""

from django.db import connection

from territory.layers.membership import forget_accounts
from territory.locks import own_accounts
from territory.models import Alignment, AlignmentState, UnitLayer

_COUNT = """
SELECT
    (SELECT count(*) FROM {going} g WHERE EXISTS (
        SELECT FROM territory_accountassignment s JOIN territory_alignment l ON l.id = s.alignment_id
        WHERE s.workspace_id = %(workspace)s AND s.account_id = g.account_id AND s.territory_id IS NOT NULL
            AND l.state = 'live')),
    (SELECT count(*) FROM {going} g WHERE EXISTS (
        SELECT FROM territory_accountoverride o
        WHERE o.workspace_id = %(workspace)s AND o.account_id = g.account_id))
"""
_KEEP = """
UPDATE {going} g SET kept = g.kept || jsonb_build_object('overrides', o.overrides)
FROM (
    SELECT o.account_id, jsonb_agg(jsonb_build_object(
        'alignment_id', o.alignment_id, 'territory_id', o.territory_id, 'reason', o.reason)) AS overrides
    FROM territory_accountoverride o
    WHERE o.workspace_id = %(workspace)s AND o.account_id IN (SELECT account_id FROM {going})
    GROUP BY o.account_id
) o
WHERE o.account_id = g.account_id
"""
_LET_GO = "DELETE FROM {table} b USING {going} g WHERE b.workspace_id = %(workspace)s AND b.account_id = g.account_id"
# Only where the territory is still one of that alignment's.
_GIVE_BACK = """
INSERT INTO territory_accountoverride (workspace_id, alignment_id, account_id, territory_id, reason)
SELECT %(workspace)s, t.alignment_id, r.account_id, t.id, o.reason FROM {returned} r
CROSS JOIN LATERAL jsonb_to_recordset(r.kept -> 'overrides') AS o (
    alignment_id bigint, territory_id bigint, reason text)
CROSS JOIN LATERAL (
    SELECT t.id, t.alignment_id FROM territory_territory t
    WHERE t.workspace_id = %(workspace)s AND t.id = o.territory_id AND t.alignment_id = o.alignment_id OFFSET 0
) t
ON CONFLICT DO NOTHING
"""


class TerritoryBelongings:
    """Units, assignments and overrides. Archived alignments let go of their accounts, too."""

    def count(self, *, workspace_id: int, going: str) -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT.format(going=going), {"workspace": workspace_id})
            n_assigned, n_overridden = cursor.fetchone()
        return {"n_assigned": n_assigned, "n_overridden": n_overridden}

    def pack(self, *, workspace_id: int, going: str) -> None:
        own_accounts(workspace_id)
        alignments = Alignment.objects.filter(workspace_id=workspace_id).exclude(state=AlignmentState.ARCHIVED)
        list(alignments.select_for_update(of=("self",)).order_by("id").values_list("pk"))
        for layer in UnitLayer.objects.filter(workspace_id=workspace_id).order_by("id"):
            forget_accounts(layer, going=going)
        with connection.cursor() as cursor:
            cursor.execute(_KEEP.format(going=going), {"workspace": workspace_id})
            for table in ("territory_accountoverride", "territory_accountassignment"):
                cursor.execute(_LET_GO.format(table=table, going=going), {"workspace": workspace_id})

    def unpack(self, *, workspace_id: int, returned: str) -> None:
        own_accounts(workspace_id)
        with connection.cursor() as cursor:
            cursor.execute(_GIVE_BACK.format(returned=returned), {"workspace": workspace_id})
