"""Reps who come and go: the same problem with territories added or taken away, to be rebalanced from today's plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from balancing.engine.arrays import FloatArray, IntArray, LongArray
from balancing.engine.exceptions import ProblemError
from balancing.engine.geometry import great_circle_km, normalised
from balancing.engine.problem import UNASSIGNED, Problem

_STEPS = 100
_NEAR_KM = 1e-3


def with_staff(problem: Problem, *, added: int = 0, removed: Sequence[int] = ()) -> Problem:
    """The problem after `added` reps came, numbered last, and those of the `removed` territories (numbers) left.

    What a leaving rep had is unassigned and unlocked. Who stays keeps the proportion of shares and the limits; a new
    rep gets the mean share and no limits, and where others have homes, none yet: see `best_home`.
    Raises ProblemError where a removed territory is unknown or none is left.
    """
    n_territories = problem.n_territories
    unknown = sorted({k for k in removed if not 0 <= k < n_territories})
    if unknown:
        raise ProblemError(f"territory {unknown[0]} cannot be removed, expected one of 0..{n_territories - 1}")
    if added < 0:
        raise ProblemError(f"{added} territories added, expected 0 or more")
    if problem.has_travel and problem.has_homes and added:
        raise ProblemError(
            "travel to the home of a new rep is not known; leave travel out, or add the home and its travel"
        )
    stays = ~np.isin(np.arange(n_territories), list(removed))
    if not stays.any() and added == 0:
        raise ProblemError("all territories are removed; at least one must be left")
    number = np.where(stays, np.cumsum(stays) - 1, UNASSIGNED)
    current = np.where(problem.current >= 0, number[problem.current], UNASSIGNED).astype(np.int32)
    shares = np.concatenate((problem.shares[stays], np.full(added, problem.shares.mean())))
    return replace(
        problem,
        n_territories=len(shares),
        shares=shares / shares.sum(),
        least=_extended(problem.least[stays], added, 0.0),
        most=_extended(problem.most[stays], added, np.inf),
        current=current,
        locked=problem.locked & (current >= 0),
        required=_renumbered(problem.required, number),
        forbidden=_renumbered(problem.forbidden, number),
        frozen=np.concatenate((problem.frozen[stays], np.zeros(added, dtype=np.bool_))),
        travel=problem.travel[:, stays] if problem.has_travel and problem.has_homes else problem.travel,
        homes=_extended(problem.homes[stays], added, np.nan) if problem.has_homes else problem.homes,
    )


def best_home(problem: Problem, labels: IntArray, territory: int) -> FloatArray:
    """The place (3,) of the least mean distance to a territory's units: their weighted geometric median.

    Found by Weiszfeld's steps (1937) from the centroid.
    """
    held = labels == territory
    points, weights = problem.points[held], problem.weights[held, 0]
    if weights.sum() == 0:
        weights = np.ones(len(points))
    place: FloatArray = normalised((weights @ points)[None, :])[0]
    for _ in range(_STEPS):
        pull = weights / np.maximum(_NEAR_KM, great_circle_km(points, place))
        nearer = normalised((pull @ points)[None, :])[0]
        if great_circle_km(nearer, place) < _NEAR_KM:
            break
        place = nearer
    return place


def _extended(rows: FloatArray, added: int, value: float) -> FloatArray:
    return np.concatenate((rows, np.full((added, rows.shape[1]), value)))


def _renumbered(pairs: IntArray, number: LongArray) -> IntArray:
    kept = number[pairs[:, 1]] >= 0
    return np.column_stack((pairs[kept, 0], number[pairs[kept, 1]])).astype(np.int32)
