"""What a run reads: the units of a layer with their sums, who holds them, and named accounts apart from them.

Only one table a query: freshly imported rows have no statistics yet, and joins over them could be planned badly.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accounts.models import Account
from balancing.problems.aims import BALANCED_KEYS
from territory.models import AccountOverride, AccountUnit, Alignment, BasicUnit, UnitAdjacency, UnitAssignment

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_SUMS = ("n_accounts", "revenue_minor", "potential_minor", "pipeline_minor", "workload_h")


@dataclass(frozen=True, eq=False)
class UnitRows:
    """N units in the order of their codes. owners: territory id or 0; sums (N, M) in the order of BALANCED_KEYS."""

    ids: IntArray
    codes: list[str]
    names: list[str]
    lon: FloatArray
    lat: FloatArray
    owners: IntArray
    sums: FloatArray

    def __len__(self) -> int:
        return len(self.ids)

    def taken(self, keep: NDArray[np.bool_]) -> "UnitRows":
        places = np.flatnonzero(keep).tolist()
        return UnitRows(
            self.ids[keep],
            [self.codes[i] for i in places],
            [self.names[i] for i in places],
            self.lon[keep],
            self.lat[keep],
            self.owners[keep],
            self.sums[keep],
        )


@dataclass(frozen=True, eq=False)
class NamedAccounts:
    """A accounts that overrides keep. territories and units: ids, unit 0 where none; amounts (A, M)."""

    territories: IntArray
    units: IntArray
    amounts: FloatArray


def read_units(alignment: Alignment, named: NamedAccounts) -> UnitRows:
    """All units of the alignment's layer; named accounts count in none of them."""
    here = {"workspace_id": alignment.workspace_id}
    held = UnitAssignment.objects.filter(**here, alignment=alignment)
    owner = dict(held.values_list("unit_id", "territory_id"))
    units = BasicUnit.objects.filter(**here, layer_id=alignment.unit_layer_id).order_by("code", "id")
    rows = list(units.values_list("id", "code", "name", "lon", "lat", *_SUMS))
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    sums = np.array([row[5:] for row in rows], dtype=np.float64).reshape(-1, len(BALANCED_KEYS))
    inside = np.isin(named.units, ids)
    np.subtract.at(sums, _places(ids, named.units[inside]), named.amounts[inside])
    return UnitRows(
        ids=ids,
        codes=[row[1] for row in rows],
        names=[row[2] for row in rows],
        lon=np.array([row[3] for row in rows], dtype=np.float64),
        lat=np.array([row[4] for row in rows], dtype=np.float64),
        owners=np.array([owner.get(row[0], 0) for row in rows], dtype=np.int64),
        # Sums of floats, taken apart again, may miss nothing by a hair.
        sums=np.maximum(sums, 0.0),
    )


def read_named_accounts(alignment: Alignment) -> NamedAccounts:
    here = {"workspace_id": alignment.workspace_id}
    overrides = AccountOverride.objects.filter(**here, alignment=alignment).order_by("account_id")
    kept = dict(overrides.values_list("account_id", "territory_id"))
    inside = AccountUnit.objects.filter(**here, layer_id=alignment.unit_layer_id, account_id__in=list(kept))
    unit = dict(inside.values_list("account_id", "unit_id"))
    accounts = list(Account.objects.filter(**here, pk__in=list(kept)).order_by("pk"))
    amounts = [(1, a.revenue_minor, a.potential_minor, a.pipeline_minor, a.workload_h) for a in accounts]
    return NamedAccounts(
        territories=np.array([kept[account.pk] for account in accounts], dtype=np.int64),
        units=np.array([unit.get(account.pk, 0) for account in accounts], dtype=np.int64),
        amounts=np.array(amounts, dtype=np.float64).reshape(-1, len(BALANCED_KEYS)),
    )


def no_named_accounts() -> NamedAccounts:
    nobody = np.zeros(0, dtype=np.int64)
    return NamedAccounts(nobody, nobody, np.zeros((0, len(BALANCED_KEYS))))


def read_edges(alignment: Alignment, ids: IntArray) -> IntArray:
    """Pairs of places in ids that touch without a barrier between them, in ascending order."""
    touching = UnitAdjacency.objects.filter(
        workspace_id=alignment.workspace_id, layer_id=alignment.unit_layer_id, is_cut=False
    ).values_list("unit_a_id", "unit_b_id")
    edges = np.array(list(touching), dtype=np.int64).reshape(-1, 2)
    edges = edges[np.isin(edges, ids).all(axis=1)]
    places = np.sort(_places(ids, edges), axis=1)
    return places[np.lexsort((places[:, 1], places[:, 0]))]


def read_soft_barriers(alignment: Alignment, ids: IntArray) -> tuple[IntArray, FloatArray]:
    """Pairs (B, 2) of places in ids that touch across soft barriers, in ascending order, and their costs (B,) in km."""
    crossing = UnitAdjacency.objects.filter(
        workspace_id=alignment.workspace_id, layer_id=alignment.unit_layer_id, is_cut=False, crossing_km__gt=0
    ).values_list("unit_a_id", "unit_b_id", "crossing_km")
    rows = list(crossing)
    pairs = np.array([row[:2] for row in rows], dtype=np.int64).reshape(-1, 2)
    costs_km = np.array([row[2] for row in rows], dtype=np.float64)
    known = np.isin(pairs, ids).all(axis=1)
    places, costs_km = np.sort(_places(ids, pairs[known]), axis=1), costs_km[known]
    order = np.lexsort((places[:, 1], places[:, 0]))
    return places[order], costs_km[order]


def _places(ids: IntArray, wanted: IntArray) -> IntArray:
    """Where each wanted id stands in ids; every one must be among them."""
    order = np.argsort(ids, kind="stable")
    return np.asarray(order[np.searchsorted(ids, wanted, sorter=order)], dtype=np.int64)
