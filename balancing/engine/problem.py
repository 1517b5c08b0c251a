"""The immutable statement of a territory problem."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypedDict, Unpack

import numpy as np
from numpy.typing import ArrayLike

from balancing.engine.arrays import BoolArray, FloatArray, IntArray
from balancing.engine.checks import check_constraints, check_limits, check_sizes, check_values, refuse
from balancing.engine.exceptions import ProblemError
from balancing.engine.geometry import unit_vectors, weighted_centroids

UNASSIGNED = -1


class Wishes(TypedDict, total=False):
    """What may be left out when a problem is stated; for the meaning see `Problem`."""

    shares: ArrayLike | None
    metric_names: tuple[str, ...]
    tolerance_prices: ArrayLike | None
    least: ArrayLike | None
    most: ArrayLike | None
    current: ArrayLike | None
    locked: ArrayLike | None
    required: ArrayLike | None
    forbidden: ArrayLike | None
    groups: ArrayLike | None
    frozen: ArrayLike | None
    barriers: ArrayLike | None
    barrier_prices: ArrayLike | None
    travel: ArrayLike | None
    sites: ArrayLike | None
    trip_metric: int
    trip_loads: ArrayLike | None


@dataclass(frozen=True, eq=False)
class Problem:
    """Units, their weights and adjacency, and what a good plan must respect.

    points           (N, 3) unit vectors
    weights          (N, M) >= 0, one column per metric; column 0 (the primary) weighs distances
    edges            (E, 2) pairs of adjacent units; a hard barrier is an edge left out, a bridge one put in
    n_territories    K
    shares           (K,) of every metric that each territory should hold, sum 1
    tolerances       (M,) allowed |load / target - 1| as a fraction; inf = report only
    tolerance_prices (M,) km of mean distance that a whole metric out of band is worth; inf = the tolerance is hard
    least, most      (K, M) limits on the loads in the metrics' own units; 0 and inf = none
    metric_names     M names, used in messages
    current          (N,) today's territory, -1 = unassigned
    locked           (N,) units that keep their current territory
    required         (R, 2) pairs (unit, territory) that must be
    forbidden        (P, 2) pairs (unit, territory) that may not be
    groups           (N,) number of the group that a unit stays together with, -1 = none
    frozen           (K,) territories that keep exactly the units they have
    barriers         (B, 2) edges that cross a soft barrier
    barrier_prices   (B,) km of mean distance that having both ends in one territory is worth
    homes            (K, 3) fixed base points, or (0, 3) for none at all; where a row is NaN, and where there are
                     none, a territory's centre is its weighted centroid
    travel           (N, S) from each unit to each site, in minutes or what you like, in place of km; (0, 0) = km.
                     With homes site k is home k, else a centre is the site with the least travel
    sites            (S, 3) places that centres may have, where there are no homes
    trip_metric      column of the metric that also counts the way to the centre, -1 = none
    trip_loads       (N,) of that metric per km, or per unit of `travel`; (0,) = none
    """

    points: FloatArray
    weights: FloatArray
    edges: IntArray
    n_territories: int
    shares: FloatArray
    tolerances: FloatArray
    tolerance_prices: FloatArray
    least: FloatArray
    most: FloatArray
    metric_names: tuple[str, ...]
    current: IntArray
    locked: BoolArray
    required: IntArray
    forbidden: IntArray
    groups: IntArray
    frozen: BoolArray
    barriers: IntArray
    barrier_prices: FloatArray
    homes: FloatArray
    travel: FloatArray
    sites: FloatArray
    trip_metric: int
    trip_loads: FloatArray

    def __post_init__(self) -> None:
        arrays = {field.name: getattr(self, field.name) for field in fields(self)}
        check_sizes(arrays)
        check_values(arrays)
        check_limits(arrays)
        check_constraints(arrays)
        for value in arrays.values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    @classmethod
    def from_degrees(
        cls,
        longitudes: ArrayLike,
        latitudes: ArrayLike,
        weights: ArrayLike,
        edges: ArrayLike,
        n_territories: int,
        *,
        tolerances: ArrayLike,
        home_longitudes: ArrayLike | None = None,
        home_latitudes: ArrayLike | None = None,
        **wishes: Unpack[Wishes],
    ) -> Problem:
        """State a problem from longitudes and latitudes in degrees (EPSG:4326)."""
        homes = None
        if home_longitudes is not None and home_latitudes is not None:
            homes = _vectors("home", home_longitudes, home_latitudes)
        points = _vectors("unit", longitudes, latitudes)
        return cls.from_points(points, weights, edges, n_territories, tolerances=tolerances, homes=homes, **wishes)

    @classmethod
    def from_points(
        cls,
        points: ArrayLike,
        weights: ArrayLike,
        edges: ArrayLike,
        n_territories: int,
        *,
        tolerances: ArrayLike,
        homes: ArrayLike | None = None,
        **wishes: Unpack[Wishes],
    ) -> Problem:
        """State a problem from unit vectors; whatever is left out gets its neutral value."""
        if n_territories < 1:
            raise ProblemError(f"n_territories is {n_territories}, expected at least 1")
        unit_points = np.array(points, dtype=np.float64).reshape(-1, 3)
        n_units = len(unit_points)
        unit_weights = np.array(weights, dtype=np.float64)
        if unit_weights.ndim == 1:
            unit_weights = unit_weights.reshape(n_units, -1) if n_units else unit_weights.reshape(0, 1)
        n_metrics = unit_weights.shape[1]
        shape = (n_territories, n_metrics)
        return cls(
            points=unit_points,
            weights=unit_weights,
            edges=_pairs(edges),
            n_territories=int(n_territories),
            shares=_shares(wishes.get("shares"), n_territories),
            tolerances=_floats(tolerances, n_metrics, np.inf),
            tolerance_prices=_floats(wishes.get("tolerance_prices"), n_metrics, np.inf),
            least=_table(wishes.get("least"), shape, 0.0),
            most=_table(wishes.get("most"), shape, np.inf),
            metric_names=wishes.get("metric_names") or tuple(f"metric {m + 1}" for m in range(n_metrics)),
            current=_integers(wishes.get("current"), n_units),
            locked=_flags(wishes.get("locked"), n_units),
            required=_pairs(wishes.get("required")),
            forbidden=_pairs(wishes.get("forbidden")),
            groups=_integers(wishes.get("groups"), n_units),
            frozen=_flags(wishes.get("frozen"), n_territories),
            barriers=_pairs(wishes.get("barriers")),
            barrier_prices=_floats(wishes.get("barrier_prices"), len(_pairs(wishes.get("barriers"))), 0.0),
            homes=_vectors3(homes),
            travel=np.array([[]] if wishes.get("travel") is None else wishes.get("travel"), dtype=np.float64),
            sites=_vectors3(wishes.get("sites")),
            trip_metric=wishes.get("trip_metric", -1),
            trip_loads=np.array([] if wishes.get("trip_loads") is None else wishes.get("trip_loads"), dtype=np.float64),
        )

    @property
    def n_units(self) -> int:
        return len(self.points)

    @property
    def n_metrics(self) -> int:
        return int(self.weights.shape[1])

    @property
    def has_homes(self) -> bool:
        return bool(np.isfinite(self.homes).any())

    def centres(self, labels: IntArray, weights: FloatArray) -> FloatArray:
        """Homes (K, 3); where there is none, the centroid of the units so labelled, under weights (N,)."""
        # A copy, for a kernel that also took arrays it may not write to would be compiled twice.
        return self.based(weighted_centroids(self.points.copy(), weights, labels, self.n_territories))

    def based(self, centroids: FloatArray) -> FloatArray:
        """Homes (K, 3), and these centroids where there is none."""
        return np.where(np.isfinite(self.homes), self.homes, centroids) if self.has_homes else centroids

    @property
    def has_travel(self) -> bool:
        """Whether ways are given instead of measured as the crow flies."""
        return self.travel.size > 0

    @property
    def has_trips(self) -> bool:
        """Whether a metric depends on how far a unit is from its territory's centre."""
        return self.trip_metric >= 0 and self.trip_loads.size > 0

    @property
    def has_current(self) -> bool:
        return bool((self.current >= 0).any())

    @property
    def totals(self) -> FloatArray:
        """Sum of each metric over all units (M,)."""
        return np.asarray(self.weights.sum(axis=0))

    @property
    def balanced_metrics(self) -> tuple[int, ...]:
        """Metrics that are to be balanced: a finite tolerance or limit and something to share out."""
        limited = np.isfinite(self.tolerances) | (self.least > 0).any(axis=0) | np.isfinite(self.most).any(axis=0)
        totals = self.totals
        return tuple(m for m in range(self.n_metrics) if limited[m] and totals[m] > 0)

    @property
    def kept(self) -> IntArray:
        """The territory (N,) that a lock keeps or a required pair asks for, -1 = free."""
        is_kept = self.locked | ((self.current >= 0) & self.frozen[self.current])
        kept = np.where(is_kept, self.current, np.int32(UNASSIGNED))
        kept[self.required[:, 0]] = self.required[:, 1]
        return kept

    def bands(self) -> tuple[FloatArray, FloatArray]:
        """Least and most load (K, B) of the B balanced metrics as shares of their totals."""
        columns = list(self.balanced_metrics)
        totals, shares, tolerances = self.totals[columns], self.shares[:, None], self.tolerances[columns]
        low = np.maximum(np.maximum(0, shares * (1 - tolerances)), self.least[:, columns] / totals)
        high = np.minimum(shares * (1 + tolerances), self.most[:, columns] / totals)
        return low, high


def _vectors(kind: str, longitudes: ArrayLike, latitudes: ArrayLike) -> FloatArray:
    longitude = np.array(longitudes, dtype=np.float64).reshape(-1)
    latitude = np.array(latitudes, dtype=np.float64).reshape(-1)
    if len(longitude) != len(latitude):
        raise ProblemError(f"{kind}: {len(longitude)} longitudes but {len(latitude)} latitudes")
    refuse(f"{kind} latitude", latitude, ~(np.abs(latitude) <= 90), "-90..90 degrees")
    refuse(f"{kind} longitude", longitude, ~(np.abs(longitude) <= 180), "-180..180 degrees")
    return unit_vectors(longitude, latitude)


def _vectors3(values: ArrayLike | None) -> FloatArray:
    return np.zeros((0, 3)) if values is None else np.array(values, dtype=np.float64).reshape(-1, 3)


def _shares(values: ArrayLike | None, n_territories: int) -> FloatArray:
    even = np.full(n_territories, 1.0 / n_territories)
    return even if values is None else np.array(values, dtype=np.float64)


def _floats(values: ArrayLike | None, length: int, neutral: float) -> FloatArray:
    """An array of floats; a single value stands for all."""
    found = np.array(neutral if values is None else values, dtype=np.float64).reshape(-1)
    return np.full(length, found[0]) if found.size == 1 else found


def _table(values: ArrayLike | None, shape: tuple[int, int], neutral: float) -> FloatArray:
    """One row per territory; a single row stands for all."""
    return np.array(np.broadcast_to(np.asarray(neutral if values is None else values, dtype=np.float64), shape))


def _integers(values: ArrayLike | None, length: int) -> IntArray:
    return np.full(length, UNASSIGNED, dtype=np.int32) if values is None else np.array(values, dtype=np.int32)


def _flags(values: ArrayLike | None, length: int) -> BoolArray:
    return np.zeros(length, dtype=np.bool_) if values is None else np.array(values, dtype=np.bool_)


def _pairs(values: ArrayLike | None) -> IntArray:
    return np.array([] if values is None else values, dtype=np.int32).reshape(-1, 2)
