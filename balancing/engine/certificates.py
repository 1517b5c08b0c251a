"""Proofs, in milliseconds, that a tolerance cannot be met, with the smallest one that could be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balancing.engine.arrays import IntArray
from balancing.engine.components import lay_out, part_weights
from balancing.engine.graph import parts
from balancing.engine.problem import Problem


@dataclass(frozen=True)
class Certificate:
    """One reason why no plan can meet the tolerances; unit and territory say where, by index.

    smallest_tolerance is the least fraction for this metric at which this reason vanishes (None: no
    tolerance helps); other reasons may remain.
    """

    code: str
    message: str
    metric: str | None = None
    unit: int | None = None
    territory: int | None = None
    smallest_tolerance: float | None = None


def certify(problem: Problem) -> tuple[Certificate, ...]:
    """What can be said against a problem before anything is searched."""
    return find_certificates(problem, lay_out(problem, from_current=False).edges)


def find_certificates(problem: Problem, edges: IntArray | None) -> tuple[Certificate, ...]:
    """All reasons found; empty does not prove that a plan exists.

    edges are those a territory may spread over: adjacency plus the links that join islands too light
    for a territory of their own; None: territories need not hang together.
    """
    found = []
    for m in problem.balanced_metrics:
        found += _big_unit(problem, m) + _locked_load(problem, m)
    if edges is not None:
        found += _parts(problem, edges)
    return tuple(found + _nowhere_allowed(problem))


def _big_unit(problem: Problem, m: int) -> list[Certificate]:
    total = float(problem.totals[m])
    unit = int(np.argmax(problem.weights[:, m]))
    size = float(problem.weights[unit, m]) / (total * float(problem.shares.max()))
    needed = size - 1
    if needed <= problem.tolerances[m]:
        return []
    name = problem.metric_names[m]
    message = (
        f"A single unit holds {100 * size:.1f} % of the largest target on {name}; "
        f"the tolerance is {100 * problem.tolerances[m]:g} %, the smallest possible {100 * needed:.1f} %."
    )
    return [Certificate("unit_too_big", message, name, unit, None, needed)]


def _locked_load(problem: Problem, m: int) -> list[Certificate]:
    locked = problem.locked
    held = np.bincount(problem.current[locked], problem.weights[locked, m], minlength=problem.n_territories)
    sizes = held / (problem.totals[m] * problem.shares)
    found = []
    for k in np.flatnonzero(sizes - 1 > problem.tolerances[m]):
        name = problem.metric_names[m]
        message = (
            f"The locked units of one territory alone hold {100 * sizes[k]:.1f} % of its target on {name}; "
            f"the tolerance is {100 * problem.tolerances[m]:g} %, the smallest possible {100 * (sizes[k] - 1):.1f} %."
        )
        found.append(Certificate("locked_too_much", message, name, None, int(k), float(sizes[k] - 1)))
    return found


def _parts(problem: Problem, edges: IntArray) -> list[Certificate]:
    """Connected parts that no whole number of equal territories fits into."""
    n_parts, part = parts(problem.n_units, edges)
    if n_parts == 1 or np.ptp(problem.shares) > 1e-9 or 0 not in problem.balanced_metrics:
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
    pairs: IntArray = np.unique(problem.forbidden, axis=0).reshape(-1, 2)
    counts = np.bincount(pairs[:, 0], minlength=problem.n_units)
    for unit in np.flatnonzero(counts >= problem.n_territories):
        message = f"A unit is forbidden in all {problem.n_territories} territories."
        found.append(Certificate("unit_forbidden_everywhere", message, unit=int(unit)))
    return found
