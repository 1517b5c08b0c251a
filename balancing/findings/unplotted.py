"""Accounts without a place: no map and no boundary can assign them."""

from django.db.models import Count, Sum

from accounts.models import Account
from balancing.findings.finding import ActionKind, Finding, FindingKind
from balancing.findings.look import Look
from workspace.wording import plural


def find_unplotted(look: Look) -> list[Finding]:
    sums = Account.objects.filter(workspace_id=look.alignment.workspace_id, cell__isnull=True).aggregate(
        n=Count("id"), revenue=Sum("revenue_minor"), potential=Sum("potential_minor")
    )
    if not sums["n"]:
        return []
    return [
        Finding(
            id="unplotted",
            kind=FindingKind.UNPLOTTED,
            title=f"{plural(sums['n'], 'account')} without a place on the map",
            detail="Their addresses could not be placed: only a named-account rule can assign them.",
            action=(ActionKind.FIX_ACCOUNTS, "Show them"),
            money_minor=int(sums["revenue"]),
            n_accounts=sums["n"],
            revenue_minor=int(sums["revenue"]),
            potential_minor=int(sums["potential"]),
        )
    ]
