"""Books of accounts, three metrics within 1 %: distance, gap to the bound and time, beside the targets.

The plans need not hang together, so that no peer is measured beside them: partitioners of graphs connect, and
k-means-constrained balances numbers of accounts only. Times are after compiling.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np

from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import Problem
from balancing.engine.solve import solve
from balancing.engine.warm_up import warm_up
from tests.benchmarks.bench_solve import BENCH, Clock

TOLERANCE, GAP = 0.01, 0.015
LIMITS_S = {"acc_1k_k10": 0.5, "acc_10k_k50": 5.0, "acc_100k_k100": 20.0}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=2)
    arguments = parser.parse_args()
    if not BENCH.is_dir():
        print(f"skipped: no instances at {BENCH.parent.name}/{BENCH.name}/ beside the checkout")
        return 0
    warm_up()
    met = [compare(name, seed) for name in LIMITS_S for seed in range(arguments.seeds)]
    return 0 if all(met) else 1


def compare(name: str, seed: int) -> bool:
    """One line of figures; whether the plan is within tolerance."""
    with np.load(BENCH / "instances" / f"{name}.npz") as file:
        problem = Problem.from_degrees(
            file["lon"], file["lat"], file["W"], [], int(file["K"]), tolerances=[TOLERANCE] * file["W"].shape[1]
        )
    clock = Clock()
    result = solve(problem, SolveParameters(contiguous=False), rng=seed)
    took = clock.read()
    worst = " / ".join(f"{100 * value:.2f}" for value in np.abs(result.deviations).max(axis=0))
    gap = "none" if result.gap is None else f"{100 * result.gap:.2f}"
    print(
        f"{name:14s} seed {seed}  {result.status:17s} worst {worst} %  {result.mean_km:7.2f} km  gap {gap} % "
        f"(target {100 * GAP:.1f})  {took.seconds:.1f} s, cpu {took.processor_seconds:.1f} (target {LIMITS_S[name]})",
        flush=True,
    )
    return result.feasible


if __name__ == "__main__":
    sys.exit(main())
