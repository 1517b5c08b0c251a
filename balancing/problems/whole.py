"""The problem with what is fixed in it, for proofs: against everything's targets, as people know them.

Each territory's named accounts are one more unit that it must have, and all locked territories together are one more
territory, which has what they hold and may get nothing else. Who touches whom is not asked here.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from balancing.engine.problem import Problem
from balancing.problems.statement import Statement

FloatArray = NDArray[np.float64]


def whole_problem(stated: Statement) -> Problem:
    """The first units and territories are those of the statement's problem."""
    stake, problem, wanted = stated.stake, stated.problem, stated.wanted
    if stake.is_whole:
        return problem
    fixed, shares = stake.fixed, stake.shares
    if stated.locked.names:
        fixed = np.vstack((fixed, stated.locked.loads.sum(axis=0)))
        shares = np.append(shares, 1 - shares.sum())
    n_units, n_territories = problem.n_units + len(fixed), len(fixed)
    extra = np.arange(n_territories, dtype=np.int32)
    required = np.column_stack((problem.n_units + extra, extra))
    return replace(
        problem,
        points=_padded(problem.points, problem.points[0], n_units),
        weights=np.vstack((problem.weights, fixed)),
        edges=np.column_stack((np.arange(n_units - 1), np.arange(1, n_units))).astype(np.int32),
        n_territories=n_territories,
        shares=shares,
        tolerances=wanted.tolerances,
        least=_padded(wanted.least, 0.0, n_territories),
        most=_padded(wanted.most, np.inf, n_territories),
        current=np.append(problem.current, extra),
        locked=np.zeros(n_units, dtype=np.bool_),
        required=required,
        forbidden=np.vstack((problem.forbidden, _shut(problem, n_territories))),
        groups=np.append(problem.groups, np.full(n_territories, -1, dtype=np.int32)),
        frozen=np.zeros(n_territories, dtype=np.bool_),
        # Without what crossings cost the bound is lower, and still one.
        barriers=problem.barriers[:0],
        barrier_prices=problem.barrier_prices[:0],
        homes=np.zeros((0, 3)),
    )


def _padded(rows: FloatArray, value: FloatArray | float, length: int) -> FloatArray:
    missing = length - len(rows)
    return np.vstack((rows, np.broadcast_to(value, (missing, rows.shape[1]))))


def _shut(problem: Problem, n_territories: int) -> NDArray[np.int32]:
    """No unit in play may go to the locked territories' place."""
    units = np.arange(problem.n_units if n_territories > problem.n_territories else 0, dtype=np.int32)
    return np.column_stack((units, np.full(len(units), problem.n_territories, dtype=np.int32)))
