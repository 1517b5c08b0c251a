"""`python -m balancing.engine`: the optimizer on files, with the names it has in the code."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from balancing.engine.certificates import certify
from balancing.engine.exceptions import EngineError
from balancing.engine.files import read_labels, read_problem
from balancing.engine.geometry import great_circle_km, weighted_centroids
from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import Problem
from balancing.engine.proof import prove
from balancing.engine.result import Result
from balancing.engine.solve import solve
from balancing.engine.stop import MaxRuntime

_DONE, _MISSED, _REFUSED = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """0: done and within the tolerances; 1: a tolerance is missed or cannot be met; 2: the input is refused."""
    options = _parser().parse_args(arguments)
    try:
        problem = read_problem(options.instance, dict(options.tolerance), with_homes=options.homes)
        return int(options.run(problem, options))
    except EngineError as error:
        print(error, file=sys.stderr)
        return _REFUSED


def _solve(problem: Problem, options: argparse.Namespace) -> int:
    parameters = SolveParameters(effort=options.effort, threads=options.threads, contiguous=not options.books)
    return _report(solve(problem, parameters, stop=_stop(options), rng=options.seed), problem, options)


def _rebalance(problem: Problem, options: argparse.Namespace) -> int:
    if not problem.has_current:
        raise EngineError(f"{options.instance}: no current plan in the file to rebalance")
    parameters = SolveParameters(effort=options.effort, threads=options.threads, max_moved_fraction=options.max_moved)
    return _report(solve(problem, parameters, stop=_stop(options), rng=options.seed), problem, options)


def _bound(problem: Problem, options: argparse.Namespace) -> int:
    labels = read_labels(options.labels, problem)
    centres = problem.homes
    if not problem.has_homes:
        centres = weighted_centroids(problem.points, problem.weights[:, 0], labels, problem.n_territories)
    primary = problem.weights[:, 0]
    mean_km = float(primary @ great_circle_km(problem.points, centres[labels]) / primary.sum())
    bound = prove(problem, centres, mean_km)
    _write(options.report, {"mean_km": mean_km, "bound_km": bound.km, "gap": mean_km / bound.km - 1})
    print(f"{mean_km:.3f} km, {100 * (mean_km / bound.km - 1):.2f} % above the bound. {bound.proves}")
    return _DONE


def _check(problem: Problem, options: argparse.Namespace) -> int:
    certificates = certify(problem)
    _write(options.report, {"certificates": [asdict(certificate) for certificate in certificates]})
    print("\n".join(c.message for c in certificates) or "Nothing speaks against these tolerances.")
    return _MISSED if certificates else _DONE


def _stop(options: argparse.Namespace) -> MaxRuntime | None:
    return None if options.time_limit is None else MaxRuntime(options.time_limit)


def _report(result: Result, problem: Problem, options: argparse.Namespace) -> int:
    np.save(options.out, result.labels)
    worst = np.abs(result.deviations).max(axis=0)
    figures = {
        "status": result.status, "mean_km": result.mean_km, "bound_km": result.bound_km, "gap": result.gap,
        "proves": result.bound_proves, "worst_deviations": dict(zip(problem.metric_names, worst.tolist(), strict=True)),
        "extra_pieces": result.extra_pieces, "moved_fraction": result.moved_fraction, "n_moves": len(result.moves),
        "was_stopped": result.was_stopped, "certificates": [asdict(c) for c in result.certificates],
        "seed": options.seed, "engine_version": result.engine_version,
    }  # fmt: skip
    _write(options.report, figures)
    spread = ", ".join(f"{name} ±{100 * w:.1f} %" for name, w in zip(problem.metric_names, worst, strict=True))
    gap = "" if result.gap is None else f", {100 * result.gap:.2f} % above the bound"
    print(f"{result.status.replace('_', ' ')}: {result.mean_km:.2f} km{gap}; {spread}")
    for certificate in result.certificates:
        print(certificate.message)
    return _DONE if result.feasible else _MISSED


def _write(path: Path | None, figures: dict[str, Any]) -> None:
    if path is not None:
        path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _tolerance(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name, float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: expected METRIC=FRACTION, such as accounts=0.05") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m balancing.engine", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, text in (
        ("solve", _solve, "divide the units among the territories"),
        ("rebalance", _rebalance, "mend today's plan with few moves"),
        ("bound", _bound, "prove how short the distances of a plan could be"),
        ("check", _check, "say what speaks against the tolerances, without solving"),
    ):
        command = commands.add_parser(name, help=text)
        command.set_defaults(run=run)
        command.add_argument("instance", type=Path, help=".npz file")
        command.add_argument("--tolerance", nargs="+", type=_tolerance, default=[], metavar="METRIC=FRACTION")
        command.add_argument("--homes", action="store_true", help="centres are the homes in the file")
        command.add_argument("--report", type=Path, metavar="FILE", help="figures as JSON")
        if name == "bound":
            command.add_argument("--labels", type=Path, required=True, metavar="FILE")
        if name in {"solve", "rebalance"}:
            command.add_argument("--seed", type=int, default=0)
            command.add_argument("--effort", type=float, default=1.0, help="multiplies the search steps")
            command.add_argument("--threads", type=int, default=1, help="searches side by side; the plan is the same")
            command.add_argument("--time-limit", type=float, metavar="SECONDS")
            command.add_argument("--out", type=Path, default=Path("labels.npy"), metavar="FILE")
        if name == "solve":
            command.add_argument("--books", action="store_true", help="territories need not hang together")
        if name == "rebalance":
            command.add_argument("--max-moved", type=float, default=1.0, metavar="FRACTION")
    return parser


if __name__ == "__main__":
    sys.exit(main())
