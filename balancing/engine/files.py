"""Problems and plans as NumPy files, for the command line and for exchange with other tools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from balancing.engine.arrays import AnyArray, IntArray
from balancing.engine.exceptions import ProblemError
from balancing.engine.geometry import unit_vectors
from balancing.engine.problem import Problem
from balancing.engine.triangulation import neighbour_edges

_NEEDED = ("lat", "lon", "W", "K")


def read_problem(path: Path, tolerances: Mapping[str, float], *, with_homes: bool = False) -> Problem:
    """The problem in an .npz file, balanced in the named metrics only.

    lat, lon (N,) degrees; W (N, M) weights; K territories; optional: E (E, 2) edges, those of `neighbour_edges` where
    left out; metrics (M,) names, homes (K, 2) lat, lon or NaN, and under their own names what else `Problem` knows:
    shares, current, locked, required, forbidden, groups, frozen, least, most, tolerance_prices, barriers,
    barrier_prices, travel and trip_loads; sites (S, 2) lat, lon; trip_metric, the name of a metric.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except OSError as error:
        raise ProblemError(f"{path}: {error.strerror or 'not a NumPy .npz file'}") from None
    except (ValueError, EOFError, BadZipFile):
        raise ProblemError(f"{path}: not a NumPy .npz file") from None
    missing = [name for name in _NEEDED if name not in arrays]
    if missing:
        raise ProblemError(f"{path}: {', '.join(missing)} missing, expected {', '.join(_NEEDED)}")
    names = _metric_names(arrays)
    limits = np.full(len(names), np.inf)
    for column, tolerance in metric_columns(names, tolerances):
        limits[column] = tolerance
    homes = arrays.get("homes", np.zeros((0, 2))) if with_homes else np.zeros((0, 2))
    if with_homes and not len(homes):
        raise ProblemError(f"{path}: no homes in the file")
    problem = Problem.from_degrees(
        arrays["lon"],
        arrays["lat"],
        arrays["W"],
        arrays.get("E", np.zeros((0, 2), dtype=np.int32)),
        int(arrays["K"]),
        tolerances=limits,
        metric_names=names,
        home_latitudes=homes[:, 0] if len(homes) else None,
        home_longitudes=homes[:, 1] if len(homes) else None,
        shares=_given(arrays, "shares"),
        current=_given(arrays, "current"),
        locked=_given(arrays, "locked"),
        required=_given(arrays, "required"),
        forbidden=_given(arrays, "forbidden"),
        groups=_given(arrays, "groups"),
        frozen=_given(arrays, "frozen"),
        least=_given(arrays, "least"),
        most=_given(arrays, "most"),
        tolerance_prices=_given(arrays, "tolerance_prices"),
        barriers=_given(arrays, "barriers"),
        barrier_prices=_given(arrays, "barrier_prices"),
        travel=_given(arrays, "travel"),
        sites=unit_vectors(arrays["sites"][:, 1], arrays["sites"][:, 0]) if "sites" in arrays else None,
        trip_metric=metric_columns(names, {str(arrays["trip_metric"]): 0})[0][0] if "trip_metric" in arrays else -1,
        trip_loads=_given(arrays, "trip_loads"),
    )
    return problem if "E" in arrays else replace(problem, edges=neighbour_edges(problem.points))


def read_labels(path: Path, problem: Problem) -> IntArray:
    """The territory of each unit (N,) from an .npy file."""
    try:
        labels = np.load(path, allow_pickle=False)
    except OSError as error:
        raise ProblemError(f"{path}: {error.strerror or 'not a NumPy .npy file'}") from None
    except (ValueError, EOFError):
        raise ProblemError(f"{path}: not a NumPy .npy file") from None
    if labels.shape != (problem.n_units,) or not np.issubdtype(labels.dtype, np.integer):
        raise ProblemError(f"{path}: {labels.dtype} of shape {labels.shape}, expected {problem.n_units} integers")
    outside = (labels < 0) | (labels >= problem.n_territories)
    if outside.any():
        row = int(np.argmax(outside))
        raise ProblemError(f"{path}: row {row} is {labels[row]}, expected 0..{problem.n_territories - 1}")
    plan: IntArray = labels.astype(np.int32)
    return plan


def save_problem(path: Path, problem: Problem, **beside: AnyArray) -> None:
    """Every field of a problem as it is, uncompressed, and what is to lie beside it, for another process to take up."""
    values: dict[str, Any] = {field.name: np.asarray(getattr(problem, field.name)) for field in fields(Problem)}
    with path.open("wb") as file:
        np.savez(file, **values, **beside)  # type: ignore[arg-type]


def load_problem(path: Path) -> Problem:
    """What `save_problem` wrote."""
    with np.load(path, allow_pickle=False) as file:
        values: dict[str, Any] = {field.name: file[field.name] for field in fields(Problem)}
    values["metric_names"] = tuple(str(name) for name in values["metric_names"])
    for name in ("n_territories", "trip_metric"):
        values[name] = int(values[name])
    return Problem(**values)


def _given(arrays: Mapping[str, np.ndarray], name: str) -> np.ndarray | None:
    """The array of this name; None where it is missing or empty."""
    found = arrays.get(name)
    return found if found is not None and found.size else None


def _metric_names(arrays: Mapping[str, np.ndarray]) -> tuple[str, ...]:
    n_metrics = arrays["W"].shape[1] if arrays["W"].ndim == 2 else 1
    if "metrics" in arrays:
        return tuple(str(name) for name in arrays["metrics"])
    return ("accounts", "revenue", "workload", *(f"metric_{m + 1}" for m in range(3, n_metrics)))[:n_metrics]


def metric_columns(names: tuple[str, ...], wanted: Mapping[str, float]) -> list[tuple[int, float]]:
    """Column and value of each metric that is named; ProblemError where the file has none of that name."""
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        raise ProblemError(f"no metric {', '.join(unknown)}; the file has {', '.join(names)}")
    return [(names.index(name), value) for name, value in wanted.items()]
