from django.db import transaction
from django.utils import timezone

from balancing.models import Run
from balancing.problems.aims import RunSettings
from balancing.services.run_settings import check_alignment, check_settings
from balancing.tasks import OPTIMIZE
from territory.models import Alignment
from workspace.exceptions import Conflict
from workspace.models import JobState, Member
from workspace.services.changes import record_change
from workspace.services.jobs import cancel_job, queue_job


@transaction.atomic
def start_run(alignment: Alignment, *, actor: Member, settings: RunSettings, idempotency_key: str | None = None) -> Run:
    """Queue an optimizer run on the alignment as it is now. The same idempotency key gives the same run."""
    check_settings(settings)
    check_alignment(alignment, settings)
    payload = {"alignment_id": alignment.pk}
    job = queue_job(actor=actor, kind=OPTIMIZE, payload=payload, idempotency_key=idempotency_key)
    known = Run.objects.filter(workspace_id=actor.workspace_id, job=job).first()
    if known is not None:
        return known
    if job.kind != OPTIMIZE:
        raise Conflict("This idempotency key was used for something else.")
    run = Run.objects.create(
        workspace_id=actor.workspace_id,
        member=actor,
        alignment=alignment,
        base_revision=alignment.revision,
        settings=settings.as_json(),
        seed=settings.seed,
        job=job,
    )
    _record(run, "start", f"Started an optimizer run on {alignment.name}", actor=actor)
    return run


@transaction.atomic
def cancel_run(run: Run, *, actor: Member) -> Run:
    """Ask a run to stop; nothing of it is written. A finished one stays as it is."""
    run.job = cancel_job(run.job, actor=actor)
    return run


@transaction.atomic
def accept_run(run: Run, *, actor: Member, name: str) -> Alignment:
    """Keep a run's result as a scenario of this name."""
    locked = _locked(run)
    proposal = _proposal(locked)
    proposal.name, proposal.is_proposal = name, False
    before = proposal.revision
    proposal.revision = before + 1
    proposal.save(update_fields=["name", "is_proposal", "revision", "updated_at"])
    locked.accepted_at = timezone.now()
    locked.save(update_fields=["accepted_at"])
    record_change(
        actor=actor,
        subject_kind="alignment",
        subject_id=proposal.pk,
        operation="accept_run",
        label=f"Accepted the optimizer's proposal as {name}",
        revision_before=before,
        revision_after=proposal.revision,
    )
    return proposal


@transaction.atomic
def discard_run(run: Run, *, actor: Member) -> Run:
    """Delete a run's result; the run itself stays, with what it found."""
    locked = _locked(run)
    proposal = _proposal(locked)
    _record(locked, "discard", f"Discarded the optimizer's proposal for {run.alignment.name}", actor=actor)
    locked.result_alignment = None
    locked.save(update_fields=["result_alignment"])
    proposal.delete()
    return locked


def _locked(run: Run) -> Run:
    """The run's row, held until this transaction ends, so that two answers to one proposal cannot both win."""
    runs = Run.objects.select_for_update(of=("self",)).select_related("job", "alignment", "member__user")
    return runs.get(workspace_id=run.workspace_id, pk=run.pk)


def _proposal(run: Run) -> Alignment:
    if run.job.state != JobState.DONE:
        raise Conflict(f"The run is {run.job.state}; it has no proposal to decide on.")
    if run.accepted_at is not None:
        raise Conflict("The proposal was accepted already; it is a scenario of its own now.")
    if run.result_alignment_id is None:
        raise Conflict("The proposal was discarded already.")
    return Alignment.objects.select_for_update().get(workspace_id=run.workspace_id, pk=run.result_alignment_id)


def _record(run: Run, operation: str, label: str, *, actor: Member) -> None:
    record_change(actor=actor, subject_kind="run", subject_id=run.pk, operation=operation, label=label)
