"""What has to move: rebalancing a plan that drifted out of band, and making room for one more rep.

Today is our plan within 1 %, after which territories grew or shrank (sd 12 %) and accounts changed (sd 10 %), until the
worst is about 25 % off. The flow guide is the least total flow over borders between today's territories that balances
them (a linear program); it is a guide and not a proof, since a move can make a new border. The floor of adding a rep is
what a territory within tolerance must hold.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import linprog

from balancing.engine.files import read_problem
from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import Problem
from balancing.engine.solve import solve
from balancing.engine.staffing import with_staff
from balancing.engine.warm_up import warm_up

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"
TOLERANCE = 0.05
LEAST_MOVES = SolveParameters(max_moved_fraction=1.0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--instances", nargs="*", default=["counties_us_k50", "acc_10k_k50"])
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    if not (BENCH / "instances").is_dir():
        print(f"skipped: no instances at {BENCH.name}/ beside the checkout")
        return 0
    warm_up()
    print(f"{'instance':18s} {'case':12s}  worst %  moved %  guide %  ÷ guide      km      s")
    missed = 0
    for name in arguments.instances:
        problem = drifted(BENCH / "instances" / f"{name}.npz", arguments.seed)
        missed += print_row(name, "rebalance", problem, flow_guide(problem), arguments.seed)
        grown = with_staff(balanced(BENCH / "instances" / f"{name}.npz", arguments.seed), added=1)
        missed += print_row(name, "one more rep", grown, (1 - TOLERANCE) / grown.n_territories, arguments.seed)
    return 1 if missed else 0


def balanced(path: Path, seed: int) -> Problem:
    """The instance with our plan within 1 % as today's."""
    problem = read_problem(path, {"accounts": 0.01})
    today = solve(problem, SolveParameters(with_bound=False), rng=seed).labels
    return replace(problem, current=today, tolerances=np.array([TOLERANCE, np.inf, np.inf]))


def drifted(path: Path, seed: int) -> Problem:
    problem = balanced(path, seed)
    random = np.random.default_rng(seed)
    growth = random.lognormal(0, 0.12, problem.n_territories)
    noise = random.lognormal(0, 0.1, problem.n_units)
    weights = problem.weights.copy()
    weights[:, 0] *= growth[problem.current] * noise
    return replace(problem, weights=weights)


def print_row(name: str, case: str, problem: Problem, guide: float, seed: int) -> int:
    started = time.perf_counter()
    result = solve(problem, LEAST_MOVES, rng=seed)
    seconds = time.perf_counter() - started
    mark = "" if result.feasible else " missed"
    print(
        f"{name:18s} {case:12s} {100 * np.abs(result.deviations[:, 0]).max():8.1f} {100 * result.moved_fraction:8.2f} "
        f"{100 * guide:8.2f} {result.moved_fraction / guide:8.2f} {result.mean_km:7.1f} {seconds:6.2f}{mark}",
        flush=True,
    )
    return int(not result.feasible)


def flow_guide(problem: Problem) -> float:
    """Least part of the primary metric that must cross borders of today's territories to balance them."""
    today, weights = problem.current, problem.weights[:, 0] / problem.weights[:, 0].sum()
    n_territories = problem.n_territories
    loads = np.bincount(today, weights, minlength=n_territories)
    crossing = today[problem.edges]
    borders = np.unique(crossing[crossing[:, 0] != crossing[:, 1]], axis=0)
    corridors = np.unique(np.concatenate((borders, borders[:, ::-1])), axis=0)
    net = np.zeros((n_territories, len(corridors)))
    net[corridors[:, 0], np.arange(len(corridors))] -= 1
    net[corridors[:, 1], np.arange(len(corridors))] += 1
    high, low = problem.shares * (1 + TOLERANCE), problem.shares * (1 - TOLERANCE)
    found = linprog(
        np.ones(len(corridors)), A_ub=np.vstack((net, -net)), b_ub=np.concatenate((high - loads, loads - low))
    )
    return float(found.fun)


if __name__ == "__main__":
    sys.exit(main())
