"""Territories whose accounts are visited less often than they need."""

from balancing.findings.finding import ActionKind, Finding, FindingKind
from balancing.findings.look import Look
from balancing.formulas.spread import ROUNDING
from balancing.scorecard.cadence import ENOUGH, Visits, measure_visits
from workspace.wording import plural


def find_under_covered(look: Look) -> list[Finding]:
    visits = measure_visits(look.alignment, look.territories)
    return [
        _finding(look, k, told)
        for k, told in enumerate(visits)
        if told is not None and told.cadence < ENOUGH - ROUNDING
    ]


def _finding(look: Look, k: int, visits: Visits) -> Finding:
    """Money: the revenue of the accounts that are short of visits."""
    territory = look.territories[k]
    return Finding(
        id=f"under_covered-{territory.pk}",
        kind=FindingKind.UNDER_COVERED,
        title=f"{territory.name} is visited too little",
        detail=(
            f"{100 * visits.cadence:.0f} % of the visits its accounts need were done; "
            f"{plural(visits.n_short, 'account')} got less than {100 * ENOUGH:.0f} % of theirs."
        ),
        action=(ActionKind.REBALANCE, "Rebalance"),
        money_minor=visits.revenue_minor,
        territory_ids=(territory.pk,),
        n_accounts=visits.n_short,
        revenue_minor=visits.revenue_minor,
        potential_minor=visits.potential_minor,
        hours_h=visits.missing_h,
        area_km2=territory.area_m2 / 1e6 or None,
        geometry=look.boundaries.get(territory.pk),
    )
