"""One read of an alignment's totals, and what they are beside their targets."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Max
from numpy.typing import NDArray

from accounts.metrics import METRICS
from accounts.models import Account
from balancing.formulas import spread
from balancing.formulas.targets import targets
from balancing.problems.territories import capacities_h, shares_of
from territory.models import Alignment, Territory
from territory.totals import Totals, territory_totals, white_space_totals

FloatArray = NDArray[np.float64]
KEYS = tuple(metric.key for metric in METRICS)
COLUMN = {key: column for column, key in enumerate(KEYS)}


@dataclass(frozen=True, eq=False)
class Balance:
    """K territories × M metrics (in the order of KEYS; money in minor units). Unassigned is not a territory.

    shares (K,) · values, targets, deviations (K, M; NaN = no target) · unassigned (M,) · tolerances (M,)
    capacities_h (K,; NaN = vacant)
    """

    alignment: Alignment
    territories: list[Territory]
    shares: FloatArray
    capacities_h: FloatArray
    values: FloatArray
    unassigned: FloatArray
    targets: FloatArray
    deviations: FloatArray
    tolerances: FloatArray

    def index(self, key: str) -> float:
        """Balance index of one metric; NaN where it is zero everywhere."""
        column = COLUMN[key]
        return spread.balance_index(self.values[:, column], self.targets[:, column])

    def worst(self, key: str) -> float:
        """Largest |deviation| on one metric; NaN where there is none."""
        deviations = self.deviations[:, COLUMN[key]]
        place = spread.worst(deviations)
        return float(abs(deviations[place])) if place is not None else np.nan

    @property
    def mean_index(self) -> float:
        """Mean balance index of the metrics that have one."""
        known = [value for value in map(self.index, KEYS) if not np.isnan(value)]
        return float(np.mean(known)) if known else np.nan


def measure_balance(alignment: Alignment, tolerances: dict[str, float] | None = None) -> Balance:
    """Totals, targets and deviations of an alignment; three queries."""
    found = Territory.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment)
    territories = list(found.select_related("rep").defer("boundary", "rep__home"))
    totals = territory_totals(alignment)
    values = np.array([_row(totals.get(t.pk, Totals())) for t in territories]).reshape(-1, len(KEYS))
    shares = shares_of(territories)
    goals = targets(values, shares)
    default = alignment.workspace.default_tolerance
    bands = dict.fromkeys(KEYS, default) | (tolerances or {})
    return Balance(
        alignment=alignment,
        territories=territories,
        shares=shares,
        capacities_h=capacities_h(territories),
        values=values,
        unassigned=np.array(_row(white_space_totals(alignment))),
        targets=goals,
        deviations=spread.deviations(values, goals),
        tolerances=np.array([bands[key] for key in KEYS]),
    )


def data_date(workspace_id: int) -> datetime | None:
    """When the newest account was last written: what every figure is as of."""
    latest: dict[str, Any] = Account.objects.filter(workspace_id=workspace_id).aggregate(at=Max("updated_at"))
    return latest["at"]


def _row(totals: Totals) -> list[float]:
    """Totals in the order of KEYS."""
    sums = (totals.accounts, totals.revenue_minor, totals.potential_minor, totals.pipeline_minor)
    return [float(value) for value in (*sums, totals.workload_h, totals.travel_h)]
