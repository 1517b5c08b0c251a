"""Solve the public instances and judge every plan, ours and the peers', by the same outside script.

`P1` balances accounts within 5 %; `P3` also revenue and workload within 15 %, `P4` within 5 %. Peers balance one
weight only and appear under `P1` (see peers). Times are after one warm-up solve and ours include the bound; on a
shared machine the processor seconds are the fairer ones.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from balancing.engine.problem import Problem
from balancing.engine.solve import solve
from balancing.engine.warm_up import warm_up
from tests.benchmarks.peers import Peer, peers_for

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"
LARGEST = 1_000_000
MODES = {"P1": (0.05, math.inf, math.inf), "P3": (0.05, 0.15, 0.15), "P4": (0.05, 0.05, 0.05)}
METRICS = ("accounts", "revenue", "workload")


class Clock:
    """Wall and processor seconds since it was made."""

    def __init__(self) -> None:
        self._wall, self._processor = time.perf_counter(), time.process_time()

    def read(self) -> Clock:
        self.seconds = time.perf_counter() - self._wall
        self.processor_seconds = time.process_time() - self._processor
        return self


@dataclass(frozen=True)
class Row:
    method: str
    clock: Clock
    verdict: dict[str, Any]
    gap: float | None = None

    @property
    def km(self) -> float:
        return float(self.verdict["mean_km"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--instances", nargs="*", help="names; all up to --largest units when left out")
    parser.add_argument("--modes", nargs="*", choices=sorted(MODES), default=["P1", "P3", "P4"])
    parser.add_argument("--largest", type=int, default=LARGEST, help="units of the largest instance taken")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--slow-peers", action="store_true", help="also those that take minutes")
    arguments = parser.parse_args()
    if not (BENCH / "verify.py").is_file():
        print(f"skipped: no instances at {BENCH.name}/ beside the checkout")
        return 0
    clock = Clock()
    warm_up()
    print(f"warm-up (compiling or loading kernels): {clock.read().seconds:.1f} s")
    print(
        f"{'instance':18s} mode {'method':28s} {'dev % accounts/revenue/workload':>31s} {'km':>7s} km÷ours extra "
        f"{'gap %':>6s} {'s':>6s} {'cpu s':>6s} cpu÷ours"
    )
    missed = 0
    for path in sorted((BENCH / "instances").glob("*.npz")):
        if arguments.instances and path.stem not in arguments.instances:
            continue
        with np.load(path, allow_pickle=False) as file:
            instance = {name: file[name] for name in file.files}
        if len(instance["W"]) > arguments.largest:
            print(f"{path.stem:18s} skipped: {len(instance['W']):,} units, more than {arguments.largest:,}")
            continue
        for mode in arguments.modes:
            peers = {} if arguments.no_peers or mode != "P1" else peers_for(instance, slow=arguments.slow_peers)
            missed += compare(path, instance, mode, arguments.seed, peers)
    return 1 if missed else 0


def compare(path: Path, instance: dict[str, np.ndarray], mode: str, seed: int, peers: dict[str, Peer]) -> int:
    """Print one block of the table; 1 when our plan misses a tolerance, 0 otherwise."""
    ours = our_row(path, instance, mode, seed)
    rows = [ours, *(peer_row(path, mode, name, run, instance) for name, run in peers.items())]
    for row in rows:
        if row.verdict:
            print(line(path.stem, mode, row, ours), flush=True)
        else:
            print(f"{path.stem:18s} {mode:4s} {row.method}: not installed")
    expected = not path.stem.endswith("infeasible")
    return int(expected and not ours.verdict["ok"])


def our_row(path: Path, instance: dict[str, np.ndarray], mode: str, seed: int) -> Row:
    clock = Clock()
    problem = Problem.from_degrees(
        instance["lon"],
        instance["lat"],
        instance["W"],
        instance["E"],
        int(instance["K"]),
        tolerances=MODES[mode],
        metric_names=METRICS,
    )
    result = solve(problem, rng=seed)
    clock.read()
    for certificate in result.certificates:
        print(f"{path.stem:18s} {mode:4s} {certificate.message}")
    return Row("ours", clock, judge(path, result.labels, MODES[mode]), result.gap)


def peer_row(
    path: Path,
    mode: str,
    name: str,
    run: Peer,
    instance: dict[str, np.ndarray],
) -> Row:
    clock = Clock()
    try:
        labels = run(instance)
    except ImportError:
        return Row(name, clock.read(), {})
    return Row(name, clock.read(), judge(path, labels, MODES[mode]))


def judge(path: Path, labels: np.ndarray, tolerances: tuple[float, ...]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "labels.npy"
        np.save(plan, np.asarray(labels, dtype=np.int32))
        command = [sys.executable, str(BENCH / "verify.py"), str(path), str(plan), "--json", "--tolerance"]
        output = subprocess.run([*command, *map(str, tolerances)], capture_output=True, text=True, check=False)
    if not output.stdout:
        raise RuntimeError(f"the judge failed on {path.name}: {output.stderr}")
    verdict: dict[str, Any] = json.loads(output.stdout)
    return verdict


def line(name: str, mode: str, row: Row, ours: Row) -> str:
    deviations = " / ".join(f"{value:.1f}" for value in row.verdict["worst_deviation_pct"])
    mark = "" if row.verdict["ok"] else " missed"
    gap = "" if row.gap is None else f"{100 * row.gap:.2f}"
    return (
        f"{name:18s} {mode:4s} {row.method + mark:28s} {deviations:>31s} {row.km:7.1f} {row.km / ours.km:7.3f} "
        f"{row.verdict['extra_pieces']!s:>5s} {gap:>6s} {row.clock.seconds:6.2f} {row.clock.processor_seconds:6.2f} "
        f"{row.clock.processor_seconds / ours.clock.processor_seconds:8.2f}"
    )


if __name__ == "__main__":
    sys.exit(main())
