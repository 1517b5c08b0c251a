from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from territory.boundaries import as_multipolygon
from territory.geometry import check_area
from territory.models import Alignment, Basis, Territory
from territory.operations.planned import (
    Planned,
    named,
    present_overrides,
    present_units,
    territories_of,
    territory_of,
)
from territory.patches import Patch, encode_boundary, territory_fields
from territory.patches.patch import shape_of
from workspace.exceptions import Invalid


def merge_territories(alignment: Alignment, *, territory_ids: Sequence[int], into_id: int) -> Planned:
    """Everything of some territories goes to one of them, or to another; the emptied ones go."""
    into = territory_of(alignment, into_id, field="into_id")
    others = [i for i in dict.fromkeys(territory_ids) if i != into_id]
    if not others:
        raise Invalid.field("territory_ids", "name at least one territory besides the one that stays")
    merged = territories_of(alignment, others, field="territory_ids")
    units = present_units(alignment, territory__in=merged)
    overrides = present_overrides(alignment, territory__in=merged)
    territories: dict[int, Any] = {t.pk: (territory_fields(t, alignment.basis), None) for t in merged}
    if alignment.basis == Basis.DRAWN:
        before, after = encode_boundary(shape_of(into)), _union([into, *merged])
        if before != after:
            territories[into_id] = ({"boundary": before}, {"boundary": after})
    patch = Patch(
        units={unit_id: (before, into_id) for unit_id, before in units.items()},
        territories=territories,
        overrides={a: (fields, fields | {"territory_id": into_id}) for a, fields in overrides.items()},
    )
    return Planned(patch, f"Merged {named(merged)} into “{into.name}”")


def _union(territories: list[Territory]) -> str | None:
    shapes = [shape for territory in territories if (shape := shape_of(territory)) is not None]
    if not shapes:
        return None
    union = as_multipolygon(shapely.union_all(np.array(shapes, dtype=object)))
    return encode_boundary(check_area(union, field="territory_ids"))
