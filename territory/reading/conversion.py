"""What becomes of accounts when drawn territories are made of whole units: before anything is made."""

from collections import defaultdict
from typing import Any

import numpy as np
from django.db import connection

from territory.layers.covering import Covering, Rule, cover_units
from territory.models import Alignment, UnitLayer
from territory.operations.drawn import drawn_shapes

# Look-ups are LATERAL with OFFSET 0, by key for one account after the other: the planner knows too little of new rows.
_FLOWS = """
WITH mapped AS MATERIALIZED (
    SELECT * FROM unnest(%(units)s::bigint[], %(territories)s::bigint[]) AS mapped (unit_id, territory_id)
)
SELECT s.territory_id, coalesce(o.territory_id, mapped.territory_id), count(*), sum(s.revenue_minor)::bigint,
    sum(s.workload_h)
FROM territory_accountassignment s
LEFT JOIN LATERAL (
    SELECT au.unit_id FROM territory_accountunit au
    WHERE au.workspace_id = %(workspace)s AND au.layer_id = %(layer)s AND au.account_id = s.account_id OFFSET 0
) au ON true
LEFT JOIN mapped ON mapped.unit_id = au.unit_id
LEFT JOIN LATERAL (
    SELECT o.territory_id FROM territory_accountoverride o
    WHERE o.workspace_id = %(workspace)s AND o.alignment_id = %(alignment)s AND o.account_id = s.account_id OFFSET 0
) o ON true
WHERE s.workspace_id = %(workspace)s AND s.alignment_id = %(alignment)s
GROUP BY 1, 2
"""


def preview_conversion(alignment: Alignment, layer: UnitLayer, rule: Rule) -> dict[str, Any]:
    """Each territory's accounts, revenue and workload now and made of the layer's units; null stands for nobody."""
    covering = cover_units(layer, drawn_shapes(alignment), rule)
    before: dict[int | None, Any] = defaultdict(lambda: np.zeros(3))
    after: dict[int | None, Any] = defaultdict(lambda: np.zeros(3))
    n_moved = 0
    for was, becomes, *amounts in _flows(alignment, layer, covering):
        before[was] += np.array(amounts, dtype=np.float64)
        after[becomes] += np.array(amounts, dtype=np.float64)
        n_moved += amounts[0] if was != becomes else 0
    territories = alignment.territories.order_by("position", "pk").values_list("pk", "name")
    return {
        "n_units": covering.n_units,
        "n_unassigned": covering.n_unassigned,
        "n_divided": covering.n_divided,
        "n_accounts_moved": n_moved,
        "territories": [
            {"territory_id": pk, "name": name, "before": _amounts(before[pk]), "after": _amounts(after[pk])}
            for pk, name in [*territories, (None, "")]
        ],
    }


def _flows(alignment: Alignment, layer: UnitLayer, covering: Covering) -> list[tuple[Any, ...]]:
    values = {
        "workspace": alignment.workspace_id, "alignment": alignment.pk, "layer": layer.pk,
        "units": list(covering.owners), "territories": list(covering.owners.values()),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_FLOWS, values)
        return list(cursor.fetchall())


def _amounts(row: Any) -> dict[str, float]:
    return {"accounts": int(row[0]), "revenue_minor": int(row[1]), "workload_h": float(row[2])}
