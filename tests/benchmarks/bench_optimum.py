"""Ours beside the proven optimum of the Hess model (Hess et al., 1965): centres at units, three metrics, no contiguity.

HiGHS proves it on the smallest instance in about a minute. Our plans hang together, which the model does not ask for;
their centres may lie between units, so their distance is also given with each centre moved to its best unit.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, vstack

from balancing.engine.files import read_problem
from balancing.engine.geometry import distance_matrix_km
from balancing.engine.problem import Problem
from balancing.engine.solve import solve
from balancing.engine.warm_up import warm_up

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"
TOLERANCES = {"accounts": 0.05, "revenue": 0.05, "workload": 0.05}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--instances", nargs="*", default=["counties_ga_k6"])
    parser.add_argument("--seeds", type=int, nargs="*", default=[0, 1])
    parser.add_argument("--time-limit", type=float, default=300.0, metavar="SECONDS")
    arguments = parser.parse_args()
    if not (BENCH / "instances").is_dir():
        print(f"skipped: no instances at {BENCH.name}/ beside the checkout")
        return 0
    warm_up()
    for name in arguments.instances:
        problem = read_problem(BENCH / "instances" / f"{name}.npz", TOLERANCES)
        started = time.perf_counter()
        optimum_km, proved_km = hess_optimum(problem, arguments.time_limit)
        print(
            f"{name} Hess model: {optimum_km:.3f} km, none below {proved_km:.3f} "
            f"({time.perf_counter() - started:.0f} s)"
        )
        for seed in arguments.seeds:
            started = time.perf_counter()
            result = solve(problem, rng=seed)
            seconds = time.perf_counter() - started
            at_units = at_best_units(problem, result.labels)
            print(
                f"{name} ours, seed {seed}: {result.mean_km:.3f} km, {at_units:.3f} with centres at units, "
                f"{100 * (at_units / proved_km - 1):.2f} % above ({seconds:.2f} s)"
                f"{'' if result.feasible else ' missed'}"
            )
    return 0


def hess_optimum(problem: Problem, time_limit_s: float) -> tuple[float, float]:
    """Best mean km found and proved: x[i, j] = unit i belongs to the territory centred at unit j."""
    n_units = problem.n_units
    shares = problem.weights / problem.totals
    costs = shares[:, [0]] * distance_matrix_km(problem.points, problem.points)
    pairs = np.arange(n_units * n_units)
    rows, columns = pairs // n_units, pairs % n_units
    ones = np.ones(len(pairs))
    assigned = coo_array((ones, (rows, pairs)), shape=(n_units, len(pairs)))
    opened = coo_array(
        (np.ones(n_units), (np.zeros(n_units, dtype=int), np.arange(n_units) * (n_units + 1))), shape=(1, len(pairs))
    )
    limits = [
        LinearConstraint(vstack((assigned, opened)).tocsr(), *[np.append(np.ones(n_units), problem.n_territories)] * 2)
    ]
    diagonal = columns * (n_units + 1)
    for m in range(problem.n_metrics):
        load = coo_array((shares[rows, m], (columns, pairs)), shape=(n_units, len(pairs)))
        target = 1 / problem.n_territories
        for sign, bound in ((1, 1 + problem.tolerances[m]), (-1, -(1 - problem.tolerances[m]))):
            room = coo_array(
                (np.full(n_units, bound * target), (np.arange(n_units), np.arange(n_units) * (n_units + 1))),
                shape=load.shape,
            )
            limits.append(LinearConstraint((sign * load - room).tocsr(), -np.inf, 0))
    apart = rows != columns
    linked = coo_array((np.ones(apart.sum()), (np.arange(apart.sum()), pairs[apart])), shape=(apart.sum(), len(pairs)))
    linked = linked - coo_array((np.ones(apart.sum()), (np.arange(apart.sum()), diagonal[apart])), shape=linked.shape)
    limits.append(LinearConstraint(linked.tocsr(), -np.inf, 0))
    found = milp(
        costs.ravel(), constraints=limits, integrality=ones, bounds=Bounds(0, 1), options={"time_limit": time_limit_s}
    )
    return float(found.fun), float(found.mip_dual_bound)


def at_best_units(problem: Problem, labels: np.ndarray) -> float:
    """Mean km of a plan with each territory's centre at the unit that suits it best."""
    weights = problem.weights[:, 0] / problem.weights[:, 0].sum()
    total = 0.0
    for k in range(problem.n_territories):
        held = labels == k
        total += float((weights[held] @ distance_matrix_km(problem.points[held], problem.points[held])).min())
    return total


if __name__ == "__main__":
    sys.exit(main())
