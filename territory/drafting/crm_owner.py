"""An alignment as the CRM has it: one territory per owner, units by who owns most of them, the rest as exceptions."""

from collections.abc import Mapping

from django.db import connection

from accounts.models import Account, Rep
from territory.assignment import all_accounts, refresh
from territory.boundaries import derive_boundaries
from territory.drafting.territories import NewTerritory, add_territories
from territory.models import Alignment
from territory.operations.add_territory import TERRITORIES_MAX
from workspace.exceptions import Conflict, Invalid

REASON = "CRM owner"
_OWNED = """
owned AS (
    SELECT a.id AS account_id, m.territory_id, a.revenue_minor, au.unit_id FROM accounts_account a
    JOIN unnest(%(owners)s::text[], %(territories)s::bigint[]) AS m (owner, territory_id) ON m.owner = a.crm_owner
    LEFT JOIN LATERAL (
        SELECT au.unit_id FROM territory_accountunit au
        WHERE au.workspace_id = %(workspace)s AND au.layer_id = %(layer)s AND au.account_id = a.id OFFSET 0
    ) au ON true
    WHERE a.workspace_id = %(workspace)s
)
"""
_UNITS = f"""
WITH {_OWNED}
INSERT INTO territory_unitassignment (workspace_id, alignment_id, unit_id, territory_id)
SELECT DISTINCT ON (unit_id) %(workspace)s, %(alignment)s, unit_id, territory_id FROM owned WHERE unit_id IS NOT NULL
GROUP BY unit_id, territory_id
ORDER BY unit_id, count(*) DESC, sum(revenue_minor) DESC, territory_id
"""
_EXCEPTIONS = f"""
WITH {_OWNED}
INSERT INTO territory_accountoverride (workspace_id, alignment_id, account_id, territory_id, reason)
SELECT %(workspace)s, %(alignment)s, owned.account_id, owned.territory_id, %(reason)s FROM owned
LEFT JOIN LATERAL (
    SELECT ua.territory_id FROM territory_unitassignment ua
    WHERE ua.workspace_id = %(workspace)s AND ua.alignment_id = %(alignment)s AND ua.unit_id = owned.unit_id OFFSET 0
) ua ON true
WHERE ua.territory_id IS DISTINCT FROM owned.territory_id
"""


def align_to_crm_owners(alignment: Alignment) -> None:
    """Every account that has an owner ends with that owner's territory."""
    territories = _territories(alignment)
    values = {
        "workspace": alignment.workspace_id, "alignment": alignment.pk, "layer": alignment.unit_layer_id,
        "owners": list(territories), "territories": list(territories.values()), "reason": REASON,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, values)
        cursor.execute(_EXCEPTIONS, values)
    refresh(alignment, all_accounts())
    derive_boundaries(alignment, set(territories.values()))


def _territories(alignment: Alignment) -> dict[str, int]:
    """Owner as written in the CRM → territory. Owners that mean the same rep share one."""
    owners = _owners(alignment.workspace_id)
    reps = reps_by_owner(alignment, owners)
    wanted: dict[str, NewTerritory] = {}
    for owner in owners:
        rep = reps.get(owner)
        key = f"rep {rep.pk}" if rep else f"owner {owner}"
        wanted.setdefault(key, NewTerritory(name=(rep.name if rep else owner)[:200], rep_id=rep.pk if rep else None))
    ids = dict(zip(wanted, add_territories(alignment, list(wanted.values())), strict=True))
    return {owner: ids[f"rep {reps[owner].pk}" if owner in reps else f"owner {owner}"] for owner in owners}


def _owners(workspace_id: int) -> list[str]:
    rows = Account.objects.filter(workspace_id=workspace_id).exclude(crm_owner="").order_by("crm_owner")
    owners = list(rows.values_list("crm_owner", flat=True).distinct()[: TERRITORIES_MAX + 1])
    if not owners:
        raise Conflict("No account has a CRM owner. Import a file with an owner column first.")
    if len(owners) > TERRITORIES_MAX:
        problem = "the accounts have more different CRM owners than an alignment can have territories"
        raise Invalid.field("source", problem, bound=TERRITORIES_MAX)
    return owners


def reps_by_owner(alignment: Alignment, owners: list[str]) -> Mapping[str, Rep]:
    """By external id as it stands, else by name in any case; reps of the alignment's team only."""
    reps = list(Rep.objects.filter(workspace_id=alignment.workspace_id, team_id=alignment.team_id, is_active=True))
    by_id = {rep.external_id: rep for rep in reps}
    by_name = {rep.name.strip().casefold(): rep for rep in reversed(reps)}
    found = {owner: by_id.get(owner) or by_name.get(owner.strip().casefold()) for owner in owners}
    return {owner: rep for owner, rep in found.items() if rep is not None}
