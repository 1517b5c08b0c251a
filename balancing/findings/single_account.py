"""Territories that stand on one account."""

import shapely
from django.db import connection

from accounts.models import Account
from balancing.findings.finding import Finding, FindingKind
from balancing.findings.look import Look

# Of a territory's revenue; of territories with so few accounts every account is a large one.
SHARE_FROM = 0.25
ACCOUNTS_FROM = 12

_LARGEST = """
SELECT territory_id, max(revenue_minor) FROM territory_accountassignment
WHERE workspace_id = %s AND alignment_id = %s AND territory_id IS NOT NULL
GROUP BY territory_id
"""
_WHICH = """
SELECT DISTINCT ON (territory_id) territory_id, account_id FROM territory_accountassignment
WHERE workspace_id = %s AND alignment_id = %s AND territory_id = ANY(%s) AND revenue_minor = ANY(%s)
ORDER BY territory_id, revenue_minor DESC, account_id
"""


def find_single_accounts(look: Look) -> list[Finding]:
    large = _large(look)
    if not large:
        return []
    where = [look.alignment.workspace_id, look.alignment.pk]
    with connection.cursor() as cursor:
        cursor.execute(_WHICH, [*where, [look.territories[k].pk for k in large], list(large.values())])
        account_of = dict(cursor.fetchall())
    accounts = Account.objects.filter(workspace_id=look.alignment.workspace_id).in_bulk(list(account_of.values()))
    return [_finding(look, k, accounts[account_of[look.territories[k].pk]]) for k in large]


def _large(look: Look) -> dict[int, int]:
    """Position of a territory → revenue of its largest account, where that is too large a part."""
    with connection.cursor() as cursor:
        cursor.execute(_LARGEST, [look.alignment.workspace_id, look.alignment.pk])
        largest = dict(cursor.fetchall())
    return {
        k: largest[territory.pk]
        for k, territory in enumerate(look.territories)
        if look.value(k, "accounts") >= ACCOUNTS_FROM
        and largest.get(territory.pk, 0) >= SHARE_FROM * look.value(k, "revenue") > 0
    }


def _finding(look: Look, k: int, account: Account) -> Finding:
    territory = look.territories[k]
    part = account.revenue_minor / look.value(k, "revenue")
    return Finding(
        id=f"single_account-{territory.pk}",
        kind=FindingKind.SINGLE_ACCOUNT,
        title=f"{account.name} is {100 * part:.0f} % of {territory.name}",
        detail=f"One of its {look.value(k, 'accounts'):,.0f} accounts: who loses it loses the territory.",
        money_minor=account.revenue_minor,
        territory_ids=(territory.pk,),
        n_accounts=1,
        revenue_minor=account.revenue_minor,
        potential_minor=account.potential_minor,
        hours_h=account.workload_h,
        geometry=shapely.from_wkb(bytes(account.location.wkb)) if account.location else None,
    )
