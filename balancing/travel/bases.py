"""Where a territory's trips start and where they lead: the same places as in territory.totals."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from accounts.cells import degrees, mercator, morton
from balancing.engine.arrays import FloatArray, LongArray
from balancing.models.travel import TravelBase
from territory.models import AccountAssignment, Territory


@dataclass(frozen=True, eq=False)
class Ground:
    """A base, and the accounts on the map: cells (n,), degrees (n,), visits a year (n,).

    home_cell is None where the base is no home: the middle of the accounts moves with each edit.
    """

    base: TravelBase
    lon: float
    lat: float
    home_cell: int | None
    cells: LongArray
    lons: FloatArray
    lats: FloatArray
    visits_per_year: FloatArray

    @classmethod
    def of(cls, territory: Territory) -> Self:
        """With the rep's home loaded."""
        found = AccountAssignment.objects.filter(
            workspace_id=territory.workspace_id,
            alignment_id=territory.alignment_id,
            territory_id=territory.pk,
            mercator_x__isnull=False,
        ).values_list("mercator_x", "mercator_y", "visits_per_year")
        rows = np.array(list(found), dtype=np.float64).reshape(-1, 3)
        x, y = rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64)
        base, lon, lat, home_cell = _base(territory, rows)
        lons, lats = degrees(x + 0.5, y + 0.5)
        return cls(base, lon, lat, home_cell, morton(x, y), lons, lats, rows[:, 2].copy())


def _base(territory: Territory, rows: FloatArray) -> tuple[TravelBase, float, float, int | None]:
    home = territory.rep.home if territory.rep is not None else None
    if home is not None:
        x, y = mercator(np.array([home.x]), np.array([home.y]))
        return TravelBase.HOME, home.x, home.y, int(morton(x, y)[0])
    if len(rows) == 0:
        return TravelBase.NONE, 0.0, 0.0, None
    visits = rows[:, 2] if rows[:, 2].sum() > 0 else np.ones(len(rows))
    (x, y) = (float(np.average(rows[:, axis], weights=visits)) for axis in (0, 1))
    lon, lat = degrees(np.array([x + 0.5]), np.array([y + 0.5]))
    return TravelBase.MIDDLE, float(lon[0]), float(lat[0]), None
