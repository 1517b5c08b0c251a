"""What a run stores of its result: before, after, what was proved, and why not where it was not reached."""

from dataclasses import replace
from typing import Any

import numpy as np

from balancing.comparison import measure_disruption
from balancing.engine.geometry import great_circle_km
from balancing.engine.proof import prove
from balancing.engine.result import Result
from balancing.engine.verify import Verdict
from balancing.models import Run
from balancing.problems.aims import Aim, RunSettings
from balancing.problems.data_hash import plan_hash
from balancing.problems.proofs import prove_impossible
from balancing.problems.shares import containing_tolerances
from balancing.problems.statement import ROUNDING, Statement
from balancing.problems.wording import certificates, status_words
from balancing.scorecard.balance import Balance, measure_balance
from balancing.scorecard.card import known
from territory.models import Alignment


def outcome(
    run: Run, draft: Alignment, stated: Statement, result: Result, verdict: Verdict, seconds: float
) -> dict[str, Any]:
    settings = RunSettings.from_json(run.settings)
    before, after = (measure_balance(which, settings.tolerances) for which in (run.alignment, draft))
    disruption = measure_disruption(run.alignment, draft)
    is_feasible = meets_everything(stated, settings, result, verdict)
    bound_km, bound_proves = proven(stated, result)
    reasons = [] if is_feasible else certificates(prove_impossible(stated, settings), stated)
    return {
        "is_feasible": is_feasible,
        "status": status_words(is_feasible=is_feasible, is_impossible=bool(reasons)),
        "mean_km": result.mean_km,
        "before_mean_km": mean_km_today(stated),
        "bound_km": bound_km,
        "gap": result.mean_km / bound_km - 1 if bound_km and is_feasible else None,
        "bound_proves": bound_proves,
        "seconds": seconds,
        "was_stopped": result.was_stopped,
        "n_pieces": result.n_pieces,
        "extra_pieces": result.extra_pieces,
        "n_moves": int(np.count_nonzero(stated.problem.current != result.labels)) if stated.problem.has_current else 0,
        "n_accounts_moved": disruption.n_accounts_moved,
        "disruption": disruption.fractions(),
        "moved_fraction": verdict.moved_fraction,
        "metrics": [_metric(aim, before, after) for aim in settings.aims],
        "certificates": reasons,
        "notes": _notes(stated, result, verdict),
        "plan_hash": plan_hash(result.labels, stated.units.codes),
    }


def meets_everything(stated: Statement, settings: RunSettings, result: Result, verdict: Verdict) -> bool:
    """Whether the plan keeps each tolerance on the true targets and the limit on moves, and hangs together."""
    is_balanced = stated.is_within(stated.deviations(stated.loads(result.labels)))
    limit = settings.max_moved_fraction
    moves_kept = limit is None or verdict.moved_fraction <= limit + ROUNDING
    is_whole = verdict.n_empty == 0 and verdict.broken_forbidden == 0 and result.extra_pieces == 0
    return bool(is_balanced and moves_kept and is_whole)


def proven(stated: Statement, result: Result) -> tuple[float | None, str]:
    """The lower bound and what it says, under the true tolerances.

    With named accounts the engine searches within narrower ones; a bound under those would promise too much.
    """
    if result.bound_km is None or stated.stake.is_whole:
        return result.bound_km, result.bound_proves
    allowed = containing_tolerances(stated.stake, stated.problem.shares, stated.tolerances)
    bound = prove(replace(stated.problem, tolerances=allowed), result.centres, result.mean_km)
    return bound.km, bound.proves


def mean_km_today(stated: Statement) -> float | None:
    """Mean distance of today's assigned units to their centres, by the engine's yardstick."""
    problem = stated.problem
    held = problem.current >= 0
    weights = problem.weights[held, 0]
    if weights.sum() == 0:
        return None
    centres = problem.centres(problem.current, problem.weights[:, 0])
    kilometres = great_circle_km(problem.points[held], centres[problem.current[held]])
    return float(weights @ kilometres / weights.sum())


def _metric(aim: Aim, before: Balance, after: Balance) -> dict[str, Any]:
    return {
        "key": aim.key,
        "tolerance": aim.tolerance,
        "before_worst": known(before.worst(aim.key)),
        "after_worst": known(after.worst(aim.key)),
        "before_index": known(before.index(aim.key)),
        "after_index": known(after.index(aim.key)),
    }


def _notes(stated: Statement, result: Result, verdict: Verdict) -> list[str]:
    notes = list(stated.notes)
    if verdict.broken_forbidden and stated.max_distance_km is not None:
        far = "1 unit lies" if verdict.broken_forbidden == 1 else f"{verdict.broken_forbidden:,} units lie"
        notes.append(f"In this plan {far} farther from home than {stated.max_distance_km:,.0f} km.")
    if result.was_stopped:
        notes.append("The time was up before the search had ended; another run may find another plan.")
    if not stated.stake.is_whole and result.bound_km is not None:
        notes.append("Distance and bound count the accounts that may move, without named ones and locked territories.")
    return notes
