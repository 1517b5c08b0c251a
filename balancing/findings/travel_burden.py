"""Territories whose rep is on the road for far more of the work than the others are."""

from balancing.findings.finding import ActionKind, Finding, FindingKind
from balancing.findings.look import Look

# A burden: on the road for so many times the share of hours that the others are.
TIMES_THE_OTHERS = 1.5


def find_travel_burdens(look: Look) -> list[Finding]:
    shares = [(k, _travel_share(look, [k]), _others_share(look, k)) for k in range(len(look.territories))]
    return [_finding(look, k, own, others) for k, own, others in shares if own > TIMES_THE_OTHERS * others > 0]


def _others_share(look: Look, k: int) -> float:
    return _travel_share(look, [other for other in range(len(look.territories)) if other != k])


def _travel_share(look: Look, rows: list[int]) -> float:
    needed_h = sum(look.needed_h(k) for k in rows)
    return sum(look.value(k, "travel") for k in rows) / needed_h if needed_h > 0 else 0.0


def _finding(look: Look, k: int, own: float, others: float) -> Finding:
    """At stake: the hours beyond what the same visits would cost at the others' share, and the revenue beside them."""
    territory = look.territories[k]
    usual_h = look.value(k, "workload") * others / (1 - others)
    beyond_h = look.value(k, "travel") - usual_h
    part = beyond_h / look.needed_h(k)
    revenue_minor = round(part * look.value(k, "revenue"))
    return Finding(
        id=f"travel_burden-{territory.pk}",
        kind=FindingKind.TRAVEL_BURDEN,
        title=f"{territory.name} is on the road too much",
        detail=(
            f"Travel takes {100 * own:.0f} % of its hours, {100 * others:.0f} % in the other territories: "
            f"{beyond_h:,.0f} h a year more than the same visits cost elsewhere."
        ),
        action=(ActionKind.REBALANCE, "Rebalance"),
        money_minor=revenue_minor,
        territory_ids=(territory.pk,),
        n_accounts=round(part * look.value(k, "accounts")),
        revenue_minor=revenue_minor,
        potential_minor=round(part * look.value(k, "potential")),
        hours_h=beyond_h,
        area_km2=territory.area_m2 / 1e6 or None,
        geometry=look.boundaries.get(territory.pk),
    )
