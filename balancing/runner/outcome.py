"""What a run stores of its result: before, after, what was proved, and why not where it was not reached."""

from typing import Any

import numpy as np

from balancing.comparison import measure_disruption
from balancing.engine.geometry import great_circle_km
from balancing.engine.result import Result
from balancing.engine.verify import Verdict
from balancing.models import Run
from balancing.problems.aims import Aim, RunSettings
from balancing.problems.data_hash import plan_hash
from balancing.problems.missed import what_was_missed
from balancing.problems.proofs import prove_impossible
from balancing.problems.statement import ROUNDING, Statement
from balancing.problems.wording import status_words
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
    reasons = [] if is_feasible else prove_impossible(stated)
    missed = what_was_missed(stated, stated.loads(result.labels))
    paid_km = result.mean_km + result.soft_km
    return {
        "is_feasible": is_feasible,
        "status": status_words(is_feasible=is_feasible, is_impossible=bool(reasons), has_missed=bool(missed)),
        "mean_km": result.mean_km,
        "before_mean_km": mean_km_today(stated),
        "missed_km": result.soft_km,
        "missed": missed,
        "bound_km": result.bound_km,
        "gap": paid_km / result.bound_km - 1 if result.bound_km and is_feasible else None,
        "bound_proves": result.bound_proves,
        "seconds": seconds,
        "was_stopped": result.was_stopped,
        "n_cut_borders": result.cut_edges,
        "before_cut_borders": cut_borders_today(stated),
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
    """Whether the plan keeps all that must be kept and the limit on moves, and hangs together."""
    is_balanced = stated.is_within(stated.loads(result.labels))
    limit = settings.max_moved_fraction
    moves_kept = limit is None or verdict.moved_fraction <= limit + ROUNDING
    is_whole = verdict.n_empty == 0 and verdict.broken_forbidden == 0 and result.extra_pieces == 0
    return bool(is_balanced and moves_kept and is_whole)


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


def cut_borders_today(stated: Statement) -> int | None:
    """Pairs of neighbouring units that today are in different territories; None without a plan today."""
    problem = stated.problem
    if not problem.has_current:
        return None
    owners = problem.current[problem.edges]
    return int(np.count_nonzero((owners >= 0).all(axis=1) & (owners[:, 0] != owners[:, 1])))


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
    farthest_km = stated.settings.max_distance_km
    if verdict.broken_forbidden and farthest_km is not None:
        far = "1 unit lies" if verdict.broken_forbidden == 1 else f"{verdict.broken_forbidden:,} units lie"
        notes.append(f"In this plan {far} farther from home than {farthest_km:,.0f} km.")
    if result.was_stopped:
        notes.append("The time was up before the search had ended; another run may find another plan.")
    if not stated.stake.is_whole and result.bound_km is not None:
        notes.append("Distance and bound count the accounts that may move, without named ones and locked territories.")
    return notes
