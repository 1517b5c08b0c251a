"""Territories that nobody answers for."""

from balancing.findings.finding import ActionKind, Finding, FindingKind
from balancing.findings.look import Look
from workspace.wording import plural


def find_vacant(look: Look) -> list[Finding]:
    return [
        Finding(
            id=f"vacant-{territory.pk}",
            kind=FindingKind.VACANT,
            title=f"{territory.name} has no rep",
            detail=f"{plural(int(look.value(k, 'accounts')), 'account')} in it that nobody sees.",
            action=(ActionKind.ASSIGN_REP, "Choose a rep"),
            money_minor=int(look.value(k, "revenue")),
            territory_ids=(territory.pk,),
            n_accounts=int(look.value(k, "accounts")),
            revenue_minor=int(look.value(k, "revenue")),
            potential_minor=int(look.value(k, "potential")),
            hours_h=look.needed_h(k),
            area_km2=territory.area_m2 / 1e6 or None,
            geometry=look.boundaries.get(territory.pk),
        )
        for k, territory in enumerate(look.territories)
        if territory.rep_id is None
    ]
