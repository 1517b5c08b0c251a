"""Territories that consist of named accounts so much that their place on the map no longer tells what they are."""

from django.db.models import Count, Sum

from balancing.findings.finding import ActionKind, Finding, FindingKind
from balancing.findings.look import Look
from territory.models import AccountAssignment, AssignmentSource
from workspace.wording import plural

# Of a territory's revenue, held by named accounts.
SHARE_FROM = 0.25


def find_exceptions(look: Look) -> list[Finding]:
    held = AccountAssignment.objects.filter(
        workspace_id=look.alignment.workspace_id,
        alignment=look.alignment,
        source=AssignmentSource.OVERRIDE,
        territory__isnull=False,
    )
    sums = held.values("territory_id").annotate(
        n=Count("account_id"), revenue=Sum("revenue_minor"), potential=Sum("potential_minor"), hours=Sum("workload_h")
    )
    by_territory = {row["territory_id"]: row for row in sums}
    return [
        _finding(look, k, by_territory[territory.pk])
        for k, territory in enumerate(look.territories)
        if territory.pk in by_territory
        and by_territory[territory.pk]["revenue"] >= SHARE_FROM * look.value(k, "revenue") > 0
    ]


def _finding(look: Look, k: int, held: dict[str, float]) -> Finding:
    territory = look.territories[k]
    share = held["revenue"] / look.value(k, "revenue")
    return Finding(
        id=f"exceptions-{territory.pk}",
        kind=FindingKind.EXCEPTIONS,
        title=f"Named accounts are {100 * share:.0f} % of {territory.name}",
        detail=(
            f"{plural(int(held['n']), 'account')} kept with it whatever the map says. "
            "Where exceptions carry so much, redraw the boundary or let them go."
        ),
        action=(ActionKind.EDIT, "Edit"),
        money_minor=int(held["revenue"]),
        territory_ids=(territory.pk,),
        n_accounts=int(held["n"]),
        revenue_minor=int(held["revenue"]),
        potential_minor=int(held["potential"]),
        hours_h=float(held["hours"]),
        area_km2=territory.area_m2 / 1e6 or None,
        geometry=look.boundaries.get(territory.pk),
    )
