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
        certificates=certificates(prove_impossible(stated), stated),
        notes=list(stated.notes),
    )


def prove_impossible(stated: Statement) -> list[Certificate]:
    """The engine's certificates under the true tolerances, which they also speak of.

    With named accounts the engine searches within narrower ones; what those rule out may be possible all the same.
    """
    problem, stake = stated.problem, stated.stake
    allowed = containing_tolerances(stake, problem.shares, stated.tolerances)
    return [_true(one, stated) for one in certify(replace(problem, tolerances=allowed))]


def _true(found: Certificate, stated: Statement) -> Certificate:
    if found.metric is None or found.smallest_tolerance is None:
        return found
    m = stated.columns.index(found.metric)
    least = true_tolerance(stated.stake, stated.problem.shares, m, found.smallest_tolerance)
    return replace(found, smallest_tolerance=least)
