"""What no plan at all can keep, proved from the statement alone."""

from dataclasses import dataclass, replace
from typing import Any

from balancing.engine.certificates import Certificate, certify
from balancing.problems.aims import RunSettings
from balancing.problems.shares import containing_tolerances, true_tolerance
from balancing.problems.statement import Statement, state_problem
from balancing.problems.wording import certificates
from territory.models import Alignment


@dataclass(frozen=True)
class Outlook:
    """What is known of a run before anything is searched: the size of its problem and why limits cannot be met."""

    n_units: int
    n_territories: int
    certificates: list[dict[str, Any]]
    notes: list[str]


def look_ahead(alignment: Alignment, settings: RunSettings) -> Outlook:
    """Reads what a run would read. Refuses, in words, what no run could start from."""
    stated = state_problem(alignment, settings)
    return Outlook(
        n_units=stated.problem.n_units,
        n_territories=stated.problem.n_territories,
        certificates=certificates(prove_impossible(stated, settings), stated),
        notes=list(stated.notes),
    )


def prove_impossible(stated: Statement, settings: RunSettings) -> list[Certificate]:
    """The engine's certificates under the true tolerances, which they also speak of.

    With named accounts the engine searches within narrower ones; what those rule out may be possible all the same.
    """
    problem, stake = stated.problem, stated.stake
    allowed = containing_tolerances(stake, problem.shares, stated.tolerances)
    limits_moves = settings.start == "current" and problem.has_current
    limit = settings.max_moved_fraction if limits_moves else None
    return [_true(one, stated) for one in certify(replace(problem, tolerances=allowed), limit)]


def _true(found: Certificate, stated: Statement) -> Certificate:
    conflict = found.conflict
    if conflict is not None:
        remedies = tuple(replace(one, least=_least(one.metric, one.least, stated)) for one in conflict.remedies)
        conflict = replace(conflict, remedies=remedies)
    return replace(found, smallest_tolerance=_least(found.metric, found.smallest_tolerance, stated), conflict=conflict)


def _least(metric: str | None, least: float | None, stated: Statement) -> float | None:
    """A tolerance on the engine's targets as one on the true ones; what is about no metric stays as it is."""
    if metric is None or least is None:
        return least
    return true_tolerance(stated.stake, stated.problem.shares, stated.columns.index(metric), least)
