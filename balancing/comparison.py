"""Two alignments side by side: spread before and after, and what changes hands between them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from balancing.formulas import spread
from balancing.scorecard.balance import COLUMN, KEYS, Balance, measure_balance
from balancing.scorecard.card import known
from territory.models import Alignment, Territory

# One pass and no join: right after a proposal is written there are no statistics, and a join could be planned badly.
_FLOWS = """
SELECT was, becomes, count(*), sum(revenue_minor), sum(workload_h)
FROM (
    SELECT max(territory_id) FILTER (WHERE alignment_id = %(before)s) AS was,
           max(territory_id) FILTER (WHERE alignment_id = %(after)s) AS becomes,
           max(revenue_minor) AS revenue_minor, max(workload_h) AS workload_h
    FROM territory_accountassignment
    WHERE workspace_id = %(workspace)s AND alignment_id IN (%(before)s, %(after)s)
    GROUP BY account_id
) accounts
WHERE was IS NOT NULL
GROUP BY was, becomes
"""
# Every account weighs the same; the centre of a territory is the mean direction of its accounts on the sphere.
_MEAN_KM = """
WITH plotted AS MATERIALIZED (
    SELECT territory_id, radians(mercator_x::float8 * 360 / 67108864 - 180) AS lon,
           atan(sinh(pi() * (1 - mercator_y::float8 / 33554432))) AS lat
    FROM territory_accountassignment
    WHERE workspace_id = %s AND alignment_id = %s AND territory_id IS NOT NULL AND mercator_x IS NOT NULL
), centre AS (
    SELECT territory_id, atan2(avg(cos(lat) * sin(lon)), avg(cos(lat) * cos(lon))) AS lon,
           atan2(avg(sin(lat)), sqrt(avg(cos(lat) * sin(lon)) ^ 2 + avg(cos(lat) * cos(lon)) ^ 2)) AS lat
    FROM plotted GROUP BY territory_id
)
SELECT avg(2 * 6371.0088 * asin(sqrt(least(1,
    sin((p.lat - c.lat) / 2) ^ 2 + cos(p.lat) * cos(c.lat) * sin((p.lon - c.lon) / 2) ^ 2))))
FROM plotted p JOIN centre c USING (territory_id)
"""


@dataclass(frozen=True)
class Flow:
    """Accounts of one territory before that are in one territory after, or in none."""

    was: int
    becomes: int | None
    n_accounts: int
    revenue_minor: int
    workload_h: float
    changes_hands: bool


@dataclass(frozen=True)
class Disruption:
    """What changes hands, out of what had a territory before."""

    n_accounts_moved: int
    accounts: float
    revenue: float
    workload: float

    def fractions(self) -> dict[str, float]:
        return {"accounts": self.accounts, "revenue": self.revenue, "workload": self.workload}


def compare(before: Alignment, after: Alignment) -> dict[str, Any]:
    one, other = measure_balance(before), measure_balance(after)
    flows = read_flows(before, after)
    disruption = disruption_of(flows)
    return {
        "territories": [_row(one, k, other, j) for k, j in _pairs(one.territories, other.territories)],
        "metrics": [{"key": key, "before": spread_of(one, key), "after": spread_of(other, key)} for key in KEYS],
        "disruption": disruption.fractions(),
        "n_accounts_moved": disruption.n_accounts_moved,
        "hands": _hands(flows, one.territories, other.territories),
        "mean_km": {"before": mean_km(before), "after": mean_km(after)},
    }


def spread_of(balance: Balance, key: str) -> dict[str, float | None]:
    """Spread of one metric in short: what trends and comparisons show."""
    values = balance.values[:, COLUMN[key]]
    return {
        "cv": known(spread.coefficient_of_variation(values)),
        "worst": known(balance.worst(key)),
        "balance_index": known(balance.index(key)),
    }


def measure_disruption(before: Alignment, after: Alignment) -> Disruption:
    return disruption_of(read_flows(before, after))


def read_flows(before: Alignment, after: Alignment) -> list[Flow]:
    """An account changes hands when its rep does; a vacant territory counts as its own owner, by its code."""
    owners = _owners(before) | _owners(after)
    with connection.cursor() as cursor:
        cursor.execute(_FLOWS, {"workspace": before.workspace_id, "before": before.pk, "after": after.pk})
        rows = cursor.fetchall()
    return [
        Flow(was, becomes, int(n), int(revenue), float(workload), becomes is None or owners[was] != owners[becomes])
        for was, becomes, n, revenue, workload in rows
    ]


def disruption_of(flows: list[Flow]) -> Disruption:
    totals = np.zeros((2, 3))
    for flow in flows:
        row = np.array([flow.n_accounts, flow.revenue_minor, flow.workload_h])
        totals[0] += row
        if flow.changes_hands:
            totals[1] += row
    parts = [moved / total if total > 0 else 0.0 for total, moved in totals.T.tolist()]
    return Disruption(int(totals[1, 0]), *parts)


def _hands(flows: list[Flow], before: list[Territory], after: list[Territory]) -> list[dict[str, Any]]:
    """Who hands what to whom, the most money first."""
    giver, taker = ({territory.pk: territory for territory in side} for side in (before, after))
    moved = sorted(
        (flow for flow in flows if flow.changes_hands), key=lambda f: (-f.revenue_minor, f.was, f.becomes or 0)
    )
    return [
        {
            "giver": _party(giver[flow.was]),
            "taker": _party(taker[flow.becomes]) if flow.becomes is not None else None,
            "n_accounts": flow.n_accounts,
            "revenue_minor": flow.revenue_minor,
            "workload_h": flow.workload_h,
        }
        for flow in moved
    ]


def _party(territory: Territory) -> dict[str, Any]:
    return {"territory": territory.name, "rep": territory.rep.name if territory.rep is not None else None}


def _owners(alignment: Alignment) -> dict[int, str]:
    """Who answers for each territory."""
    rows = Territory.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment)
    return {
        pk: f"rep {rep_id}" if rep_id is not None else f"vacant {code}"
        for pk, rep_id, code in rows.values_list("pk", "rep_id", "code")
    }


def mean_km(alignment: Alignment) -> float | None:
    """Mean great-circle distance of an account to the middle of its territory's accounts."""
    with connection.cursor() as cursor:
        cursor.execute(_MEAN_KM, [alignment.workspace_id, alignment.pk])
        (kilometres,) = cursor.fetchone()
    return None if kilometres is None else float(kilometres)


def _pairs(before: list[Territory], after: list[Territory]) -> list[tuple[int | None, int | None]]:
    """Places of the same territory in both: by code, which copies keep, else by name; the rest stands alone."""
    free = set(range(len(after)))
    pairs: list[tuple[int | None, int | None]] = []
    for k, territory in enumerate(before):
        same = [j for j in sorted(free) if after[j].code == territory.code and after[j].name == territory.name]
        same += [j for j in sorted(free) if after[j].name == territory.name]
        same += [j for j in sorted(free) if after[j].code == territory.code]
        free.difference_update(same[:1])
        pairs.append((k, same[0] if same else None))
    return pairs + [(None, j) for j in sorted(free)]


def _row(before: Balance, k: int | None, after: Balance, j: int | None) -> dict[str, Any]:
    left = before.territories[k] if k is not None else None
    right = after.territories[j] if j is not None else None
    named = right or left
    assert named is not None
    return {
        "name": named.name,
        "rep_name": named.rep.name if named.rep is not None else None,
        "before_id": left.pk if left else None,
        "after_id": right.pk if right else None,
        "before": _side(before, k) if k is not None else None,
        "after": _side(after, j) if j is not None else None,
    }


def _side(balance: Balance, k: int) -> dict[str, Any]:
    return {
        "values": {key: float(value) for key, value in zip(KEYS, balance.values[k], strict=True)},
        "deviations": {key: known(value) for key, value in zip(KEYS, balance.deviations[k], strict=True)},
    }
