"""`python -m balancing.engine`: the optimizer on files, with the names it has in the code."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from balancing.engine.alternatives import alternatives
from balancing.engine.certificates import Certificate, certify
from balancing.engine.exceptions import EngineError
from balancing.engine.files import metric_columns, read_labels, read_problem
from balancing.engine.geometry import degrees, great_circle_km
from balancing.engine.parameters import OBJECTIVES, SolveParameters
from balancing.engine.problem import Problem
from balancing.engine.proof import prove
from balancing.engine.reach import beyond_reach
from balancing.engine.result import Result
from balancing.engine.robustness import robustness
from balancing.engine.solve import solve
from balancing.engine.staffing import best_home, with_staff
from balancing.engine.stop import MaxRuntime

_DONE, _MISSED, _REFUSED = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """0: done and within the tolerances; 1: a tolerance is missed or cannot be met; 2: the input is refused."""
    options = _parser().parse_args(arguments)
    try:
        problem = read_problem(options.instance, dict(options.tolerance), with_homes=options.homes)
        return int(options.run(_limited(problem, options), options))
    except EngineError as error:
        print(error, file=sys.stderr)
        return _REFUSED


def _solve(problem: Problem, options: argparse.Namespace) -> int:
    parameters = SolveParameters(
        effort=options.effort, threads=options.threads, objective=options.objective, contiguous=not options.books
    )
    return _report(solve(problem, parameters, stop=_stop(options), rng=options.seed), problem, options)


def _rebalance(problem: Problem, options: argparse.Namespace) -> int:
    _need_current(problem, options)
    changed = with_staff(problem, added=options.add, removed=options.remove)
    parameters = SolveParameters(effort=options.effort, threads=options.threads, max_moved_fraction=options.max_moved)
    return _report(solve(changed, parameters, stop=_stop(options), rng=options.seed), changed, options)


def _alternatives(problem: Problem, options: argparse.Namespace) -> int:
    _need_current(problem, options)
    parameters = SolveParameters(effort=options.effort, threads=options.threads)
    found = alternatives(problem, parameters, stop=_stop(options), rng=options.seed)
    np.save(options.out, np.stack([one.result.labels for one in found]))
    _write(options.report, {"alternatives": [_figures(one.result, problem) for one in found]})
    for one in found:
        print(f"{100 * one.result.moved_fraction:5.1f} % moved: {_line(one.result, problem)}")
    return _DONE if any(one.result.feasible for one in found) else _MISSED


def _bound(problem: Problem, options: argparse.Namespace) -> int:
    labels = read_labels(options.labels, problem)
    primary = problem.weights[:, 0]
    centres = problem.centres(labels, primary)
    mean_km = float(primary @ great_circle_km(problem.points, centres[labels]) / primary.sum())
    bound = prove(problem, centres, mean_km)
    _write(options.report, {"mean_km": mean_km, "bound_km": bound.km, "gap": mean_km / bound.km - 1})
    print(f"{mean_km:.3f} km, {100 * (mean_km / bound.km - 1):.2f} % above the bound. {bound.proves}")
    return _DONE


def _check(problem: Problem, options: argparse.Namespace) -> int:
    certificates = certify(problem, options.max_moved, contiguous=not options.books)
    _write(options.report, {"certificates": [asdict(certificate) for certificate in certificates]})
    print(_told(certificates) or "Nothing speaks against these tolerances.")
    return _MISSED if certificates else _DONE


def _limited(problem: Problem, options: argparse.Namespace) -> Problem:
    """The problem with what the command line adds to the file."""
    least, most, prices = problem.least.copy(), problem.most.copy(), problem.tolerance_prices.copy()
    for limits, wanted in ((least, options.least), (most, options.most)):
        for m, value in metric_columns(problem.metric_names, dict(wanted)):
            limits[:, m] = value
    for m, price_km in metric_columns(problem.metric_names, dict(options.soft)):
        prices[m] = price_km
    limited = replace(problem, least=least, most=most * (1 - options.headroom), tolerance_prices=prices)
    if options.max_km is None:
        return limited
    if not problem.has_homes:
        raise EngineError("--max-km is measured from the homes: it needs --homes")
    return replace(limited, forbidden=beyond_reach(problem.points, problem.homes, options.max_km))


def _need_current(problem: Problem, options: argparse.Namespace) -> None:
    if not problem.has_current:
        raise EngineError(f"{options.instance}: no current plan in the file to start from")


def _stop(options: argparse.Namespace) -> MaxRuntime | None:
    return None if options.time_limit is None else MaxRuntime(options.time_limit)


def _report(result: Result, problem: Problem, options: argparse.Namespace) -> int:
    np.save(options.out, result.labels)
    figures = _figures(result, problem) | {"seed": options.seed}
    if options.robustness:
        judged = robustness(problem, result.labels, samples=options.robustness, rng=options.seed)
        figures |= {"robustness": {"in_band": judged.in_band, "territories": judged.territories.tolist()}}
    _write(options.report, figures)
    print(_line(result, problem))
    if result.certificates:
        print(_told(result.certificates))
    if not result.feasible and not result.certificates:
        print("No certificate was found against it, and no plan either; the tolerances above are kept by this plan.")
    return _DONE if result.feasible else _MISSED


def _told(certificates: tuple[Certificate, ...]) -> str:
    """The first reason of each sort with its place, and how many more there are of it; all are in the report."""
    lines = []
    for code in dict.fromkeys(certificate.code for certificate in certificates):
        alike = [certificate for certificate in certificates if certificate.code == code]
        places = [
            f"{name} {value}"
            for name, value in (("unit", alike[0].unit), ("territory", alike[0].territory))
            if value is not None
        ]
        more = f" ({len(alike) - 1:,} more like it)" if len(alike) > 1 else ""
        lines.append(f"{', '.join(places).capitalize()}: {alike[0].message}{more}" if places else alike[0].message)
    return "\n".join(lines)


def _line(result: Result, problem: Problem) -> str:
    worst = np.abs(result.deviations).max(axis=0)
    spread = ", ".join(f"{name} ±{100 * w:.1f} %" for name, w in zip(problem.metric_names, worst, strict=True))
    gap = "" if result.gap is None else f", {100 * result.gap:.2f} % above the bound"
    return f"{result.status.replace('_', ' ')}: {result.mean_km:.2f} km{gap}; {spread}"


def _figures(result: Result, problem: Problem) -> dict[str, Any]:
    worst = np.abs(result.deviations).max(axis=0)
    return {
        "status": result.status, "mean_km": result.mean_km, "soft_km": result.soft_km, "bound_km": result.bound_km,
        "gap": result.gap, "proves": result.bound_proves,
        "worst_deviations": dict(zip(problem.metric_names, worst.tolist(), strict=True)),
        "cut_edges": result.cut_edges, "extra_pieces": result.extra_pieces, "moved_fraction": result.moved_fraction,
        "moves": [asdict(move) for move in result.moves], "homes": _new_homes(result, problem),
        "was_stopped": result.was_stopped, "certificates": [asdict(c) for c in result.certificates],
        "engine_version": result.engine_version,
    }  # fmt: skip


def _new_homes(result: Result, problem: Problem) -> list[dict[str, Any]]:
    """Best places for reps who have no home while others do, or who are new."""
    held = np.bincount(problem.current[problem.current >= 0], minlength=problem.n_territories)
    is_new = (held == 0) & problem.has_current
    if problem.has_homes:
        is_new |= np.isnan(problem.homes[:, 0])
    found = []
    for k in np.flatnonzero(is_new):
        lat, lon = degrees(best_home(problem, result.labels, int(k)))
        found.append({"territory": int(k), "lat": lat, "lon": lon})
    return found


def _write(path: Path | None, figures: Mapping[str, Any]) -> None:
    if path is not None:
        path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _amount(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name, float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: expected METRIC=NUMBER, such as accounts=0.05") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m balancing.engine", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, text in (
        ("solve", _solve, "divide the units among the territories"),
        ("rebalance", _rebalance, "mend today's plan with few moves, also when reps come or go"),
        ("alternatives", _alternatives, "several plans between today's and a clean sheet"),
        ("bound", _bound, "prove how short the distances of a plan could be"),
        ("check", _check, "say what speaks against the tolerances, without solving"),
    ):
        command = commands.add_parser(name, help=text)
        command.set_defaults(run=run)
        _add_problem(command)
        if name == "bound":
            command.add_argument("--labels", type=Path, required=True, metavar="FILE")
        if name in {"solve", "rebalance", "alternatives"}:
            _add_search(command)
        if name == "solve":
            command.add_argument("--objective", choices=OBJECTIVES, default=OBJECTIVES[0])
        if name in {"solve", "check"}:
            command.add_argument("--books", action="store_true", help="territories need not hang together")
        if name == "rebalance":
            command.add_argument("--max-moved", type=float, default=1.0, metavar="FRACTION")
            command.add_argument("--add", type=int, default=0, metavar="N", help="reps who come")
            command.add_argument("--remove", type=int, nargs="+", default=[], metavar="TERRITORY", help="reps who go")
        if name == "check":
            command.add_argument("--max-moved", type=float, metavar="FRACTION")
    return parser


def _add_problem(command: argparse.ArgumentParser) -> None:
    command.add_argument("instance", type=Path, help=".npz file")
    for name, value, text in (
        ("--tolerance", "FRACTION", "how far from its target every territory may be"),
        ("--soft", "KM", "makes the tolerance soft: km of mean distance that a whole metric out of band is worth"),
        ("--least", "LOAD", "what every territory must have"),
        ("--most", "LOAD", "what every territory may have"),
    ):
        command.add_argument(name, nargs="+", type=_amount, default=[], metavar=f"METRIC={value}", help=text)
    command.add_argument("--headroom", type=float, default=0.0, metavar="FRACTION", help="of every most, kept free")
    command.add_argument("--homes", action="store_true", help="centres are the homes in the file")
    command.add_argument("--max-km", type=float, metavar="KM", help="farthest a unit may be from the home")
    command.add_argument("--report", type=Path, metavar="FILE", help="figures as JSON")


def _add_search(command: argparse.ArgumentParser) -> None:
    command.add_argument("--seed", type=int, default=0)
    command.add_argument("--effort", type=float, default=1.0, help="multiplies the search steps")
    command.add_argument("--threads", type=int, default=1, help="searches side by side; the plan is the same")
    command.add_argument("--time-limit", type=float, metavar="SECONDS")
    command.add_argument("--robustness", type=int, default=0, metavar="N", help="resamples of ±20 %% to judge by")
    command.add_argument("--out", type=Path, default=Path("labels.npy"), metavar="FILE")


if __name__ == "__main__":
    sys.exit(main())
