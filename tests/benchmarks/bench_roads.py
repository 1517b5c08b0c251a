"""All drives from one base over a road graph, minutes and kilometres, beside SciPy's Dijkstra alone on the same arrays.

The search is SciPy's; what is measured is what the kilometres, the tree and the arrays around it cost. Seconds are the
processor's, the least of some runs, the mean over several bases.
The grid is a town of 60,000 crossings with speeds of its own on each street.
Run with `python -m tests.benchmarks.bench_roads`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from balancing.travel.roads.building import build_roads
from balancing.travel.roads.graph import About, RoadGraph

ROADS = Path(__file__).resolve().parents[3] / "shared" / "data" / "roads"
EXTRACTS = ("liechtenstein", "andorra", "baltimore_extract")
LIMIT_S = 0.030
N_BASES, RUNS = 7, 5
N_ROWS, N_COLUMNS = 240, 250


def main() -> int:
    print(f"{'roads':20s} {'places':>8s} {'roads':>8s} {'build s':>8s} {'ms':>7s} {'scipy ms':>9s} scipy÷ours")
    missed = [measure("grid", grid(N_ROWS, N_COLUMNS), build_s=0.0)]
    for name in EXTRACTS:
        path = ROADS / f"{name}.osm.pbf"
        if not path.is_file():
            print(f"{name:20s} skipped: the real data beside the checkout are absent")
            continue
        began = time.process_time()
        graph = build_roads(path, name)
        missed.append(measure(name, graph, build_s=time.process_time() - began))
    return int(any(missed))


def measure(name: str, graph: RoadGraph, *, build_s: float) -> bool:
    """Print one line of the table; whether the limit is missed or the two disagree."""
    bases = np.linspace(0, graph.n_nodes - 1, N_BASES).astype(int).tolist()
    matrix = csr_matrix((graph.minutes, graph.heads, graph.ptr), shape=(graph.n_nodes, graph.n_nodes))
    worst = max(np.abs(graph.from_node(base)[0] - dijkstra(matrix, indices=base)).max() for base in bases)
    ours = np.mean([least_seconds(lambda base=base: graph.from_node(base)) for base in bases])
    scipys = np.mean(
        [least_seconds(lambda base=base: dijkstra(matrix, indices=base, return_predecessors=True)) for base in bases]
    )
    print(
        f"{name:20s} {graph.n_nodes:8,d} {graph.n_edges:8,d} {build_s:8.2f} {1000 * ours:7.2f} {1000 * scipys:9.2f} "
        f"{scipys / ours:10.2f}",
        flush=True,
    )
    return bool(ours > LIMIT_S or worst > 1e-6)


def least_seconds(run: Callable[[], object]) -> float:
    seconds = []
    for _ in range(RUNS):
        started = time.process_time()
        run()
        seconds.append(time.process_time() - started)
    return min(seconds)


def grid(n_rows: int, n_columns: int) -> RoadGraph:
    """Crossings in rows and columns, streets both ways between neighbours, each direction with minutes of its own."""
    number = np.arange(n_rows * n_columns).reshape(n_rows, n_columns)
    east = np.column_stack((number[:, :-1].ravel(), number[:, 1:].ravel()))
    north = np.column_stack((number[:-1].ravel(), number[1:].ravel()))
    pairs = np.concatenate((east, east[:, ::-1], north, north[:, ::-1]))
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    minutes = np.random.default_rng(1).uniform(0.1, 1.0, len(pairs))
    return RoadGraph(
        about=About("grid", "1", "", "", ""),
        ptr=np.searchsorted(pairs[:, 0], np.arange(number.size + 1)).astype(np.int64),
        heads=pairs[:, 1].astype(np.int32),
        minutes=minutes,
        km=np.full(len(pairs), 0.3),
        lon=(np.arange(number.size) % n_columns) / 300.0,
        lat=(np.arange(number.size) // n_columns) / 300.0,
    )


if __name__ == "__main__":
    sys.exit(main())
