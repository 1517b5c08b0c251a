"""What no plan at all can keep, proved from the statement alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from balancing.engine.certificates import Certificate, certify
from balancing.engine.reach import nearest_home_km
from balancing.engine.reduction import Reduction, reduced
from balancing.problems.aims import RunSettings
from balancing.problems.amounts import label
from balancing.problems.band_proofs import prove_from_bands
from balancing.problems.certificates import least_words, told
from balancing.problems.conflict_words import conflict_words
from balancing.problems.statement import Statement, state_problem
from balancing.problems.whole import whole_problem
from territory.models import Alignment

_NOWHERE = "unit_forbidden_everywhere"  # here only a longest distance forbids
# Told from the numbers themselves, which say more than the engine's sentences (problems.band_proofs).
_FROM_BANDS = {"limit_outside_band", "limits_too_high", "limits_too_low", "unit_too_big", "locked_too_much"}


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
        certificates=prove_impossible(stated),
        notes=list(stated.notes),
    )


def prove_impossible(stated: Statement) -> list[dict[str, Any]]:
    """Certificates about everything there is, with one unit for each group that stays together."""
    whole, settings = whole_problem(stated), stated.settings
    reduction = reduced(whole, contiguous=False)
    limits_moves = settings.start == "current" and stated.problem.has_current
    # What may move is said of the accounts in play.
    in_play = float(stated.problem.totals[0] / whole.totals[0])
    limit = settings.max_moved_fraction * in_play if limits_moves and settings.max_moved_fraction is not None else None
    from_bands, out_of_reach = prove_from_bands(stated), _out_of_reach(stated)
    certificates = certify(reduction.problem, limit, contiguous=settings.connected)
    found = [one for one in certificates if one.code not in _FROM_BANDS]
    if from_bands or out_of_reach:
        # A contradiction among several limits is news only where no single one is to blame.
        found = [one for one in found if one.conflict is None]
    if out_of_reach:
        found = [one for one in found if one.code != _NOWHERE]
    return [_in_words(one, stated, reduction, in_play) for one in found] + from_bands + out_of_reach


def _in_words(found: Certificate, stated: Statement, reduction: Reduction, in_play: float) -> dict[str, Any]:
    if found.conflict is not None:
        detail = conflict_words(found.conflict, stated, in_play)
        return told(found.code, detail, found.metric, found.smallest_tolerance)
    members = np.flatnonzero(reduction.unit == found.unit)
    unit, least = stated.units.names[int(members[0])], found.smallest_tolerance or 0.0
    details = {
        "part_not_divisible": f"The part of the map around {unit} is cut off from the rest, and its "
        f"{label(found.metric)} does not divide into whole territories: {least_words(least)}.",
        _NOWHERE: f"{unit} and the {len(members) - 1:,} units that stay together with it have no home that is near "
        "enough to all of them: allow a longer way, or keep less together.",
    }
    return told(found.code, details.get(found.code, found.message), found.metric, found.smallest_tolerance)


def _out_of_reach(stated: Statement) -> list[dict[str, Any]]:
    """Units that no home is near enough to."""
    limit_km, problem = stated.settings.max_distance_km, stated.problem
    if limit_km is None:
        return []
    nearest_km = nearest_home_km(problem.points, problem.homes)
    far = np.flatnonzero(nearest_km > limit_km)
    if len(far) == 0:
        return []
    farthest = stated.units.names[int(np.argmax(nearest_km))]
    others = f" and {len(far) - 1} more lie" if len(far) > 1 else " lies"
    detail = (
        f"{farthest}{others} farther than {limit_km:,.0f} km from every home; "
        f"a limit of {np.ceil(nearest_km.max()):,.0f} km would reach all."
    )
    return [told(_NOWHERE, detail)]
