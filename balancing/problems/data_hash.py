"""Names for the data of a run and for its plan: the same give the same, whatever the order of rows and their ids."""

import hashlib
from collections.abc import Sequence

import numpy as np

from balancing.engine.problem import Problem
from balancing.problems.shares import Stake


def data_hash(problem: Problem, stake: Stake, tolerances: np.ndarray, codes: Sequence[str]) -> str:
    """SHA-256 over the arrays, with units in the order of their codes."""
    digest = hashlib.sha256("\n".join(codes).encode())
    digest.update("\n".join(problem.metric_names).encode())
    stated = (problem.points, problem.weights, problem.edges, problem.current, problem.homes)
    crossed = (problem.barriers, problem.barrier_prices)
    for array in (*stated, *crossed, tolerances, stake.shares, stake.totals, stake.fixed):
        digest.update(f"{array.dtype.str}{array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def plan_hash(labels: np.ndarray, codes: Sequence[str]) -> str:
    """SHA-256 over each unit's territory, by its place among those in play; of use beside the same `data_hash`."""
    digest = hashlib.sha256("\n".join(codes).encode())
    digest.update(np.ascontiguousarray(labels, dtype=np.int32).tobytes())
    return digest.hexdigest()
