"""What is asked of each territory and metric, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from balancing.problems.aims import RunSettings

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]

_EXACT = 1e-9


@dataclass(frozen=True, eq=False)
class Wanted:
    """Of T territories and M metrics.

    tolerances   (M,) allowed |load / target - 1|; inf = none
    prices_km    (M,) km of mean distance that a whole metric out of its tolerance is worth; inf = it must be kept
    least, most  (T, M) limits on loads in the metrics' own units, money in minor ones; 0 and inf = none
    """

    tolerances: FloatArray
    prices_km: FloatArray
    least: FloatArray
    most: FloatArray

    def of(self, territories: BoolArray) -> "Wanted":
        """The wishes for some of the territories (T,)."""
        return replace(self, least=self.least[territories], most=self.most[territories])

    def bands(self, targets: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Least and most load (T, M) with both kinds of wishes kept; a least may be above its most."""
        finite = np.isfinite(self.tolerances)
        tolerances = np.where(finite, self.tolerances, 0.0)
        low = np.where(finite, targets * (1 - tolerances), 0.0)
        high = np.where(finite, targets * (1 + tolerances), np.inf)
        return np.maximum(low, self.least), np.minimum(high, self.most)

    @property
    def is_hard(self) -> BoolArray:
        """Metrics (M,) whose wishes must be kept."""
        return np.isinf(self.prices_km)

    def missed(self, loads: FloatArray, targets: FloatArray) -> BoolArray:
        """Where (T, M) loads are out of their tolerance or limit by more than rounding."""
        low, high = self.bands(targets)
        # In targets summed over territories: a metric's total where all of them are given.
        slack = _EXACT * targets.sum(axis=0)
        return np.asarray((loads < low - slack) | (loads > high + slack))


def wanted_of(settings: RunSettings, territory_ids: Sequence[int], columns: Sequence[str]) -> Wanted:
    """A territory's own limit takes the place of the one for all; room to grow is taken off every most."""
    least = np.zeros((len(territory_ids), len(columns)))
    most = np.full((len(territory_ids), len(columns)), np.inf)
    for limit in sorted(settings.limits, key=lambda one: one.territory_id is not None):
        places = [k for k, pk in enumerate(territory_ids) if limit.territory_id in (None, pk)]
        m = columns.index(limit.key)
        if limit.least is not None:
            least[places, m] = limit.least
        if limit.most is not None:
            most[places, m] = limit.most * (1 - settings.headroom)
    prices = {aim.key: aim.miss_price_km for aim in settings.aims if aim.miss_price_km is not None}
    return Wanted(
        tolerances=np.array([settings.tolerances.get(key, np.inf) for key in columns]),
        # A price is said for one per cent of the metric, as people think of it.
        prices_km=np.array([100 * prices[key] if key in prices else np.inf for key in columns]),
        least=least,
        most=most,
    )
