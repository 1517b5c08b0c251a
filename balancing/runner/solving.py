"""From what a run is asked for to a plan: the same settings on the same data make the same plan."""

from collections.abc import Sequence

from balancing.engine.parameters import SolveParameters
from balancing.engine.progress import Report
from balancing.engine.result import Result
from balancing.engine.solve import solve
from balancing.engine.stop import Stop
from balancing.problems.statement import Statement

# How dear it is to change hands when a run starts from today's plan, in multiples of today's mean distance.
DISRUPTION_PRICE = 1.0


def solve_stated(stated: Statement, stop: Stop, *, callbacks: Sequence[Report] = ()) -> Result:
    parameters = parameters_of(stated)
    return solve(stated.problem, parameters, stop=stop, rng=stated.settings.seed, callbacks=callbacks)


def parameters_of(stated: Statement) -> SolveParameters:
    settings = stated.settings
    if settings.objective == "borders":
        # What is proved is about distances.
        return SolveParameters(objective="cut_edges", with_bound=False)
    if not settings.connected:
        return SolveParameters(contiguous=False)
    if settings.start != "current" or not stated.problem.has_current:
        return SolveParameters()
    price = settings.disruption_price
    return SolveParameters(
        max_moved_fraction=settings.max_moved_fraction,
        disruption_price=DISRUPTION_PRICE if price is None else price,
    )
