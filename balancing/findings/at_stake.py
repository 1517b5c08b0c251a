"""The accounts that a finding is about, for proposals to divide."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from accounts.cells import degrees
from territory.models import AccountAssignment, AccountUnit, Alignment

# What is told of each proposal, in the columns of `amounts`.
MEASURES = ("accounts", "revenue", "potential", "pipeline", "workload")
_FIELDS = ("account_id", "mercator_x", "mercator_y", "territory_id")
_SUMS = ("revenue_minor", "potential_minor", "pipeline_minor", "workload_h")


@dataclass(frozen=True, eq=False)
class Stakes:
    """A accounts. squares: (A, 2) places on the account grid; owners: territory id or 0; amounts (A, 5): MEASURES."""

    ids: NDArray[np.int64]
    squares: NDArray[np.int64]
    owners: NDArray[np.int64]
    amounts: NDArray[np.float64]

    @property
    def lon_lat(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return degrees(self.squares[:, 0], self.squares[:, 1])

    def taken(self, keep: NDArray[np.bool_]) -> "Stakes":
        return Stakes(self.ids[keep], self.squares[keep], self.owners[keep], self.amounts[keep])

    def within(self, ground: BaseGeometry) -> "Stakes":
        return self.taken(shapely.contains_xy(ground, *self.lon_lat))


def claimed_twice(alignment: Alignment) -> Stakes:
    """Accounts that several drawn boundaries claim, with their present owners."""
    return _read(alignment, is_overlap=True)


def of_nobody(alignment: Alignment) -> Stakes:
    return _read(alignment, territory__isnull=True)


def in_units(stakes: Stakes, alignment: Alignment, unit_ids: Collection[int]) -> tuple[Stakes, NDArray[np.int64]]:
    """Those inside the units, and the unit of each."""
    inside = AccountUnit.objects.filter(
        workspace_id=alignment.workspace_id, layer_id=alignment.unit_layer_id, unit_id__in=list(unit_ids)
    )
    unit = dict(inside.values_list("account_id", "unit_id"))
    keep = np.isin(stakes.ids, list(unit))
    kept = stakes.taken(keep)
    return kept, np.array([unit[pk] for pk in kept.ids.tolist()], dtype=np.int64)


def _read(alignment: Alignment, **conditions: bool) -> Stakes:
    rows = AccountAssignment.objects.filter(
        workspace_id=alignment.workspace_id, alignment=alignment, mercator_x__isnull=False, **conditions
    ).order_by("account_id")
    read = list(rows.values_list(*_FIELDS, *_SUMS))
    keys = np.array([(pk, x, y, owner or 0) for pk, x, y, owner, *_ in read], dtype=np.int64).reshape(-1, 4)
    amounts = np.array([(1.0, *row[4:]) for row in read], dtype=np.float64).reshape(-1, len(MEASURES))
    return Stakes(keys[:, 0], keys[:, 1:3], keys[:, 3], amounts)
