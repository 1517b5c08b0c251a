import time
from typing import Any

from balancing.engine.result import Result
from balancing.engine.version import ENGINE_VERSION
from balancing.models import Run
from balancing.problems.aims import RunSettings
from balancing.problems.statement import Statement, state_problem
from balancing.proposals import write_proposal
from balancing.runner.curve import draw_curve, points_as_json, proposed
from balancing.runner.moves import write_moves
from balancing.runner.outcome import outcome
from balancing.runner.solving import solve_stated
from balancing.runner.verification import check_result
from balancing.runner.watching import Watch
from workspace.jobs import JobFailed, JobRun
from workspace.models import EventKind
from workspace.services.webhooks import announce_event
from workspace.tenancy import workspace

# Solve time, after which the best plan so far is taken; with reading and writing a run stays under half a minute.
SOLVE_S = 25.0


def optimize(job_run: JobRun) -> None:
    """State, solve, verify, write: nothing is written before the plan has passed its check."""
    workspace_id = job_run.job.workspace_id
    job_run.progress(0.01, "Reading units and accounts", phase="reading")
    with workspace(workspace_id):
        record = _record(job_run)
        stated = state_problem(record.alignment, RunSettings.from_json(record.settings))
    started = time.monotonic()
    result, curve = _plans(job_run, stated)
    seconds = time.monotonic() - started
    job_run.check()
    verdict = check_result(stated, result)
    job_run.progress(0.97, "Writing the proposal", phase="writing")
    with workspace(workspace_id):
        record = _record(job_run)
        draft = write_proposal(record, stated, result)
        found = outcome(record, draft, stated, result, verdict, seconds)
        record.result = found | {"n_moves_enough": write_moves(record, stated, result), "curve": curve}
        record.result_alignment = draft
        record.base_revision = stated.alignment.revision
        record.engine_version, record.data_hash = ENGINE_VERSION, stated.data_hash
        record.save()
        announce_event(actor=record.member, kind=EventKind.RUN_DONE, data=_told(record))
        message = f"{record.result['status']} {record.result['n_moves']:,} moves."
        job_run.finish({"run_id": record.pk, "alignment_id": draft.pk}, message=message)


def _told(record: Run) -> dict[str, Any]:
    ids = {"run_id": record.pk, "alignment_id": record.alignment_id, "result_alignment_id": record.result_alignment_id}
    return ids | {name: record.result[name] for name in ("is_feasible", "status", "n_moves")}


def _plans(job_run: JobRun, stated: Statement) -> tuple[Result, list[dict[str, Any]]]:
    """The plan to propose and the curve it was taken from; without a plan today there is no curve."""
    if not stated.settings.with_curve or not stated.problem.has_current:
        watch = Watch(job_run, stated, seconds=SOLVE_S)
        return solve_stated(stated, watch, callbacks=(watch.report,)), []
    points = draw_curve(job_run, stated)
    proposal = proposed(points)
    return proposal.result, points_as_json(points, stated, proposal)


def _record(job_run: JobRun) -> Run:
    runs = Run.objects.select_related("alignment__workspace", "alignment__team", "member")
    record = runs.filter(workspace_id=job_run.job.workspace_id, job_id=job_run.job.pk).first()
    if record is None:
        raise JobFailed("The alignment was deleted; there is nothing left to optimize.")
    return record
