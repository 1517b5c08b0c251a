"""A million accounts in 500 territories, divided among one and two worker processes, beside the plan in one piece.

Seconds are from the problem that was read to the labels, waiting for the workers included. Memory is the most that a
worker's process has held, Python and kernels included. The plan has to be the same whatever the number of processes.
Run with `python -m tests.benchmarks.bench_regions`.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
import numpy as np

from balancing.engine.files import read_problem
from balancing.engine.parameters import SolveParameters
from balancing.engine.solve import solve
from balancing.engine.warm_up import warm_up
from tests.e2e.divided import REDIS, Workplace

PLACES = Path(__file__).resolve().parents[3] / "shared" / "bench" / "instances" / "acc_1000k_k200.npz"
N_TERRITORIES = 500
TOLERANCE = 0.05
LEAST_SPEED_UP = 1 / 0.65
MOST_KM_ABOVE_ONE_PIECE = 0.03


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--regions", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--repeats", type=int, default=1, help="of each number of processes; the least time counts")
    parser.add_argument("--no-one-piece", action="store_true")
    arguments = parser.parse_args()
    if not PLACES.is_file():
        print("skipped: no instances beside the checkout")
        return 0
    if REDIS is None:
        print("skipped: redis-server is not installed")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance.npz"
        with np.load(PLACES, allow_pickle=False) as file:
            kept = {name: file[name] for name in ("lat", "lon", "E")}
            np.savez(instance, **kept, W=file["W"][:, :1], K=N_TERRITORIES)
        print(f"{'':24s} {'s':>6s} {'km':>7s} {'worst %':>8s} {'extra':>5s} {'MB':>5s}")
        place = Workplace(Path(folder))
        with place.redis():
            one, two = (by_regions(place, instance, n, arguments) for n in (1, 2))
        missed = [two["s"] * LEAST_SPEED_UP > one["s"], not np.array_equal(one["labels"], two["labels"])]
        print(f"two ÷ one: {two['s'] / one['s']:.2f} of the time, {'another plan' if missed[1] else 'the same plan'}")
        if not arguments.no_one_piece:
            whole = in_one_piece(instance, arguments.seed)
            print(f"regions ÷ one piece: {one['km'] / whole['km']:.4f} of the km")
            missed.append(one["km"] > whole["km"] * (1 + MOST_KM_ABOVE_ONE_PIECE))
    missed += [one["worst"] > TOLERANCE + 1e-9, one["extra"] > 0]
    return int(any(missed))


def by_regions(place: Workplace, instance: Path, n_processes: int, arguments: argparse.Namespace) -> dict[str, Any]:
    """The quickest of some runs; all of them make the same plan."""
    options = ["--tolerance", f"accounts={TOLERANCE}"]
    for name in ("regions", "rounds", "seed"):
        options += [f"--{name}", str(getattr(arguments, name))]
    reports = []
    with place.workers(n_processes) as worker:
        for _ in range(arguments.repeats):
            done = place.solve(instance, *options)
            if done.returncode == 2:
                raise RuntimeError(done.stderr)
            reports.append(place.report)
        megabytes = place.most_megabytes(worker)
    best = min(reports, key=lambda report: sum(report["seconds"].values()))
    row = {
        "s": sum(best["seconds"].values()),
        "km": best["mean_km"],
        "worst": best["worst_deviations"]["accounts"],
        "extra": best["extra_pieces"],
        "MB": megabytes,
        "labels": place.labels,
    }
    tell(f"{arguments.regions} regions, {n_processes} process{'es' if n_processes > 1 else ''}", row)
    print("   " + ", ".join(f"{step} {seconds:.1f} s" for step, seconds in best["seconds"].items()), flush=True)
    return row


def in_one_piece(instance: Path, seed: int) -> dict[str, Any]:
    warm_up()
    problem = read_problem(instance, {"accounts": TOLERANCE})
    started = time.perf_counter()
    result = solve(problem, SolveParameters(with_bound=False), rng=seed)
    row = {
        "s": time.perf_counter() - started,
        "km": result.mean_km,
        "worst": float(np.abs(result.deviations).max()),
        "extra": result.extra_pieces,
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    tell("one piece", row)
    return row


def tell(name: str, row: dict[str, Any]) -> None:
    figures = f"{row['s']:6.1f} {row['km']:7.3f} {100 * row['worst']:8.2f} {row['extra']:5d} {row['MB']:5.0f}"
    print(f"{name:24s} {figures}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
