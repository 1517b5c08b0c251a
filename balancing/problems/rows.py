"""What a run reads: the units of a layer with their sums, who holds them, and named accounts apart from them."""

from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from balancing.problems.aims import BALANCED_KEYS
from territory.models import AccountOverride, Alignment, UnitAdjacency

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_SUMS = "count(a.id), sum(a.revenue_minor), sum(a.potential_minor), sum(a.pipeline_minor),"
_HOURS = "sum(a.visits_per_year * a.service_min_per_visit / 60)"
_UNITS = f"""
SELECT u.id, u.code, u.name, u.lon, u.lat, min(s.territory_id), {_SUMS} {_HOURS}
FROM territory_basicunit u
LEFT JOIN territory_unitassignment s
  ON s.workspace_id = u.workspace_id AND s.alignment_id = %(alignment)s AND s.unit_id = u.id
LEFT JOIN territory_accountunit m ON m.workspace_id = u.workspace_id AND m.layer_id = u.layer_id AND m.unit_id = u.id
LEFT JOIN accounts_account a ON a.workspace_id = m.workspace_id AND a.id = m.account_id AND NOT (%(kept)s AND EXISTS (
    SELECT FROM territory_accountoverride o
    WHERE o.workspace_id = a.workspace_id AND o.alignment_id = %(alignment)s AND o.account_id = a.id))
WHERE u.workspace_id = %(workspace)s AND u.layer_id = %(layer)s
GROUP BY u.id ORDER BY u.code, u.id
"""
_NAMED = f"""
SELECT o.territory_id, {_SUMS} {_HOURS}
FROM territory_accountoverride o
JOIN accounts_account a ON a.workspace_id = o.workspace_id AND a.id = o.account_id
WHERE o.workspace_id = %(workspace)s AND o.alignment_id = %(alignment)s
GROUP BY o.territory_id
"""


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


def read_units(alignment: Alignment, *, keep_overrides: bool) -> UnitRows:
    """All units of the alignment's layer; accounts that an override keeps elsewhere count in none of them."""
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, _values(alignment) | {"kept": keep_overrides})
        rows = cursor.fetchall()
    width = len(BALANCED_KEYS)
    return UnitRows(
        ids=np.array([row[0] for row in rows], dtype=np.int64),
        codes=[row[1] for row in rows],
        names=[row[2] for row in rows],
        lon=np.array([row[3] for row in rows], dtype=np.float64),
        lat=np.array([row[4] for row in rows], dtype=np.float64),
        owners=np.array([row[5] or 0 for row in rows], dtype=np.int64),
        sums=np.array([[float(value or 0) for value in row[6:]] for row in rows], dtype=np.float64).reshape(-1, width),
    )


def read_edges(alignment: Alignment, ids: IntArray) -> IntArray:
    """Pairs of places in ids that touch without a barrier between them, in ascending order."""
    touching = UnitAdjacency.objects.filter(
        workspace_id=alignment.workspace_id, layer_id=alignment.unit_layer_id, is_cut=False
    ).values_list("unit_a_id", "unit_b_id")
    edges = np.array(list(touching), dtype=np.int64).reshape(-1, 2)
    edges = edges[np.isin(edges, ids).all(axis=1)]
    order = np.argsort(ids, kind="stable")
    places = np.sort(order[np.searchsorted(ids, edges, sorter=order)], axis=1)
    return places[np.lexsort((places[:, 1], places[:, 0]))]


def read_named_loads(alignment: Alignment, territory_ids: list[int]) -> FloatArray:
    """What named accounts bring each territory (K, M), whatever its units."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, _values(alignment))
        loads = {row[0]: [float(value or 0) for value in row[1:]] for row in cursor.fetchall()}
    return np.array([loads.get(pk, [0.0] * len(BALANCED_KEYS)) for pk in territory_ids], dtype=np.float64).reshape(
        -1, len(BALANCED_KEYS)
    )


def has_overrides(alignment: Alignment) -> bool:
    return AccountOverride.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment).exists()


def _values(alignment: Alignment) -> dict[str, int | None]:
    return {
        "workspace": alignment.workspace_id,
        "alignment": alignment.pk,
        "layer": alignment.unit_layer_id,
    }
