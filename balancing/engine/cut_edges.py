"""Fewest cut edges: connected territories with short borders, a border's length being the adjacencies it cuts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from balancing.engine.beginnings import Beginning, from_clean_sheet, from_current
from balancing.engine.cut_annealing import Heat, Steps, anneal_cuts, fill_state
from balancing.engine.cut_state import NONE_YET, CutState, CutTerrain, SplitTree
from balancing.engine.instance import Instance
from balancing.engine.parameters import SolveParameters
from balancing.engine.search import Found
from balancing.engine.stop import Stop

_PENALTY = (100.0, 5_000.0)
_COOL, _WARM, _HOT = (1.0, 0.2), (2.0, 0.3), (5.0, 0.5)
_SWAP_CHANCE = 0.4
_MOST_RESPLITS = 0.04
_AGREEING = 10  # runs that end with the same number of cut edges: more of them would hardly end with fewer
_LEAST_STEPS = 160_000
_STEPS_PER_SPAN = 100_000
_REACH_LIMIT_FROM = 1_000
_REACH = 100


def fewest_cuts(
    instance: Instance, parameters: SolveParameters, seed: int, stop: Stop, watch: Callable[[float, Found], None]
) -> Found:
    """The plan found that cuts fewest edges within the tolerances, else the one nearest to them.

    Found.cost is the number of cut edges, bridges to islands included. Territories are as connected as the
    beginning is, and locked units stay; what a change of today's plan costs is not considered. Several runs are
    made, each from a clean sheet or, where units are locked, from today's plan, and more of them while a tolerance
    is missed. watch is called after each span of a run with the done fraction and the best plan so far.
    """
    beginnings = _beginnings(instance, parameters, seed, stop)
    terrain = CutTerrain.of(instance)
    tree = SplitTree.empty(terrain)
    plan = _Plan(instance, terrain, parameters.effort)
    best: Found | None = None
    ends: list[tuple[float, float]] = []
    for number in range(plan.n_runs * parameters.max_rounds):
        labels = beginnings[number % len(beginnings)].labels
        state = CutState.empty(terrain, labels, seed=seed * 1_000 + number)
        for done in _run(terrain, state, tree, plan, number):
            found = _found(instance, state)
            best = found if best is None or found.is_better_than(best) else best
            watch(min(1.0, (number + done) / plan.n_runs), best)
            if stop(best.cost):
                return best
        ends.append((found.excess, found.cost))
        is_enough = number + 1 >= plan.n_runs or ends.count(min(ends)) >= _AGREEING
        if is_enough and min(ends)[0] == 0:
            break
    assert best is not None
    return best


def _run(terrain: CutTerrain, state: CutState, tree: SplitTree, plan: _Plan, number: int) -> Iterator[float]:
    """One annealing from the state's labels; yields the done fraction after each span."""
    heat = plan.heat(number)
    for span in range(plan.n_spans):
        fractions = (span / plan.n_spans, (span + 1) / plan.n_spans)
        fill_state(terrain, state)  # each time, or the rounding of the sums adds up
        anneal_cuts(terrain, state, tree, heat, plan.steps, fractions, plan.steps_per_span)
        yield fractions[1]


class _Plan:
    """How many runs of how many steps, and how hot; tuned on county, tract and ZIP maps of 16 to 29,000 units."""

    def __init__(self, instance: Instance, terrain: CutTerrain, effort: float) -> None:
        n_units, n_territories = instance.problem.n_units, instance.problem.n_territories
        self.n_runs, per_unit = _runs_and_steps_per_unit(n_units)
        n_steps = max(1, int(effort * max(_LEAST_STEPS, per_unit * n_units)))
        self.n_spans = -(-n_steps // max(_STEPS_PER_SPAN, n_units))
        self.steps_per_span = -(-n_steps // self.n_spans)
        self.steps = Steps(
            swap_chance=_SWAP_CHANCE,
            # A resplit looks at every unit of two territories; this way it takes about half of the time on any map.
            resplit_chance=min(_MOST_RESPLITS, n_territories / (2 * n_units)),
            reach=n_units + 1 if n_units <= _REACH_LIMIT_FROM else _REACH,
        )
        half_band = float((terrain.high - terrain.low).min(initial=np.inf)) / 2
        self._is_coarse = half_band < 1 / n_units

    def heat(self, number: int) -> Heat:
        """Units too large for the bands need heat to pass each other; which of two heats, differs from map to map."""
        if not self._is_coarse:
            return Heat(_COOL, _PENALTY)
        return Heat(_WARM if number % 2 else _HOT, _PENALTY)


def _runs_and_steps_per_unit(n_units: int) -> tuple[int, int]:
    for limit, *plan in ((500, 32, 300), (2_000, 8, 400), (15_000, 2, 500), (50_000, 1, 250)):
        if n_units <= limit:
            return plan[0], plan[1]
    return 1, 60


def _beginnings(instance: Instance, parameters: SolveParameters, seed: int, stop: Stop) -> list[Beginning]:
    problem = instance.problem
    if problem.has_current and (parameters.keeps_current or problem.locked.any()):
        return [from_current(instance, parameters)]
    return from_clean_sheet(instance, parameters, seed, stop)


def _found(instance: Instance, state: CutState) -> Found:
    """The best plan within the bands that the run came by, else the one it is at."""
    is_within = state.best_cuts[0] < NONE_YET
    labels = (state.best_labels if is_within else state.labels).copy()
    loads = np.zeros_like(state.loads)
    np.add.at(loads, labels, instance.terrain.unit_loads)
    return Found(
        labels=labels,
        centres=instance.centres(labels),
        prices=np.zeros_like(state.loads),
        cost=float(state.best_cuts[0] if is_within else state.counters[0]),
        excess=instance.excess(loads),
    )
