"""A million accounts in 500 territories, divided among one and two worker processes, beside the plan in one piece.

Seconds are from the problem that was read to the labels, waiting for the workers included; cpu s are those of the
busiest worker process, which tell on a machine that is busy otherwise. Memory is the most that a worker's process has
held, Python and kernels included. The plan has to be the same whatever the number of processes.
Run with `python -m tests.benchmarks.bench_regions`.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
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
TICKS_PER_S = os.sysconf("SC_CLK_TCK")
MOST_TIME_OF_TWO = 0.65  # of what one process takes; processor seconds where others are busy too
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
        print(f"{'':24s} {'s':>6s} {'cpu s':>6s} {'km':>7s} {'worst %':>8s} {'extra':>5s} {'MB':>5s}")
        place = Workplace(Path(folder))
        with place.redis():
            one, two = (by_regions(place, instance, n, arguments) for n in (1, 2))
        is_same = np.array_equal(one["labels"], two["labels"])
        wall, processor = two["s"] / one["s"], two["cpu s"] / one["cpu s"]
        print(f"two ÷ one: {wall:.2f} of the time, {processor:.2f} of the busiest process's, ", end="")
        print("the same plan" if is_same else "another plan")
        missed = [not is_same, min(wall, processor) > MOST_TIME_OF_TWO]
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
            before = processor_seconds(worker)
            done = place.solve(instance, *options)
            if done.returncode == 2:
                raise RuntimeError(done.stderr)
            busiest = float((processor_seconds(worker) - before).max())
            reports.append(place.report | {"processor_seconds": busiest})
        megabytes = most_megabytes(worker)
    best = min(reports, key=lambda report: sum(report["seconds"].values()))
    row = {
        "s": sum(best["seconds"].values()),
        "cpu s": min(report["processor_seconds"] for report in reports),
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
    started, busy = time.perf_counter(), time.process_time()
    result = solve(problem, SolveParameters(with_bound=False), rng=seed)
    row = {
        "s": time.perf_counter() - started,
        "cpu s": time.process_time() - busy,
        "km": result.mean_km,
        "worst": float(np.abs(result.deviations).max()),
        "extra": result.extra_pieces,
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    tell("one piece", row)
    return row


def tell(name: str, row: dict[str, Any]) -> None:
    plan = f"{row['km']:7.3f} {100 * row['worst']:8.2f} {row['extra']:5d}"
    print(f"{name:24s} {row['s']:6.1f} {row['cpu s']:6.1f} {plan} {row['MB']:5.0f}", flush=True)


def most_megabytes(worker: subprocess.Popen[bytes]) -> float:
    """The most memory that any process of a worker has held."""
    lines = [line for child in children(worker) for line in (child / "status").read_text().splitlines()]
    return max(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def processor_seconds(worker: subprocess.Popen[bytes]) -> np.ndarray:
    """What each process of a worker has used so far."""
    figures = [(child / "stat").read_text().rpartition(")")[2].split() for child in children(worker)]
    return np.array([int(user) + int(system) for user, system in (one[11:13] for one in figures)]) / TICKS_PER_S


def children(worker: subprocess.Popen[bytes]) -> list[Path]:
    numbers = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    return [Path("/proc") / number for number in numbers]


if __name__ == "__main__":
    sys.exit(main())
