"""What a stated problem is refused for: sizes, values, pairs; each by name, row, value and bound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from balancing.engine.arrays import BoolArray, FloatArray, IntArray
from balancing.engine.exceptions import ProblemError

_EXACT = 1e-6


def check_sizes(arrays: Mapping[str, Any]) -> None:
    units, territories, metrics = len(arrays["points"]), arrays["n_territories"], arrays["weights"].shape[1]
    expected = {
        "points": (units, 3),
        "weights": (units, metrics),
        "shares": (territories,),
        "tolerances": (metrics,),
        "tolerance_prices": (metrics,),
        "least": (territories, metrics),
        "most": (territories, metrics),
        "current": (units,),
        "locked": (units,),
        "groups": (units,),
        "frozen": (territories,),
        "barrier_prices": (len(arrays["barriers"]),),
    }
    for name, shape in expected.items():
        found = arrays[name].shape
        if found != shape:
            raise ProblemError(f"{name} has shape {found}, expected {shape}")
    if len(arrays["homes"]) not in (0, territories):
        raise ProblemError(f"homes has {len(arrays['homes'])} rows, expected none or {territories}")
    travel, trips, sites = arrays["travel"], arrays["trip_loads"], arrays["sites"]
    n_sites = territories if len(arrays["homes"]) else len(sites)
    if travel.size and travel.shape != (units, n_sites):
        raise ProblemError(f"travel has shape {travel.shape}, expected {(units, n_sites)}")
    if trips.size and trips.shape != (units,):
        raise ProblemError(f"trip_loads has shape {trips.shape}, expected {(units,)}")
    if trips.size and not 0 <= arrays["trip_metric"] < metrics:
        raise ProblemError(f"trip_metric is {arrays['trip_metric']}, expected a column in 0..{metrics - 1}")
    if metrics < 1:
        raise ProblemError("weights has 0 metrics, expected at least 1")
    if len(arrays["metric_names"]) != metrics:
        raise ProblemError(f"metric_names has {len(arrays['metric_names'])} names, expected {metrics}")
    if territories > units:
        raise ProblemError(f"more territories ({territories}) than units ({units})")


def check_values(arrays: Mapping[str, Any]) -> None:
    points, weights, shares, homes = (arrays[name] for name in ("points", "weights", "shares", "homes"))
    refuse("points", points, ~np.isfinite(points).all(axis=1), "finite coordinates")
    lengths = np.linalg.norm(points, axis=1)
    refuse("points", lengths, np.abs(lengths - 1) > _EXACT, "a vector of length 1")
    bad = ~(np.isfinite(weights) & (weights >= 0))
    refuse("weights", weights, bad.any(axis=1), "finite numbers >= 0")
    refuse("shares", shares, ~(np.isfinite(shares) & (shares > 0)), "a share > 0")
    if abs(float(shares.sum()) - 1) > _EXACT:
        raise ProblemError(f"shares sum to {shares.sum():.6f}, expected 1")
    lengths = np.linalg.norm(arrays["sites"], axis=1)
    refuse("sites", lengths, ~(np.abs(lengths - 1) <= _EXACT), "a vector of length 1")
    for name in ("travel", "trip_loads"):
        values = arrays[name]
        bad = ~(np.isfinite(values) & (values >= 0))
        refuse(name, values, bad.any(axis=1) if values.ndim > 1 else bad, "finite numbers >= 0")
    if arrays["travel"].size and np.isnan(homes).any():
        raise ProblemError("travel needs a home for every territory, or for none")
    lengths = np.linalg.norm(homes, axis=1)
    bad = (np.abs(lengths - 1) > _EXACT) | np.isnan(lengths) & ~np.isnan(homes).all(axis=1)
    refuse("homes", lengths, bad, "a vector of length 1, or NaN throughout")


def check_limits(arrays: Mapping[str, Any]) -> None:
    for name, bound in (("tolerances", "a fraction >= 0 or inf"), ("tolerance_prices", "km >= 0 or inf")):
        refuse(name, arrays[name], ~(arrays[name] >= 0), bound)
    prices = arrays["barrier_prices"]
    refuse("barrier_prices", prices, ~(np.isfinite(prices) & (prices >= 0)), "km >= 0")
    least, most = arrays["least"], arrays["most"]
    refuse("least", least, ~(np.isfinite(least) & (least >= 0)).all(axis=1), "finite numbers >= 0")
    refuse("most", most, ~(most >= least).all(axis=1), "at least what `least` says")


def check_constraints(arrays: Mapping[str, Any]) -> None:
    units, territories = len(arrays["points"]), arrays["n_territories"]
    for name in ("edges", "barriers"):
        in_range = (arrays[name] >= 0) & (arrays[name] < units)
        refuse(name, arrays[name], ~in_range.all(axis=1), f"unit indices in 0..{units - 1}")
    current = arrays["current"]
    in_range = (current >= -1) & (current < territories)
    refuse("current", current, ~in_range, f"-1 or a territory in 0..{territories - 1}")
    refuse("locked", current, arrays["locked"] & (current < 0), "a current territory to keep")
    bound = f"(unit in 0..{units - 1}, territory in 0..{territories - 1})"
    for name in ("required", "forbidden"):
        in_range = (arrays[name] >= 0) & (arrays[name] < [units, territories])
        refuse(name, arrays[name], ~in_range.all(axis=1), bound)
    _check_required(arrays["required"], arrays["locked"], current)


def _check_required(required: IntArray, locked: BoolArray, current: IntArray) -> None:
    units, wanted = required[:, 0], required[:, 1]
    refuse("required", required, locked[units] & (current[units] != wanted), "the territory that its lock keeps")
    asked = np.full(len(current), -1, dtype=np.int32)
    asked[units] = wanted
    refuse("required", required, asked[units] != wanted, "one territory for each unit")


def refuse(field: str, values: FloatArray | IntArray, bad: BoolArray | np.bool_, bound: str) -> None:
    """Raise ProblemError with the first bad row, its value and what was expected."""
    if bad.any():
        row = int(np.argmax(bad))
        raise ProblemError(f"{field}[{row}] is {values[row]!s}, expected {bound} ({int(bad.sum())} such rows)")
