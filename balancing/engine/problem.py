"""The immutable statement of a territory problem."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike

from balancing.engine.arrays import BoolArray, FloatArray, IntArray
from balancing.engine.exceptions import ProblemError
from balancing.engine.geometry import unit_vectors

UNASSIGNED = -1


@dataclass(frozen=True, eq=False)
class Problem:
    """Units, their weights and adjacency, and what a good plan must respect.

    points        (N, 3) unit vectors
    weights       (N, M) >= 0, one column per metric; column 0 (the primary) weighs distances
    edges         (E, 2) pairs of adjacent units; a barrier is an edge left out
    n_territories K
    shares        (K,) of every metric that each territory should hold, sum 1
    tolerances    (M,) allowed |load / target - 1| as a fraction; inf = report only
    metric_names  M names, used in messages
    current       (N,) today's territory, -1 = unassigned
    locked        (N,) units that keep their current territory
    homes         (K, 3) fixed base points, or (0, 3): centres are the territories' centroids
    forbidden     (P, 2) pairs (unit, territory) that may not be
    """

    points: FloatArray
    weights: FloatArray
    edges: IntArray
    n_territories: int
    shares: FloatArray
    tolerances: FloatArray
    metric_names: tuple[str, ...]
    current: IntArray
    locked: BoolArray
    homes: FloatArray
    forbidden: IntArray

    def __post_init__(self) -> None:
        self._check_sizes()
        self._check_values()
        self._check_constraints()
        for field in fields(self):
            value = getattr(self, field.name)
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
        shares: ArrayLike | None = None,
        metric_names: tuple[str, ...] = (),
        current: ArrayLike | None = None,
        locked: ArrayLike | None = None,
        forbidden: ArrayLike | None = None,
    ) -> Problem:
        """State a problem from longitudes and latitudes in degrees (EPSG:4326)."""
        homes = None
        if home_longitudes is not None and home_latitudes is not None:
            homes = _vectors("home", home_longitudes, home_latitudes)
        return cls.from_points(
            _vectors("unit", longitudes, latitudes),
            weights,
            edges,
            n_territories,
            tolerances=tolerances,
            homes=homes,
            shares=shares,
            metric_names=metric_names,
            current=current,
            locked=locked,
            forbidden=forbidden,
        )

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
        shares: ArrayLike | None = None,
        metric_names: tuple[str, ...] = (),
        current: ArrayLike | None = None,
        locked: ArrayLike | None = None,
        forbidden: ArrayLike | None = None,
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
        limits = np.array(tolerances, dtype=np.float64).reshape(-1)
        return cls(
            points=unit_points,
            weights=unit_weights,
            edges=np.array(edges, dtype=np.int32).reshape(-1, 2),
            n_territories=int(n_territories),
            shares=np.full(n_territories, 1.0 / n_territories)
            if shares is None
            else np.array(shares, dtype=np.float64),
            tolerances=np.full(n_metrics, limits[0]) if limits.size == 1 else limits,
            metric_names=metric_names or tuple(f"metric {m + 1}" for m in range(n_metrics)),
            current=np.full(n_units, UNASSIGNED, dtype=np.int32)
            if current is None
            else np.array(current, dtype=np.int32),
            locked=np.zeros(n_units, dtype=np.bool_) if locked is None else np.array(locked, dtype=np.bool_),
            homes=np.zeros((0, 3)) if homes is None else np.array(homes, dtype=np.float64).reshape(-1, 3),
            forbidden=np.zeros((0, 2), dtype=np.int32)
            if forbidden is None
            else np.array(forbidden, dtype=np.int32).reshape(-1, 2),
        )

    @property
    def n_units(self) -> int:
        return len(self.points)

    @property
    def n_metrics(self) -> int:
        return int(self.weights.shape[1])

    @property
    def has_homes(self) -> bool:
        return len(self.homes) > 0

    @property
    def has_current(self) -> bool:
        return bool((self.current >= 0).any())

    @property
    def totals(self) -> FloatArray:
        """Sum of each metric over all units (M,)."""
        return np.asarray(self.weights.sum(axis=0))

    @property
    def balanced_metrics(self) -> tuple[int, ...]:
        """Metrics that are to be balanced: a finite tolerance and something to share out."""
        totals = self.totals
        return tuple(m for m in range(self.n_metrics) if np.isfinite(self.tolerances[m]) and totals[m] > 0)

    def _check_sizes(self) -> None:
        units, territories, metrics = len(self.points), self.n_territories, self.weights.shape[1]
        expected = {
            "points": (units, 3),
            "weights": (units, metrics),
            "shares": (territories,),
            "tolerances": (metrics,),
            "current": (units,),
            "locked": (units,),
        }
        for name, shape in expected.items():
            found = getattr(self, name).shape
            if found != shape:
                raise ProblemError(f"{name} has shape {found}, expected {shape}")
        if len(self.homes) not in (0, territories):
            raise ProblemError(f"homes has {len(self.homes)} rows, expected none or {territories}")
        if metrics < 1:
            raise ProblemError("weights has 0 metrics, expected at least 1")
        if len(self.metric_names) != metrics:
            raise ProblemError(f"metric_names has {len(self.metric_names)} names, expected {metrics}")
        if territories > units:
            raise ProblemError(f"more territories ({territories}) than units ({units})")

    def _check_values(self) -> None:
        _refuse("points", self.points, ~np.isfinite(self.points).all(axis=1), "finite coordinates")
        lengths = np.linalg.norm(self.points, axis=1)
        _refuse("points", lengths, np.abs(lengths - 1) > 1e-6, "a vector of length 1")
        bad = ~(np.isfinite(self.weights) & (self.weights >= 0))
        _refuse("weights", self.weights, bad.any(axis=1), "finite numbers >= 0")
        _refuse("tolerances", self.tolerances, ~(self.tolerances >= 0), "a fraction >= 0 or inf")
        _refuse("shares", self.shares, ~(np.isfinite(self.shares) & (self.shares > 0)), "a share > 0")
        if abs(float(self.shares.sum()) - 1) > 1e-6:
            raise ProblemError(f"shares sum to {self.shares.sum():.6f}, expected 1")
        lengths = np.linalg.norm(self.homes, axis=1)
        _refuse("homes", lengths, ~(np.abs(lengths - 1) <= 1e-6), "a vector of length 1")

    def _check_constraints(self) -> None:
        units, territories = self.n_units, self.n_territories
        in_range = (self.edges >= 0) & (self.edges < units)
        _refuse("edges", self.edges, ~in_range.all(axis=1), f"unit indices in 0..{units - 1}")
        in_range = (self.current >= UNASSIGNED) & (self.current < territories)
        _refuse("current", self.current, ~in_range, f"-1 or a territory in 0..{territories - 1}")
        _refuse("locked", self.current, self.locked & (self.current < 0), "a current territory to keep")
        in_range = (self.forbidden >= 0) & (self.forbidden < [units, territories])
        bound = f"(unit in 0..{units - 1}, territory in 0..{territories - 1})"
        _refuse("forbidden", self.forbidden, ~in_range.all(axis=1), bound)


def _vectors(kind: str, longitudes: ArrayLike, latitudes: ArrayLike) -> FloatArray:
    longitude = np.array(longitudes, dtype=np.float64).reshape(-1)
    latitude = np.array(latitudes, dtype=np.float64).reshape(-1)
    if len(longitude) != len(latitude):
        raise ProblemError(f"{kind}: {len(longitude)} longitudes but {len(latitude)} latitudes")
    _refuse(f"{kind} latitude", latitude, ~(np.abs(latitude) <= 90), "-90..90 degrees")
    _refuse(f"{kind} longitude", longitude, ~(np.abs(longitude) <= 180), "-180..180 degrees")
    return unit_vectors(longitude, latitude)


def _refuse(field: str, values: FloatArray | IntArray, bad: BoolArray | np.bool_, bound: str) -> None:
    if bad.any():
        row = int(np.argmax(bad))
        raise ProblemError(f"{field}[{row}] is {values[row]!s}, expected {bound} ({int(bad.sum())} such rows)")
