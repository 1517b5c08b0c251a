"""Fewest cut edges: published optima of county and tract maps at 0.5 % of even population, and METIS on larger ones.

The optima were proved by mixed-integer programs (Validi and Buchanan, 2022). A seed counts only if its plan has as few
cut edges, is connected, and keeps the published limits on population. Times are after compiling; "to it" is until the
best plan of a seed was found. METIS (pymetis) keeps 5 % of one weight, as ours does there.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from balancing.engine.components import lay_out
from balancing.engine.cut_edges import fewest_cuts
from balancing.engine.instance import Instance
from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import Problem
from balancing.engine.search import Found
from balancing.engine.stop import NoLimit
from balancing.engine.verify import verify
from tests.benchmarks.bench_solve import BENCH, Clock
from tests.benchmarks.peers import run_metis

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "benchmarks"
GRAPHS = {
    "county": "us_county_dualgraphs_2010.json.gz",
    "tract": "us_tract_dualgraphs_2010_IA_ID_NM.json.gz",
}
STATE_CODES = {
    "AL": "01",
    "IA": "19",
    "ID": "16",
    "KS": "20",
    "LA": "22",
    "ME": "23",
    "NE": "31",
    "NM": "35",
    "WV": "54",
}
TOLERANCE = 0.005
LIMIT_S = 10.0
LARGER = ("counties_ga_k6", "acc_1k_k10", "counties_us_k50", "acc_10k_k50", "zips_us_k100")
LARGER_TOLERANCES = (0.05, math.inf, math.inf)


@dataclass(frozen=True)
class Published:
    """A map whose least number of cut edges is proved, and the populations its districts may have."""

    name: str
    problem: Problem
    optimum: int
    least: int
    most: int


@dataclass(frozen=True)
class Run:
    found: Found
    clock: Clock
    seconds_to_best: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--maps", nargs="*", help="such as county-LA; all when left out")
    parser.add_argument("--no-peers", action="store_true", help="leave out the larger maps, beside METIS")
    arguments = parser.parse_args()
    if not DATA.is_dir():
        print(f"skipped: no published maps at {DATA.parent.name}/{DATA.name}/ beside the checkout")
        return 0
    maps = [entry for entry in published_maps() if not arguments.maps or entry.name in arguments.maps]
    clock = Clock()
    divide(maps[0].problem, seed=0, effort=0.01)
    print(f"warm-up (compiling or loading kernels): {clock.read().seconds:.1f} s")
    missed = sum(compare(entry, arguments.seeds) for entry in maps)
    if not arguments.no_peers and not arguments.maps:
        for name in LARGER:
            beside_metis(name)
    return 1 if missed else 0


def published_maps() -> list[Published]:
    """Every map with a proved optimum whose graph is there."""
    graphs = {}
    for level, name in GRAPHS.items():
        with gzip.open(DATA / name, "rt") as file:
            graphs[level] = json.load(file)
    with (DATA / "min_cut_edges_best_known.csv").open() as file:
        rows = list(csv.DictReader(file))
    return [
        Published(
            name=f"{row['level']}-{row['state']}",
            problem=problem_of(graphs[row["level"]][STATE_CODES[row["state"]]], int(row["k"])),
            optimum=int(row["best"]),
            least=int(row["L"]),
            most=int(row["U"]),
        )
        for row in rows
        if row["optimal"] == "True" and STATE_CODES.get(row["state"]) in graphs[row["level"]]
    ]


def problem_of(graph: dict[str, Any], n_territories: int) -> Problem:
    columns = [graph["node_fields"].index(name) for name in ("x_lon", "y_lat", "pop2010")]
    longitudes, latitudes, population = ([node[column] for node in graph["nodes"]] for column in columns)
    edges = [edge[:2] for edge in graph["edges"]]
    return Problem.from_degrees(longitudes, latitudes, population, edges, n_territories, tolerances=TOLERANCE)


def divide(problem: Problem, *, seed: int, effort: float = 1.0) -> Run:
    clock = Clock()
    seconds_to_best, best = 0.0, math.inf

    def watch(fraction: float, found: Found) -> None:
        nonlocal seconds_to_best, best
        if found.excess == 0 and found.cost < best:
            seconds_to_best, best = clock.read().seconds, found.cost

    instance = Instance.of(problem, lay_out(problem, from_current=False))
    found = fewest_cuts(instance, SolveParameters(effort=effort), seed, NoLimit(), watch)
    return Run(found, clock.read(), seconds_to_best)


def compare(entry: Published, n_seeds: int) -> int:
    """Print one map's line; 1 when no seed reached the optimum, or not in time."""
    runs = [divide(entry.problem, seed=seed) for seed in range(n_seeds)]
    reached = [run for run in runs if is_optimal(entry, run.found)]
    hits = f"{len(reached)} of {n_seeds} seeds"
    to_it = statistics.median(run.seconds_to_best for run in reached) if reached else math.inf
    slowest = max(run.clock.seconds for run in runs)
    print(
        f"{entry.name:10s} {entry.problem.n_units:4d} × {entry.problem.n_territories}  optimum {entry.optimum:3d}  "
        f"reached by {hits}  found {sorted(int(run.found.cost) for run in runs)}  median {to_it:5.2f} s to it  "
        f"whole run at most {slowest:5.2f} s (cpu {max(run.clock.processor_seconds for run in runs):5.2f} s)",
        flush=True,
    )
    return int(not reached or min(run.clock.seconds for run in runs) > LIMIT_S)


def is_optimal(entry: Published, found: Found) -> bool:
    problem, labels = entry.problem, found.labels
    population = np.bincount(labels, problem.weights[:, 0], minlength=problem.n_territories)
    is_connected = verify(problem, labels).n_pieces == problem.n_territories
    is_even = population.min() >= entry.least and population.max() <= entry.most
    return bool(is_connected and is_even and count_cuts(problem, labels) == entry.optimum)


def count_cuts(problem: Problem, labels: np.ndarray) -> int:
    return int((labels[problem.edges[:, 0]] != labels[problem.edges[:, 1]]).sum())


def beside_metis(name: str) -> None:
    with np.load(BENCH / "instances" / f"{name}.npz", allow_pickle=False) as file:
        arrays = {key: file[key] for key in file.files}
    problem = Problem.from_degrees(
        arrays["lon"], arrays["lat"], arrays["W"], arrays["E"], int(arrays["K"]), tolerances=LARGER_TOLERANCES
    )
    run = divide(problem, seed=0)
    print(line(name, "ours", problem, run.found.labels, run.clock))
    clock = Clock()
    try:
        labels = run_metis(arrays).astype(np.int32)
    except ImportError:
        print(f"{name:16s} METIS: not installed")
        return
    print(line(name, "METIS", problem, labels, clock.read()), flush=True)


def line(name: str, method: str, problem: Problem, labels: np.ndarray, clock: Clock) -> str:
    verdict = verify(problem, labels)
    return (
        f"{name:16s} {method:6s} cut edges {count_cuts(problem, labels):6,d}  "
        f"deviation {100 * verdict.worst_deviations[0]:4.1f} %  pieces {verdict.n_pieces} of {problem.n_territories}  "
        f"{clock.seconds:6.2f} s (cpu {clock.processor_seconds:6.2f} s)"
    )


if __name__ == "__main__":
    sys.exit(main())
