"""What every kind of finding looks at, read once."""

from dataclasses import dataclass
from functools import cached_property

import shapely
from django.db import connection
from shapely.geometry.base import BaseGeometry

from balancing.scorecard.balance import COLUMN, Balance, measure_balance
from territory.models import Alignment, Territory

# Boundaries in findings show where; a kilometre of simplification keeps them small.
SIMPLIFY_DEGREES = 0.01

_BOUNDARIES = """
SELECT id, ST_AsBinary(ST_SimplifyPreserveTopology(boundary, %s))
FROM territory_territory
WHERE workspace_id = %s AND alignment_id = %s AND boundary IS NOT NULL
"""


@dataclass(frozen=True, eq=False)
class Look:
    alignment: Alignment
    balance: Balance

    @classmethod
    def at(cls, alignment: Alignment) -> "Look":
        return cls(alignment, measure_balance(alignment))

    @property
    def territories(self) -> list[Territory]:
        return self.balance.territories

    @cached_property
    def boundaries(self) -> dict[int, BaseGeometry]:
        """Simplified boundary of each territory that has one."""
        with connection.cursor() as cursor:
            cursor.execute(_BOUNDARIES, [SIMPLIFY_DEGREES, self.alignment.workspace_id, self.alignment.pk])
            return {territory: shapely.from_wkb(bytes(wkb)) for territory, wkb in cursor.fetchall()}

    def value(self, k: int, key: str) -> float:
        return float(self.balance.values[k, COLUMN[key]])

    def needed_h(self, k: int) -> float:
        """Hours a year that territory k asks for: visits and travel."""
        return self.value(k, "workload") + self.value(k, "travel")

    def total(self, key: str) -> float:
        """Over all territories, without what is unassigned."""
        return float(self.balance.values[:, COLUMN[key]].sum())

    @property
    def all_revenue_minor(self) -> float:
        return self.total("revenue") + float(self.balance.unassigned[COLUMN["revenue"]])
