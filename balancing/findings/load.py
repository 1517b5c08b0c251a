"""Territories with too much or too little to do, beside their target and beside their rep's hours."""

from dataclasses import dataclass

import numpy as np

from accounts.metrics import METRIC_BY_KEY
from balancing.findings.finding import ActionKind, Finding, FindingKind
from balancing.findings.look import Look
from balancing.formulas.spread import ROUNDING
from balancing.scorecard.balance import COLUMN


@dataclass(frozen=True)
class Load:
    """One territory's load. over and under are the largest signed distances beyond target and team's mean use."""

    value: float
    target: float
    used: float | None
    beside_team: float
    over: float
    under: float


def load_metric(look: Look) -> str:
    """Workload; the count of accounts where no visits are known."""
    return "workload" if look.total("workload") > 0 else "accounts"


def find_loads(look: Look) -> list[Finding]:
    key = load_metric(look)
    loads = _loads(look, key)
    return [
        _overloaded(look, k, key, loads[k]) if verdict > 0 else _idle(look, k, key, loads[k])
        for k, verdict in enumerate(load_verdicts(look))
        if verdict
    ]


def load_verdicts(look: Look) -> list[int]:
    """For each territory 1 where it is overloaded, -1 where it has room, 0 where its load is right."""
    key = load_metric(look)
    tolerance = float(look.balance.tolerances[COLUMN[key]]) + ROUNDING
    return [_verdict(load, tolerance) for load in _loads(look, key)]


def _verdict(load: Load, tolerance: float) -> int:
    if load.over > tolerance and load.over >= load.under:
        return 1
    return -1 if load.under > tolerance else 0


def _loads(look: Look, key: str) -> list[Load]:
    balance = look.balance
    needed_h = balance.values[:, COLUMN["workload"]] + balance.values[:, COLUMN["travel"]]
    capacity_h = np.where(balance.capacities_h > 0, balance.capacities_h, np.nan)
    known = ~np.isnan(capacity_h)
    mean_used = needed_h[known].sum() / capacity_h[known].sum() if known.any() else 0.0
    loads = []
    for k in range(len(balance.territories)):
        deviation = float(np.nan_to_num(balance.deviations[k, COLUMN[key]]))
        used = float(needed_h[k] / capacity_h[k]) if known[k] and mean_used > 0 else None
        beside_team = used / mean_used - 1 if used is not None else deviation
        # When the whole team lacks hours, nobody else could take them: that is no finding about one territory.
        beyond_hours = [used - 1] if used is not None and mean_used <= 1 else []
        loads.append(
            Load(
                value=look.value(k, key),
                target=float(balance.targets[k, COLUMN[key]]),
                used=used,
                beside_team=beside_team,
                over=max(deviation, beside_team, *beyond_hours),
                under=max(-deviation, -beside_team),
            )
        )
    return loads


def _overloaded(look: Look, k: int, key: str, load: Load) -> Finding:
    """Money: the revenue of the part beyond the target."""
    excess = load.over / (1 + load.over)
    return _finding(look, k, FindingKind.OVERLOADED, "is overloaded", excess, _words(look, k, key, load))


def _idle(look: Look, k: int, key: str, load: Load) -> Finding:
    """Money: the team's mean revenue for the load that is missing."""
    revenue_minor = round(load.under * load.target / max(look.total(key), 1e-9) * look.total("revenue"))
    missing = revenue_minor / look.value(k, "revenue") if look.value(k, "revenue") > 0 else 0.0
    words = _words(look, k, key, load)
    return _finding(look, k, FindingKind.IDLE, "has room", missing, words, revenue_minor=revenue_minor)


def _finding(
    look: Look, k: int, kind: FindingKind, verdict: str, part: float, detail: str, revenue_minor: int | None = None
) -> Finding:
    territory = look.territories[k]
    if revenue_minor is None:
        revenue_minor = round(part * look.value(k, "revenue"))
    return Finding(
        id=f"{kind}-{territory.pk}",
        kind=kind,
        title=f"{territory.name} {verdict}",
        detail=detail,
        action=(ActionKind.REBALANCE, "Rebalance"),
        money_minor=revenue_minor,
        territory_ids=(territory.pk,),
        n_accounts=round(part * look.value(k, "accounts")),
        revenue_minor=revenue_minor,
        potential_minor=round(part * look.value(k, "potential")),
        hours_h=part * look.needed_h(k),
        area_km2=territory.area_m2 / 1e6 or None,
        geometry=look.boundaries.get(territory.pk),
    )


def _words(look: Look, k: int, key: str, load: Load) -> str:
    metric = METRIC_BY_KEY[key]
    unit = " h" if key == "workload" else ""
    words = []
    if load.target > 0:
        side = "above" if load.value >= load.target else "below"
        deviation = abs(load.value / load.target - 1)
        words.append(
            f"{metric.label} {load.value:,.0f}{unit} is {100 * deviation:.0f} % {side} "
            f"the target of {load.target:,.0f}{unit}"
        )
    rep = look.territories[k].rep
    if load.used is not None and rep is not None:
        side = "more" if load.beside_team >= 0 else "less"
        words.append(
            f"visits and travel need {100 * load.used:.0f} % of the hours of {rep.name}, "
            f"{100 * abs(load.beside_team):.0f} % {side} than the team's mean"
        )
    return "; ".join(words) + "."
