"""The way from today's plan to a new one, as a list of single steps in a sensible order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from balancing.engine.annealing import stays_connected
from balancing.engine.arrays import FloatArray, IntArray, LongArray
from balancing.engine.instance import Instance

_LONGEST_LIST = 20_000  # more changes make another plan, not a list of moves
_SCORING_WORK = 2_000_000  # with more moves than its root, several are taken per scoring
_HURRIED_SCORINGS = 20  # once the time is up; up to twice as many where few moves keep territories connected


class Reason(StrEnum):
    """Why a step is in the list, in the order in which reasons are looked for."""

    ASSIGNS_UNASSIGNED = "assigns_unassigned"
    GIVES_UP_OVERLOAD = "gives_up_overload"
    FILLS_SHORTAGE = "fills_shortage"
    SHORTENS_DISTANCE = "shortens_distance"
    EVENS_OUT = "evens_out"
    MAKES_ROOM = "makes_room"


@dataclass(frozen=True)
class Move:
    """One unit's change of territory.

    weights          what it takes along, per metric, in the metric's own unit
    violation_before load beyond the tolerances before this step, in targets summed over territories
    is_connected     whether the territories it touches are in one piece after this step as before it
    metric           name of the metric that the reason is about, or None
    """

    unit: int
    source: int
    target: int
    weights: tuple[float, ...]
    violation_before: float
    violation_after: float
    is_connected: bool
    reason: Reason
    metric: str | None
    distance_change_km: float


def ordered_moves(
    instance: Instance, labels: IntArray, centres: FloatArray, *, is_over: Callable[[], bool] = lambda: False
) -> tuple[Move, ...]:
    """Steps from the current plan to labels: first what mends most, connected at each step where possible.

    Empty without a current plan, and where more than 20,000 units change. `is_over` is asked before each look at what
    is left; from its first yes on, the rest is listed after few more looks.
    """
    problem = instance.problem
    if not problem.has_current or np.count_nonzero(problem.current != labels) > _LONGEST_LIST:
        return ()
    return tuple(_Ordering(instance, labels, centres).run(is_over))


class _Ordering:
    def __init__(self, instance: Instance, labels: IntArray, centres: FloatArray) -> None:
        problem = instance.problem
        self._problem, self._graph, self._goal = problem, instance.graph, labels
        self._loads_of = instance.unit_loads(labels, centres)
        terrain = instance.terrain
        self._targets, self._aims = problem.shares[:, None], terrain.aims
        self._low, self._high = terrain.low, terrain.high
        self._names = [problem.metric_names[m] for m in problem.balanced_metrics]
        self._now = problem.current.astype(np.int32)
        assigned = self._now >= 0
        self._loads = np.zeros((problem.n_territories, len(self._names)))
        np.add.at(self._loads, self._now[assigned], self._loads_of[assigned])
        self._violated = self._violation()
        self._kilometres = instance.ways(labels, centres)
        self._kilometres = self._kilometres - instance.ways(np.where(assigned, self._now, labels), centres)
        self._stamps = np.zeros(problem.n_units, dtype=np.int64)
        self._queue = np.zeros(problem.n_units + 1, dtype=np.int32)
        self._counters = np.zeros(3, dtype=np.int64)

    def run(self, is_over: Callable[[], bool]) -> list[Move]:
        waiting = np.flatnonzero(self._now != self._goal)
        batch = max(1, len(waiting) ** 2 // _SCORING_WORK)
        hurried = 1 + len(waiting) // _HURRIED_SCORINGS
        moves: list[Move] = []
        while len(waiting):
            is_hurried = is_over()
            batch = max(batch, hurried) if is_hurried else batch
            order = np.argsort(self._scores(waiting), kind="stable")
            taken = []
            for place in order[: 2 * batch] if is_hurried else order:
                if self._is_smooth(int(waiting[place])):
                    moves.append(self._take(int(waiting[place]), is_connected=True))
                    taken.append(place)
                    if len(taken) == batch:
                        break
            missing = (batch + 1) // 2 - len(taken) if is_hurried else 1 - len(taken)
            if missing > 0:
                others = order[~np.isin(order, taken)][:missing].tolist()
                moves += [self._take(int(waiting[place]), is_connected=False) for place in others]
                taken += others
            waiting = np.delete(waiting, taken)
        return moves

    def _scores(self, units: LongArray) -> FloatArray:
        """Change of total violation (and, much less, of total deviation) by each single move."""
        loads, sources, targets = self._loads_of[units], self._now[units], self._goal[units]
        change = self._burden(self._loads[targets] + loads, targets)
        change -= self._burden(self._loads[targets], targets)
        lost = self._burden(self._loads[sources] - loads, sources) - self._burden(self._loads[sources], sources)
        return np.asarray(change + np.where(sources >= 0, lost, 0.0))

    def _burden(self, loads: FloatArray, territories: IntArray) -> FloatArray:
        beyond = np.maximum(0, np.maximum(loads - self._high[territories], self._low[territories] - loads))
        deviations = np.abs(loads - self._aims[territories])
        return np.asarray(((beyond + 1e-3 * deviations) / self._targets[territories]).sum(axis=1))

    def _violation(self) -> float:
        beyond = np.maximum(0, np.maximum(self._loads - self._high, self._low - self._loads))
        return float((beyond / self._targets).sum())

    def _is_smooth(self, unit: int) -> bool:
        """Whether the unit touches its new territory and its old one holds together without it, if they need to."""
        starts, neighbours = self._graph
        if len(neighbours) == 0:
            return True
        around = self._now[neighbours[starts[unit] : starts[unit + 1]]]
        if not (around == self._goal[unit]).any():
            return False
        if self._now[unit] < 0:
            return True
        return bool(
            stays_connected(
                starts,
                neighbours,
                self._now,
                self._stamps,
                self._queue,
                self._counters,
                unit,
                len(self._now) + 1,
            )
        )

    def _take(self, unit: int, *, is_connected: bool) -> Move:
        source, target = int(self._now[unit]), int(self._goal[unit])
        before = self._violated
        reason, metric = self._reason(unit, source, target)
        if source >= 0:
            self._loads[source] -= self._loads_of[unit]
        self._loads[target] += self._loads_of[unit]
        self._now[unit] = target
        self._violated = self._violation()
        return Move(
            unit=unit,
            source=source,
            target=target,
            weights=tuple(float(weight) for weight in self._problem.weights[unit]),
            violation_before=before,
            violation_after=self._violated,
            is_connected=is_connected,
            reason=reason,
            metric=metric,
            distance_change_km=float(self._kilometres[unit]),
        )

    def _reason(self, unit: int, source: int, target: int) -> tuple[Reason, str | None]:
        if source < 0:
            return Reason.ASSIGNS_UNASSIGNED, None
        carried = self._loads_of[unit] > 0
        shares = self._problem.shares
        for reason, reached in (
            (Reason.GIVES_UP_OVERLOAD, (self._loads[source] - self._high[source]) / shares[source] * carried),
            (Reason.FILLS_SHORTAGE, (self._low[target] - self._loads[target]) / shares[target] * carried),
        ):
            if len(reached) and reached.max() > 0:
                return reason, self._names[int(np.argmax(reached))]
        if self._kilometres[unit] < 0:
            return Reason.SHORTENS_DISTANCE, None
        evens = (self._loads[source] / shares[source] - self._loads[target] / shares[target]) * carried
        if len(evens) and evens.max() > 0:
            return Reason.EVENS_OUT, self._names[int(np.argmax(evens))]
        return Reason.MAKES_ROOM, None
