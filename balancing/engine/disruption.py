"""Keeping territories' identities: as few changes of territory as a new plan allows."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from balancing.engine.arrays import FloatArray, IntArray
from balancing.engine.problem import Problem


def moved_fraction(problem: Problem, labels: IntArray) -> float:
    """Share of the primary metric in units that leave their current territory; unassigned units cannot."""
    primary = problem.weights[:, 0]
    moved = (problem.current >= 0) & (labels != problem.current)
    total = float(primary.sum())
    return float(primary[moved].sum()) / total if total > 0 else 0.0


def aligned_territories(problem: Problem, labels: IntArray) -> IntArray:
    """New index of each territory: the renaming within equal shares and limits that keeps most of today's accounts.

    Names that required pairs ask for come first, those that forbidden pairs rule out after all others.
    """
    n_territories = problem.n_territories
    overlap: FloatArray = np.zeros((n_territories, n_territories))
    kept = problem.current >= 0
    # Units without accounts count a little, so that they settle what the accounts leave open.
    weights = problem.weights[kept, 0] + 1e-6 * (problem.weights[:, 0].mean() + 1e-12)
    np.add.at(overlap, (labels[kept], problem.current[kept]), weights)
    traits = np.column_stack((problem.shares, problem.least, np.minimum(problem.most, 1e300)))
    differs = (np.abs(traits[:, None, :] - traits[None, :, :]) > 1e-9).any(axis=2)
    worst = overlap.sum() + 1
    np.add.at(overlap, (labels[problem.required[:, 0]], problem.required[:, 1]), worst)
    np.add.at(overlap, (labels[problem.forbidden[:, 0]], problem.forbidden[:, 1]), -worst)
    overlap[differs] = -worst * (len(problem.forbidden) + len(problem.required) + 1)
    _, renamed = linear_sum_assignment(overlap, maximize=True)
    return np.asarray(renamed, dtype=np.int32)
