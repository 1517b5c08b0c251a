"""Two alignments side by side: spread before and after, and what changes hands between them."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from balancing.formulas import spread
from balancing.scorecard.balance import COLUMN, KEYS, Balance, measure_balance
from balancing.scorecard.card import known
from territory.models import Alignment, Territory

# An account changes hands when its rep does; a vacant territory counts as its own owner, by its code.
_DISRUPTION = """
WITH before AS (
    SELECT a.account_id, coalesce(t.rep_id::text, 'vacant ' || t.code) AS owner,
           a.revenue_minor, a.workload_h
    FROM territory_accountassignment a
    JOIN territory_territory t ON t.workspace_id = a.workspace_id AND t.id = a.territory_id
    WHERE a.workspace_id = %(workspace)s AND a.alignment_id = %(before)s
), after AS (
    SELECT a.account_id, coalesce(t.rep_id::text, 'vacant ' || t.code) AS owner
    FROM territory_accountassignment a
    JOIN territory_territory t ON t.workspace_id = a.workspace_id AND t.id = a.territory_id
    WHERE a.workspace_id = %(workspace)s AND a.alignment_id = %(after)s
)
SELECT count(*), sum(revenue_minor), sum(workload_h),
       count(*) FILTER (WHERE after.owner IS DISTINCT FROM before.owner),
       sum(revenue_minor) FILTER (WHERE after.owner IS DISTINCT FROM before.owner),
       sum(workload_h) FILTER (WHERE after.owner IS DISTINCT FROM before.owner)
FROM before LEFT JOIN after USING (account_id)
"""
# Every account weighs the same; the centre of a territory is the mean direction of its accounts on the sphere.
_MEAN_KM = """
WITH plotted AS MATERIALIZED (
    SELECT territory_id, radians(mercator_x * 360.0 / 67108864 - 180) AS lon,
           atan(sinh(pi() * (1 - mercator_y / 33554432.0))) AS lat
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
    disruption = measure_disruption(before, after)
    return {
        "territories": [_row(one, k, other, j) for k, j in _pairs(one.territories, other.territories)],
        "metrics": [{"key": key, "before": spread_of(one, key), "after": spread_of(other, key)} for key in KEYS],
        "disruption": disruption.fractions(),
        "n_accounts_moved": disruption.n_accounts_moved,
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
    values = {"workspace": before.workspace_id, "before": before.pk, "after": after.pk}
    with connection.cursor() as cursor:
        cursor.execute(_DISRUPTION, values)
        totals = [float(value or 0) for value in cursor.fetchone()]
    parts = [moved / total if total > 0 else 0.0 for total, moved in zip(totals[:3], totals[3:], strict=True)]
    return Disruption(int(totals[3]), *parts)


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
