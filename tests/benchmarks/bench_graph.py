"""Neighbours of bare points, beside the triangulation of SciPy (Qhull) in the same plane.

Seconds are the processor's, the least of some runs; memory is what was held at most beyond the points themselves.
Points on a bent line are what triangulations that take points in order of place find hard. Three in a row are there
closer to straight than either of us can tell, so that edges in common say little.
Run with `python -m tests.benchmarks.bench_graph`.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.spatial import Delaunay

from balancing.engine.arrays import FloatArray, IntArray
from balancing.engine.geometry import stereographic, unit_vectors
from balancing.engine.graph import clean_edges
from balancing.engine.triangulation import neighbour_edges
from balancing.engine.warm_up import warm_up

INSTANCES = Path(__file__).resolve().parents[3] / "shared" / "bench" / "instances"
NAMES = ("acc_10k_k50", "acc_100k_k100", "acc_1000k_k200")
LIMIT_S, LIMIT_MB = 3.0, 250
RUNS = 3


def main() -> int:
    warm_up()
    print(f"{'points':20s} {'edges':>9s} {'s':>7s} {'peer s':>7s} peer÷ours {'MB':>4s} {'in common %':>12s}")
    missed = [measure("bent line", bent_line(50_000), least_in_common=0)]
    for name in NAMES:
        path = INSTANCES / f"{name}.npz"
        if not path.is_file():
            print(f"{name:20s} skipped: no instances beside the checkout")
            continue
        with np.load(path, allow_pickle=False) as file:
            points = unit_vectors(file["lon"], file["lat"])
        missed.append(measure(name, points, least_in_common=0.999))
    return int(any(missed))


def measure(name: str, points: FloatArray, *, least_in_common: float) -> bool:
    """Print one line of the table; whether a limit is missed."""
    seconds, edges = least_seconds(RUNS, lambda: neighbour_edges(points))
    megabytes = most_megabytes(lambda: neighbour_edges(points))
    plane = stereographic(points)
    peer_seconds, found = least_seconds(1, lambda: Delaunay(plane).simplices)
    expected = clean_edges(np.concatenate((found[:, [0, 1]], found[:, [1, 2]], found[:, [2, 0]])))
    in_common = len(np.intersect1d(numbered(edges), numbered(expected))) / len(expected)
    print(
        f"{name:20s} {len(edges):9,d} {seconds:7.2f} {peer_seconds:7.2f} {peer_seconds / seconds:9.1f} "
        f"{megabytes:4.0f} {100 * in_common:12.4f}",
        flush=True,
    )
    return seconds > LIMIT_S or megabytes > LIMIT_MB or in_common < least_in_common


def least_seconds(n_runs: int, run: Callable[[], IntArray]) -> tuple[float, IntArray]:
    seconds = []
    for _ in range(n_runs):
        started = time.process_time()
        found = run()
        seconds.append(time.process_time() - started)
    return min(seconds), found


def most_megabytes(run: Callable[[], IntArray]) -> float:
    tracemalloc.start()
    run()
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return most


def numbered(edges: IntArray) -> np.ndarray:
    return edges[:, 0].astype(np.int64) << 32 | edges[:, 1]


def bent_line(n_points: int) -> FloatArray:
    degrees = np.linspace(-30, 30, n_points)
    return unit_vectors(degrees, degrees)


if __name__ == "__main__":
    sys.exit(main())
