"""From what a run is asked for to a plan: the same settings on the same data make the same plan."""

from collections.abc import Sequence

from balancing.engine.parameters import SolveParameters
from balancing.engine.progress import Report
from balancing.engine.result import Result
from balancing.engine.solve import solve
from balancing.engine.stop import Stop
from balancing.problems.aims import RunSettings
from balancing.problems.statement import Statement
from balancing.runner.outcome import meets_everything
from balancing.runner.verification import check_result

# With named accounts: how surely the search's tolerances keep the true ones, tried in turn (problems.shares).
STRICTNESS = (0.5, 0.8, 1.0)
# How dear it is to change hands when a run starts from today's plan, in multiples of today's mean distance.
DISRUPTION_PRICE = 1.0


def solve_stated(
    stated: Statement,
    settings: RunSettings,
    stop: Stop,
    *,
    callbacks: Sequence[Report] = (),
    first: Result | None = None,
) -> Result:
    """The first plan that keeps every true limit, trying narrower tolerances in turn; else the narrowest's.

    first  what the first try has led to, where that is known already
    """
    result = first
    for strictness in strictnesses(stated)[0 if first is None else 1 :]:
        if result is not None and (result.was_stopped or _is_enough(stated, settings, result)):
            break
        parameters = parameters_of(settings, stated)
        problem = stated.under(strictness=strictness)
        result = solve(problem, parameters, stop=stop, rng=settings.seed, callbacks=callbacks)
    assert result is not None
    return result


def strictnesses(stated: Statement) -> tuple[float, ...]:
    return STRICTNESS if not stated.stake.is_whole else STRICTNESS[-1:]


def parameters_of(settings: RunSettings, stated: Statement) -> SolveParameters:
    if settings.start != "current" or not stated.problem.has_current:
        return SolveParameters()
    price = settings.disruption_price
    return SolveParameters(
        max_moved_fraction=settings.max_moved_fraction,
        disruption_price=DISRUPTION_PRICE if price is None else price,
    )


def _is_enough(stated: Statement, settings: RunSettings, result: Result) -> bool:
    return meets_everything(stated, settings, result, check_result(stated, result))
