import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from celery import current_app
from django.core.management.base import BaseCommand, CommandError, CommandParser
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from balancing.engine.components import lay_out
from balancing.engine.exceptions import EngineError
from balancing.engine.files import read_problem
from balancing.engine.problem import Problem
from balancing.engine.regions import ROUNDS, Whole
from balancing.engine.verify import Verdict, verify
from balancing.engine.version import ENGINE_VERSION
from balancing.runner.division import Division, Due, Order
from balancing.tasks import OPTIMIZER, go_on

MISSED, REFUSED = 1, 2
ASK_EVERY_S = 0.2
MOST_SILENCES = 10


class Command(BaseCommand):
    help = "Divide a design among the workers of the queue `optimizer`, region by region, and wait for the plan."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("instance", type=Path, help=".npz file, as for python -m balancing.engine")
        parser.add_argument("--tolerance", nargs="+", type=_amount, default=[], metavar="METRIC=FRACTION")
        parser.add_argument("--homes", action="store_true", help="centres are the homes in the file")
        parser.add_argument("--regions", type=int, default=16)
        parser.add_argument("--rounds", type=int, default=ROUNDS)
        parser.add_argument("--effort", type=float, default=1.0, help="multiplies the search steps")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--out", type=Path, default=Path("labels.npy"))
        parser.add_argument("--report", type=Path, help="figures as JSON")
        parser.add_argument("--silence-s", type=float, default=60.0, help="after which what is left is sent again")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._handle(options)
        except EngineError as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        except (OperationalError, RedisError) as error:
            raise CommandError(f"Redis cannot be reached: {error}", returncode=REFUSED) from error

    def _handle(self, options: dict[str, Any]) -> None:
        order = Order(options["regions"], options["rounds"], options["effort"], options["seed"])
        problem = read_problem(options["instance"], dict(options["tolerance"]), with_homes=options["homes"])
        began = time.monotonic()
        whole = Whole.of(problem, order.n_regions, order.parameters)
        reading_s = time.monotonic() - began
        n_processes = _processes()
        if n_processes == 0:
            raise CommandError(f"No worker takes tasks from the queue {OPTIMIZER}.", returncode=REFUSED)
        workers = "1 worker process" if n_processes == 1 else f"{n_processes} worker processes"
        self.stdout.write(f"{problem.n_units:,} units, {problem.n_territories:,} territories, {workers}")
        began = time.monotonic()
        division = Division.begin(whole.problem, order)
        reading_s += time.monotonic() - began
        try:
            seconds = {"reading": reading_s} | self._wait(division, order, options["silence_s"])
            labels = whole.expand(division.plan())
        finally:
            division.remove()
        figures = _figures(problem, verify(problem, labels))
        figures |= {"seconds": seconds, "processes": n_processes, "seed": order.seed, "engine_version": ENGINE_VERSION}
        np.save(options["out"], labels)
        if options["report"]:
            options["report"].write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
        spread = ", ".join(f"{name} ±{100 * worst:.1f} %" for name, worst in figures["worst_deviations"].items())
        self.stdout.write(f"{figures['mean_km']:.2f} km, {spread}, in {sum(seconds.values()):.0f} s")
        if figures["status"] != "within_tolerance":
            raise CommandError("The plan misses a limit; another seed or fewer regions may keep it.", returncode=MISSED)

    def _wait(self, division: Division, order: Order, silence_s: float) -> dict[str, float]:
        """Seconds by step, once the last plan is there. What a dead worker has taken with it is sent again."""
        seconds: dict[str, float] = {}
        go_on(division)
        told, silences, pulse = "", 0, division.pulse
        asked = heard = time.monotonic()
        while (due := division.due()) is not None:
            if division.failure:
                raise CommandError(division.failure, returncode=REFUSED)
            if _words(due, order) != told:
                self.stdout.write(told := _words(due, order))
            time.sleep(ASK_EVERY_S)
            now = time.monotonic()
            seconds[_step(due)] = seconds.get(_step(due), 0.0) + now - asked
            asked = now
            if division.pulse != pulse:
                pulse, heard, silences = division.pulse, now, 0
            elif now - heard > silence_s:
                heard, silences = now, silences + 1
                if silences > MOST_SILENCES:
                    raise CommandError("The workers have fallen silent; nothing was written.", returncode=REFUSED)
                self.stdout.write(f"No sign of life for {silence_s:.0f} s; what is left is sent again")
                go_on(division)
        return seconds


def _processes() -> int:
    """How many processes take tasks from the optimizer's queue."""
    inspect = current_app.control.inspect(timeout=1.0)
    queues, found = inspect.active_queues() or {}, inspect.stats() or {}
    names = [name for name, own in queues.items() if any(queue["name"] == OPTIMIZER for queue in own)]
    return sum(int(found.get(name, {}).get("pool", {}).get("max-concurrency", 1)) for name in names)


def _step(due: Due) -> str:
    if due.number is None:
        return "outline"
    return f"round {due.number + 1}" if due.places else f"joining {due.number + 1}"


def _words(due: Due, order: Order) -> str:
    if due.number is None:
        return f"Outline of {order.n_regions} regions"
    return f"Round {due.number + 1} of {order.rounds}: {due.n_regions - len(due.places)} of {due.n_regions} regions"


def _figures(problem: Problem, verdict: Verdict) -> dict[str, Any]:
    pieces = problem.n_territories + lay_out(problem, from_current=False).unavoidable_pieces
    is_within = verdict.meets(tuple(problem.tolerances), pieces=pieces)
    return {
        "status": "within_tolerance" if is_within else "outside_tolerance",
        "mean_km": verdict.mean_km,
        "worst_deviations": dict(zip(problem.metric_names, verdict.worst_deviations, strict=True)),
        "extra_pieces": max(0, verdict.n_pieces - pieces),
        "broken_locks": int(verdict.broken_locks),
        "broken_forbidden": int(verdict.broken_forbidden),
        "moved_fraction": verdict.moved_fraction,
    }


def _amount(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name, float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: expected METRIC=NUMBER, such as accounts=0.05") from None
