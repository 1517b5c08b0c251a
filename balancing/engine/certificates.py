"""Proofs, in milliseconds, that a tolerance cannot be met, with the smallest one that could be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from balancing.engine.arrays import FloatArray, IntArray
from balancing.engine.components import lay_out, part_weights
from balancing.engine.conflicts import Conflict, find_conflict
from balancing.engine.graph import parts
from balancing.engine.problem import Problem

_EXACT = 1e-9


@dataclass(frozen=True)
class Certificate:
    """One reason why no plan can meet the tolerances; unit and territory say where, by index.

    smallest_tolerance is the least fraction for this metric at which this reason vanishes (None: no
    tolerance helps); other reasons may remain. conflict holds the limits that contradict each other, where
    no single one is to blame.
    """

    code: str
    message: str
    metric: str | None = None
    unit: int | None = None
    territory: int | None = None
    smallest_tolerance: float | None = None
    conflict: Conflict | None = None


def certify(
    problem: Problem, max_moved_fraction: float | None = None, *, contiguous: bool = True
) -> tuple[Certificate, ...]:
    """What can be said against a problem before anything is searched."""
    edges = lay_out(problem, from_current=False).edges if contiguous else None
    return find_certificates(problem, edges, max_moved_fraction)


def find_certificates(
    problem: Problem, edges: IntArray | None, max_moved_fraction: float | None = None
) -> tuple[Certificate, ...]:
    """All reasons found, each against one limit; where there is none, limits that contradict each other.

    Empty does not prove that a plan exists. edges are those a territory may spread over: adjacency plus the links
    that join islands too light for a territory of their own; None: territories need not hang together.
    """
    found: list[Certificate] = []
    low, high = problem.bands()
    for place, m in enumerate(problem.balanced_metrics):
        if np.isinf(problem.tolerance_prices[m]) and not (problem.has_trips and m == problem.trip_metric):
            band = Band(m, low[:, place], high[:, place])
            found += _limits(problem, band) + _big_unit(problem, band) + _kept_load(problem, band)
    if edges is not None:
        found += _parts(problem, edges)
    found += _nowhere_allowed(problem)
    return tuple(found or _conflict(problem, max_moved_fraction))


class Band(NamedTuple):
    """Least and most load (K,) of one metric, as shares of its total."""

    metric: int
    low: FloatArray
    high: FloatArray


def _limits(problem: Problem, band: Band) -> list[Certificate]:
    """Bands that leave no room in one territory, or none in all together."""
    m, name = band.metric, problem.metric_names[band.metric]
    found = []
    for k in np.flatnonzero(band.low > band.high + _EXACT):
        target = float(problem.shares[k] * problem.totals[m])
        far = max(float(problem.least[k, m]) / target - 1, 1 - float(problem.most[k, m]) / target)
        message = (
            f"The limits on {name} of one territory, {problem.least[k, m]:g} to {problem.most[k, m]:g}, lie outside "
            f"{100 * problem.tolerances[m]:g} % of its target {target:g}; the smallest possible tolerance is "
            f"{100 * far:.1f} %."
        )
        found.append(Certificate("limit_outside_band", message, name, None, int(k), far))
    total = float(problem.totals[m])
    if band.low.sum() > 1 + _EXACT:
        message = f"All territories together must hold at least {band.low.sum() * total:g} {name}; there is {total:g}."
        found.append(Certificate("limits_too_high", message, name))
    if band.high.sum() < 1 - _EXACT:
        message = f"All territories together may hold at most {band.high.sum() * total:g} {name}; there is {total:g}."
        found.append(Certificate("limits_too_low", message, name))
    return found


def _big_unit(problem: Problem, band: Band) -> list[Certificate]:
    m, name = band.metric, problem.metric_names[band.metric]
    unit = int(np.argmax(problem.weights[:, m]))
    load = float(problem.weights[unit, m])
    total = float(problem.totals[m])
    if load <= band.high.max() * total * (1 + _EXACT):
        return []
    needed = load / (total * float(problem.shares.max())) - 1
    if needed <= problem.tolerances[m]:
        message = f"A single unit holds {load:g} {name}, more than the {band.high.max() * total:g} any territory may."
        return [Certificate("unit_too_big", message, name, unit)]
    message = (
        f"A single unit holds {100 * (1 + needed):.1f} % of the largest target on {name}; "
        f"the tolerance is {100 * problem.tolerances[m]:g} %, the smallest possible {100 * needed:.1f} %."
    )
    return [Certificate("unit_too_big", message, name, unit, None, needed)]


def _kept_load(problem: Problem, band: Band) -> list[Certificate]:
    """Locked and required units that are too much for their territory."""
    m, name, kept = band.metric, problem.metric_names[band.metric], problem.kept
    held = kept >= 0
    loads = np.bincount(kept[held], problem.weights[held, m], minlength=problem.n_territories)
    total = float(problem.totals[m])
    found = []
    for k in np.flatnonzero(loads > band.high * total * (1 + _EXACT)):
        needed = float(loads[k] / (total * problem.shares[k])) - 1
        if needed <= problem.tolerances[m]:
            message = f"The locked units of one territory hold {loads[k]:g} {name}; it may have {problem.most[k, m]:g}."
            found.append(Certificate("locked_too_much", message, name, None, int(k)))
            continue
        message = (
            f"The locked units of one territory alone hold {100 * (1 + needed):.1f} % of its target on {name}; "
            f"the tolerance is {100 * problem.tolerances[m]:g} %, the smallest possible {100 * needed:.1f} %."
        )
        found.append(Certificate("locked_too_much", message, name, None, int(k), needed))
    return found


def _parts(problem: Problem, edges: IntArray) -> list[Certificate]:
    """Connected parts that no whole number of equal territories fits into."""
    n_parts, part = parts(problem.n_units, edges)
    if n_parts == 1 or np.ptp(problem.shares) > _EXACT or not np.isfinite(problem.tolerances[0]):
        return []
    if np.isfinite(problem.tolerance_prices[0]):
        return []
    tolerance, name = float(problem.tolerances[0]), problem.metric_names[0]
    found = []
    for p, weight in enumerate(part_weights(problem, part) * problem.n_territories):
        counts = np.arange(max(1, int(weight)), int(weight) + 2)
        needed = float(np.abs(weight / counts - 1).min())
        if weight == 0 or needed <= tolerance:
            continue
        message = (
            f"A cut-off part of {int((part == p).sum())} units holds {weight:.2f} targets' worth of {name}, "
            f"which no whole number of territories divides within {100 * tolerance:g} %; "
            f"connected territories need at least {100 * needed:.1f} %."
        )
        first = int(np.argmax(part == p))
        found.append(Certificate("part_not_divisible", message, name, first, None, needed))
    return found


def _nowhere_allowed(problem: Problem) -> list[Certificate]:
    found = []
    impossible = np.isin(_cells(problem, problem.required), _cells(problem, problem.forbidden))
    for unit, territory in problem.required[impossible]:
        message = "A unit is required in a territory that it is forbidden in."
        found.append(Certificate("required_and_forbidden", message, unit=int(unit), territory=int(territory)))
    pairs: IntArray = np.unique(problem.forbidden, axis=0).reshape(-1, 2)
    counts = np.bincount(pairs[:, 0], minlength=problem.n_units)
    for unit in np.flatnonzero(counts >= problem.n_territories):
        message = f"A unit is forbidden in all {problem.n_territories} territories."
        found.append(Certificate("unit_forbidden_everywhere", message, unit=int(unit)))
    return found


def _conflict(problem: Problem, max_moved_fraction: float | None) -> list[Certificate]:
    conflict = find_conflict(problem, max_moved_fraction)
    if conflict is None:
        return []
    least = next((remedy for remedy in conflict.remedies if remedy.metric and remedy.least is not None), None)
    if least is None:
        return [Certificate("limits_conflict", conflict.message, conflict=conflict)]
    territory = least.territories[0] if least.territories else None
    return [Certificate("limits_conflict", conflict.message, least.metric, None, territory, least.least, conflict)]


def _cells(problem: Problem, pairs: IntArray) -> IntArray:
    return np.asarray(pairs[:, 0].astype(np.int64) * problem.n_territories + pairs[:, 1])
