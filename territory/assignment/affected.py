"""Which accounts an edit can have moved, as SQL that yields `account_id`. Too many do no harm, one missing does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from shapely import MultiPolygon

from territory.quadtree import NOWHERE, Cover, changed_ranges, cover


@dataclass(frozen=True)
class Affected:
    sql: str
    parameters: dict[str, Any] = field(default_factory=dict)


def all_accounts() -> Affected:
    return Affected("SELECT id AS account_id FROM accounts_account WHERE workspace_id = %(workspace)s")


def in_units(unit_ids: Sequence[int]) -> Affected:
    return Affected(
        "SELECT account_id FROM territory_accountunit "
        "WHERE workspace_id = %(workspace)s AND unit_id = ANY(%(units)s::bigint[])",
        {"units": list(unit_ids)},
    )


def given(account_ids: Sequence[int]) -> Affected:
    return Affected("SELECT unnest(%(accounts)s::bigint[]) AS account_id", {"accounts": sorted(set(account_ids))})


def in_table(name: str) -> Affected:
    """Accounts in a temporary table with a column `account_id`. The name is the code's own, never a user's."""
    if not name.isidentifier():
        raise ValueError(f"{name!r} is not a table's name")
    return Affected(f"SELECT account_id FROM {name}")


def between(changes: Iterable[tuple[MultiPolygon | None, MultiPolygon | None]]) -> Affected:
    """Accounts that may lie in only one of a boundary's old and new area, for each boundary that changed.

    Those near an edge are looked at although nothing changes for them; squares surely inside both are left out.
    """
    ranges = [changed_ranges(_cover(old), _cover(new)) for old, new in changes]
    low = np.concatenate([part[0] for part in ranges]) if ranges else np.empty(0, dtype=np.int64)
    high = np.concatenate([part[1] for part in ranges]) if ranges else np.empty(0, dtype=np.int64)
    return Affected(
        "SELECT DISTINCT found.account_id FROM unnest(%(low)s::bigint[], %(high)s::bigint[]) AS range (low, high) "
        "CROSS JOIN LATERAL (SELECT s.account_id FROM territory_accountassignment s "
        "WHERE s.workspace_id = %(workspace)s AND s.alignment_id = %(alignment)s "
        "AND s.cell >= range.low AND s.cell < range.high ORDER BY s.cell OFFSET 0) found",
        {"low": low.tolist(), "high": high.tolist()},
    )


def _cover(area: MultiPolygon | None) -> Cover:
    return NOWHERE if area is None else cover(area)
