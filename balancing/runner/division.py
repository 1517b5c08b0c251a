"""A design divided among workers: its files in a folder that all of them reach, and the steps that each may take.

Whatever a step writes appears at once and is the same whoever takes it, and when, and how often: a step that a worker
died in is simply taken again.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

import numpy as np
import structlog
from django.conf import settings

from balancing.engine.arrays import IntArray
from balancing.engine.exceptions import EngineError
from balancing.engine.files import load_problem, save_problem
from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import UNASSIGNED, Problem
from balancing.engine.regions import ROUNDS, Ground, Region, divide, join, outline, region_seed, solve_region

MOST_DEATHS = 3
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Order:
    """What was asked for, besides the problem."""

    n_regions: int
    rounds: int = ROUNDS
    effort: float = 1.0
    seed: int = 0

    @property
    def parameters(self) -> SolveParameters:
        return SolveParameters(effort=self.effort)


@dataclass(frozen=True)
class Due:
    """What is to be done next: the outline where no round has begun, then its open regions, or to join them."""

    number: int | None
    places: tuple[int, ...] = ()
    n_regions: int = 0


class Division:
    """One design's folder; every process makes its own of the name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._folder = Path(settings.MEDIA_ROOT) / "divided" / name

    @classmethod
    def begin(cls, problem: Problem, order: Order) -> "Division":
        """A folder for a problem as `Whole` has it."""
        division = cls(uuid4().hex)
        division._folder.mkdir(parents=True)
        division._write("problem.npz", lambda path: save_problem(path, problem))
        division._write_text("order.json", json.dumps(asdict(order)))
        return division

    def remove(self) -> None:
        """Workers that are still at it notice, and stop."""
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def is_gone(self) -> bool:
        return not self._folder.is_dir()

    @property
    def failure(self) -> str:
        """Why it cannot be done, in a sentence; empty while nothing speaks against it."""
        return self._read_text("failure.txt") if self._has("failure.txt") else ""

    @property
    def pulse(self) -> int:
        """Changes whenever a worker writes or searches."""
        return self._folder.stat().st_mtime_ns

    def due(self) -> Due | None:
        """None when the last plan is there."""
        for number in range(self._order.rounds):
            if self._has(f"plan-{number}.npy"):
                continue
            if not self._has(f"regions-{number}.txt"):
                return Due(None)
            n_regions = self._n_regions(number)
            open_places = (place for place in range(n_regions) if not self._has(f"found-{number}-{place}.npy"))
            return Due(number, tuple(open_places), n_regions)
        return None

    def plan(self) -> IntArray:
        """Labels of the last round's plan."""
        return self._load(f"plan-{self._order.rounds - 1}.npy")

    def attempt(self, step: Callable[..., bool], *arguments: int) -> bool:
        """Take a step, and say whether it was still to be taken; what speaks against the design is written down."""
        if self.is_gone or self.failure:
            return False
        try:
            with self._counted("-".join(map(str, (step.__name__, *arguments)))):
                return step(self, *arguments)
        except EngineError as refusal:
            self._fail(str(refusal))
        except Exception:
            if not self.is_gone:
                log.exception("division_failed", division=self.name, step=step.__name__, arguments=arguments)
                self._fail("Something went wrong on our side; the log of the worker says what.")
        return False

    def outline(self) -> bool:
        """Cut the first regions out of the problem."""
        if self.due() != Due(None):
            return False
        order = self._order
        self._put(0, outline(self._problem(), order.n_regions, order.parameters, stop=self, seed=order.seed))
        return True

    def solve(self, number: int, place: int) -> bool:
        """Plan one region of a round."""
        if self._has(f"found-{number}-{place}.npy"):
            return False
        order, problem = self._order, load_problem(self._folder / f"region-{number}-{place}.npz")
        labels = solve_region(problem, order.parameters, stop=self, seed=region_seed(order.seed, number, place))
        self._save(f"found-{number}-{place}.npy", labels)
        return True

    def join(self, number: int) -> bool:
        """Put the regions of a round together, and cut out the next ones where another round follows."""
        if (due := self.due()) is None or due.number != number or due.places:
            return False
        order, problem = self._order, self._problem()
        unplanned = np.full(problem.n_units, UNASSIGNED, dtype=np.int32)
        before = unplanned if number == 0 else self._load(f"plan-{number - 1}.npy")
        places = range(self._n_regions(number))
        found = (self._load(f"found-{number}-{place}.npy") for place in places)
        labels = join(before, (self._ground(number, place) for place in places), found)
        if number + 1 < order.rounds:
            self._put(number + 1, divide(problem, labels, order.n_regions, number + 1, seed=order.seed))
        self._save(f"plan-{number}.npy", labels)
        return True

    def __call__(self, best_cost: float) -> bool:
        """As a search's stop criterion: a sign of life, and an end to the search where the design was given up."""
        try:
            os.utime(self._folder)
        except FileNotFoundError:
            return True
        return False

    @property
    def _order(self) -> Order:
        return Order(**json.loads(self._read_text("order.json")))

    def _problem(self) -> Problem:
        return load_problem(self._folder / "problem.npz")

    def _n_regions(self, number: int) -> int:
        return int(self._read_text(f"regions-{number}.txt"))

    def _ground(self, number: int, place: int) -> Ground:
        with np.load(self._folder / f"region-{number}-{place}.npz", allow_pickle=False) as file:
            return Ground(file["units"], file["territories"])

    def _put(self, number: int, regions: Sequence[Region]) -> None:
        """The regions of a round; that they are all there is said last."""
        for place, (problem, ground) in enumerate(regions):
            write = partial(save_problem, problem=problem, units=ground.units, territories=ground.territories)
            self._write(f"region-{number}-{place}.npz", write)
        self._write_text(f"regions-{number}.txt", str(len(regions)))

    def _fail(self, sentence: str) -> None:
        self._write_text("failure.txt", sentence)

    @contextmanager
    def _counted(self, step: str) -> Iterator[None]:
        """Leaves a mark where the worker dies in the step; raises EngineError where too many have."""
        deaths = len(list(self._folder.glob(f"attempt-{step}.*")))
        if deaths >= MOST_DEATHS:
            raise EngineError(f"{deaths} workers died in step {step}, most likely for want of memory.")
        mark = self._folder / f"attempt-{step}.{uuid4().hex}"
        mark.touch()
        try:
            yield
        finally:
            mark.unlink(missing_ok=True)

    def _has(self, name: str) -> bool:
        return (self._folder / name).exists()

    def _load(self, name: str) -> IntArray:
        labels: IntArray = np.load(self._folder / name, allow_pickle=False)
        return labels

    def _save(self, name: str, labels: IntArray) -> None:
        def write(path: Path) -> None:
            with path.open("wb") as file:
                np.save(file, labels)

        self._write(name, write)

    def _read_text(self, name: str) -> str:
        return (self._folder / name).read_text(encoding="utf-8")

    def _write_text(self, name: str, text: str) -> None:
        self._write(name, lambda path: path.write_text(text, encoding="utf-8"))

    def _write(self, name: str, write: Callable[[Path], object]) -> None:
        """A file is there in full or not at all; of two workers that write the same one either may be last."""
        unfinished = self._folder / f"{uuid4().hex}.part"
        write(unfinished)
        unfinished.replace(self._folder / name)
