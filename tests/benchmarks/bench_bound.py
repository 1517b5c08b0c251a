"""How long a proof takes and how much it leaves open: the bound at the centres of our own plan, on one core."""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path

from balancing.engine.files import read_problem
from balancing.engine.geometry import great_circle_km
from balancing.engine.parameters import SolveParameters
from balancing.engine.proof import prove
from balancing.engine.solve import solve
from balancing.engine.warm_up import warm_up

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"
LIMITS_S = {"counties_us_k50": 0.3, "acc_100k_k100": 2.0, "acc_1000k_k200": 5.0}
MODES = {"one": {"accounts": 0.05}, "three": {"accounts": 0.05, "revenue": 0.05, "workload": 0.05}}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", nargs="*", default=sorted(LIMITS_S))
    arguments = parser.parse_args()
    if not (BENCH / "instances").is_dir():
        print(f"skipped: no instances at {BENCH.name}/ beside the checkout")
        return 0
    warm_up()
    print(f"{'instance':18s} metrics      km   bound  gap %      s  limit s")
    for name in arguments.instances:
        for mode, tolerances in MODES.items():
            print_row(name, mode, tolerances)
    return 0


def print_row(name: str, mode: str, tolerances: dict[str, float]) -> None:
    problem = read_problem(BENCH / "instances" / f"{name}.npz", tolerances)
    plan = solve(problem, SolveParameters(with_bound=False, effort=0.3))
    primary = problem.weights[:, 0]
    mean_km = float(primary @ great_circle_km(problem.points, plan.centres[plan.labels]) / primary.sum())
    started = time.process_time()
    bound = prove(problem, plan.centres, mean_km)
    seconds = time.process_time() - started
    limit = LIMITS_S.get(name, math.nan)
    print(
        f"{name:18s} {mode:7s} {mean_km:7.2f} {bound.km:7.2f} {100 * (mean_km / bound.km - 1):6.2f} {seconds:6.2f} "
        f"{limit:8.1f}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
