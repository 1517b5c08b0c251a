"""Whether a plan stays in band when the figures it was made from are not quite right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balancing.engine.arrays import FloatArray, IntArray
from balancing.engine.problem import Problem

_EXACT = 1e-9


@dataclass(frozen=True, eq=False)
class Robustness:
    """Shares of the resamples in which loads stay in band.

    in_band      all territories on all balanced metrics
    territories  (K, B) each territory on each balanced metric
    """

    in_band: float
    territories: FloatArray


def robustness(
    problem: Problem, labels: IntArray, *, spread: float = 0.2, samples: int = 200, rng: int | np.random.Generator = 0
) -> Robustness:
    """How often a plan keeps its bands when each weight of each unit is off by up to `spread`, evenly and on its own.

    Targets follow the resampled totals; least and most stay what they are. Same rng, same answer.
    """
    random = np.random.default_rng(rng)
    columns = list(problem.balanced_metrics)
    weights, n_territories = problem.weights[:, columns], problem.n_territories
    shares, tolerances = problem.shares[:, None], problem.tolerances[columns]
    least, most = problem.least[:, columns], problem.most[:, columns]
    kept: FloatArray = np.zeros((n_territories, len(columns)))
    n_whole = 0
    for _ in range(samples):
        drawn = weights * random.uniform(1 - spread, 1 + spread, weights.shape)
        loads = np.column_stack([np.bincount(labels, column, minlength=n_territories) for column in drawn.T])
        targets = shares * loads.sum(axis=0)
        far = np.abs(loads - targets) > targets * (tolerances + _EXACT)
        inside = ~far & (loads >= least * (1 - _EXACT)) & (loads <= most * (1 + _EXACT))
        kept += inside
        n_whole += bool(inside.all())
    return Robustness(n_whole / samples, kept / samples)
