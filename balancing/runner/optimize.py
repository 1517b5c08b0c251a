import time

from balancing.engine.parameters import SolveParameters
from balancing.engine.result import Result
from balancing.engine.solve import solve
from balancing.engine.version import ENGINE_VERSION
from balancing.models import Run
from balancing.problems.aims import RunSettings
from balancing.problems.statement import Statement, state_problem
from balancing.proposals import write_proposal
from balancing.runner.moves import write_moves
from balancing.runner.outcome import meets_everything, outcome
from balancing.runner.verification import check_result
from balancing.runner.watching import Watch
from workspace.jobs import JobFailed, JobRun
from workspace.tenancy import workspace

# Solve time, after which the best plan so far is taken; with reading and writing a run stays under half a minute.
SOLVE_S = 25.0
# With named accounts: how surely the search's tolerances keep the true ones, tried in turn (problems.shares).
STRICTNESS = (0.5, 0.8, 1.0)
# How dear it is to change hands when a run starts from today's plan, in multiples of today's mean distance.
DISRUPTION_PRICE = 1.0


def optimize(job_run: JobRun) -> None:
    """State, solve, verify, write: nothing is written before the plan has passed its check."""
    workspace_id = job_run.job.workspace_id
    job_run.progress(0.01, "Reading units and accounts", phase="reading")
    with workspace(workspace_id):
        record = _record(job_run)
        settings = RunSettings.from_json(record.settings)
        stated = state_problem(record.alignment, settings)
    started = time.monotonic()
    watch = Watch(job_run, stated, seconds=SOLVE_S)
    result = _solve(stated, settings, watch)
    seconds = time.monotonic() - started
    verdict = check_result(stated, result)
    job_run.progress(0.97, "Writing the proposal", phase="writing")
    with workspace(workspace_id):
        record = _record(job_run)
        draft = write_proposal(record, stated, result)
        n_moves_enough = write_moves(record, stated, result)
        record.result = outcome(record, draft, stated, result, verdict, seconds) | {"n_moves_enough": n_moves_enough}
        record.result_alignment = draft
        record.base_revision = stated.alignment.revision
        record.engine_version, record.data_hash = ENGINE_VERSION, stated.data_hash
        record.save()
        message = f"{record.result['status']} {record.result['n_moves']:,} moves."
        job_run.finish({"run_id": record.pk, "alignment_id": draft.pk}, message=message)


def _solve(stated: Statement, settings: RunSettings, watch: Watch) -> Result:
    """The first plan that keeps every true limit, trying narrower tolerances in turn; else the narrowest's."""
    parameters = _parameters(settings, stated)
    for strictness in STRICTNESS if not stated.stake.is_whole else STRICTNESS[-1:]:
        result = solve(
            stated.under(strictness=strictness), parameters, stop=watch, rng=settings.seed, callbacks=(watch.report,)
        )
        if result.was_stopped or meets_everything(stated, settings, result, check_result(stated, result)):
            break
    return result


def _record(job_run: JobRun) -> Run:
    runs = Run.objects.select_related("alignment__workspace", "alignment__team")
    record = runs.filter(workspace_id=job_run.job.workspace_id, job_id=job_run.job.pk).first()
    if record is None:
        raise JobFailed("The alignment was deleted; there is nothing left to optimize.")
    return record


def _parameters(settings: RunSettings, stated: Statement) -> SolveParameters:
    from_current = settings.start == "current" and stated.problem.has_current
    return SolveParameters(
        max_moved_fraction=settings.max_moved_fraction if from_current else None,
        disruption_price=DISRUPTION_PRICE if from_current else 0.0,
    )
