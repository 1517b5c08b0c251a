"""A plan is judged from the problem alone before any of it is stored."""

import math

import numpy as np

from balancing.engine.result import Result
from balancing.engine.verify import Verdict, verify
from balancing.problems.statement import Statement
from workspace.jobs import JobFailed


def check_result(stated: Statement, result: Result) -> Verdict:
    """The independent verdict; refuses a plan that is not what the engine says it is."""
    problem = stated.problem
    if result.labels.shape != (problem.n_units,) or not np.isin(result.labels, np.arange(problem.n_territories)).all():
        raise JobFailed("The plan leaves units without a territory. Nothing was written.")
    verdict = verify(problem, result.labels)
    claimed = np.abs(result.deviations).max(axis=0)
    faults = {
        "locked units moved": verdict.broken_locks,
        "units in forbidden territories": result.feasible and verdict.broken_forbidden > 0,
        "pieces miscounted": verdict.n_pieces != result.n_pieces,
        "deviations misstated": not np.allclose(claimed, verdict.worst_deviations, atol=1e-6),
        "distance misstated": not math.isclose(verdict.mean_km, result.mean_km, rel_tol=1e-4, abs_tol=1e-3),
    }
    found = [name for name, is_fault in faults.items() if is_fault]
    if found:
        raise JobFailed(f"The plan failed its independent check ({', '.join(found)}). Nothing was written.")
    return verdict
