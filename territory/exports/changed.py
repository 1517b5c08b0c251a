"""Which accounts have changed since a moment, as far as the history can tell.

An account has changed when its own row was written since (imported with other values, corrected, placed), or when the
saved edits since then, taken together, gave it other cover: its unit or the drawn ground it lies on went to or left a
territory, it became or ceased to be a named account, or its territory got another rep, code or name. What was done and
undone again is no change. An alignment that did not exist then covers every account anew.
"""

from datetime import datetime

from territory.assignment import Affected, between
from territory.history import NAMED, changes_of
from territory.models import Alignment
from territory.patches import Patch, compose
from territory.patches.patch import decode_boundary

TERRITORY_FIELDS = ("rep_id", "code", "name")
_WRITTEN = (
    "SELECT id AS account_id FROM accounts_account WHERE workspace_id = %(workspace)s AND updated_at >= %(since)s"
)
_OF_TERRITORIES = """
SELECT account_id FROM territory_accountassignment
WHERE workspace_id = %(workspace)s AND alignment_id = %(alignment)s
    AND territory_id = ANY(%(changed_territories)s::bigint[])
"""
# A named account stays with its territory, whoever gets the ground.
_IN_UNITS = """
SELECT au.account_id FROM territory_accountunit au
JOIN territory_accountassignment s
    ON s.workspace_id = au.workspace_id AND s.alignment_id = %(alignment)s AND s.account_id = au.account_id
WHERE au.workspace_id = %(workspace)s AND au.unit_id = ANY(%(changed_units)s::bigint[]) AND s.source <> 'override'
"""
_NAMED = "SELECT unnest(%(changed_accounts)s::bigint[])"
_ON_GROUND = """
SELECT near.account_id FROM ({near}) near
JOIN accounts_account a ON a.workspace_id = %(workspace)s AND a.id = near.account_id
JOIN territory_accountassignment s
    ON s.workspace_id = a.workspace_id AND s.alignment_id = %(alignment)s AND s.account_id = a.id
CROSS JOIN unnest(%(before)s::geometry[], %(after)s::geometry[]) AS ground (before, after)
WHERE s.source <> 'override'
    AND coalesce(ST_Covers(ST_SetSRID(before, 4326), a.location), false)
        <> coalesce(ST_Covers(ST_SetSRID(after, 4326), a.location), false)
"""


def changed_accounts(alignment: Alignment, since: datetime) -> Affected | None:
    """None where that is all of them. Reads the history since then."""
    if alignment.created_at >= since:
        return None
    later = changes_of(alignment).filter(created_at__gte=since).exclude(operation=NAMED).order_by("id")
    net = compose(Patch.of_change(patch) for patch in later.values_list("patch", flat=True).iterator())
    parts = [_WRITTEN, _OF_TERRITORIES, _IN_UNITS, _NAMED]
    parameters = {
        "since": since,
        "changed_territories": [key for key, change in net.territories.items() if _is_renamed(*change)],
        "changed_units": list(net.units),
        "changed_accounts": [*(key for key, change in net.overrides.items() if _is_moved(*change)), *net.owners],
    }
    redrawn = [
        (before, after)
        for was, now in net.territories.values()
        if (before := (was or {}).get("boundary")) != (after := (now or {}).get("boundary"))
    ]
    if redrawn:
        near = between((decode_boundary(before), decode_boundary(after)) for before, after in redrawn)
        parts.append(_ON_GROUND.format(near=near.sql))
        before, after = zip(*redrawn, strict=True)
        parameters |= near.parameters | {"before": list(before), "after": list(after)}
    return Affected(" UNION ".join(f"({part})" for part in parts), parameters)


def _is_renamed(before: dict[str, object] | None, after: dict[str, object] | None) -> bool:
    if before is None or after is None:
        return after is not None
    return any(before.get(name) != after.get(name) for name in TERRITORY_FIELDS)


def _is_moved(before: dict[str, object] | None, after: dict[str, object] | None) -> bool:
    return (before or {}).get("territory_id") != (after or {}).get("territory_id")
