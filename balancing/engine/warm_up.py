"""Compiles the kernels, or loads them from numba's cache, before anybody waits for them."""

from dataclasses import replace

import numpy as np

from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import Problem
from balancing.engine.solve import solve
from balancing.engine.triangulation import neighbour_edges

_SIDE = 6


def warm_up() -> None:
    """Solve a grid so small that only loading the kernels takes time, in every way there is; for a worker's start."""
    rows, columns = np.divmod(np.arange(_SIDE * _SIDE), _SIDE)
    right = [(i, i + 1) for i in range(_SIDE * _SIDE) if columns[i] < _SIDE - 1]
    down = [(i, i + _SIDE) for i in range(_SIDE * (_SIDE - 1))]
    current = (columns * 3 // _SIDE).astype(np.int32)
    problem = Problem.from_degrees(
        columns / 10, rows / 10, np.ones(_SIDE * _SIDE), right + down, 3, tolerances=0.05, current=current
    )
    neighbour_edges(problem.points)
    quick = SolveParameters(starts=1, effort=0.01, max_rounds=1)
    for parameters in (quick, replace(quick, contiguous=False), replace(quick, objective="cut_edges")):
        solve(problem, parameters)
