from django.db import transaction
from django.utils import timezone

from accounts.metrics import METRIC_BY_KEY
from balancing.models import Run
from balancing.problems.aims import BALANCED_KEYS, Aim, RunSettings
from balancing.problems.counts import NEEDS_UNITS, check_counts
from balancing.tasks import OPTIMIZE
from territory.models import AccountUnit, Alignment, AlignmentState, BasicUnit, Basis, Territory
from workspace.exceptions import Conflict, Invalid
from workspace.models import JobState, Member
from workspace.services.changes import record_change
from workspace.services.jobs import cancel_job, queue_job

TOLERANCE_MIN, TOLERANCE_MAX = 0.001, 1.0
SEED_MAX = 2**31 - 1
DISTANCE_MIN_KM, DISTANCE_MAX_KM = 1.0, 20_000.0
STARTS = ("current", "scratch")


@transaction.atomic
def start_run(alignment: Alignment, *, actor: Member, settings: RunSettings, idempotency_key: str | None = None) -> Run:
    """Queue an optimizer run on the alignment as it is now. The same idempotency key gives the same run."""
    check_settings(settings)
    check_alignment(alignment)
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


def check_settings(settings: RunSettings) -> None:
    """Refuse, by name and bound, what no run can aim at."""
    if not settings.aims:
        raise Invalid.field("metrics", "choose at least one metric", bound=list(BALANCED_KEYS))
    keys = [aim.key for aim in settings.aims]
    for place, aim in enumerate(settings.aims):
        _check_aim(f"metrics.{place}", aim, keys)
    if sum(aim.is_primary for aim in settings.aims) > 1:
        raise Invalid.field("metrics", "only one metric can be the primary one")
    limit = settings.max_moved_fraction
    if limit is not None and not 0 <= limit <= 1:
        raise Invalid.field("max_moved_fraction", "must be a fraction from 0 to 1", value=limit, bound=[0, 1])
    if settings.start not in STARTS:
        raise Invalid.field("from", "must be current or scratch", value=settings.start, bound=list(STARTS))
    if limit is not None and settings.start == "scratch":
        raise Invalid.field("max_moved_fraction", "a limit on moves needs a start from the current territories")
    _check_reach(settings)
    if not 0 <= settings.seed <= SEED_MAX:
        raise Invalid.field("seed", "is out of range", value=settings.seed, bound=[0, SEED_MAX])


def check_alignment(alignment: Alignment) -> None:
    """Refuse, in words, an alignment that no run could start from. Cheap: nothing is summed."""
    if alignment.basis != Basis.UNITS:
        raise Invalid.field("alignment_id", NEEDS_UNITS)
    if alignment.state == AlignmentState.ARCHIVED:
        raise Conflict(f"“{alignment.name}” is archived; make a copy of it first.")
    here = {"workspace_id": alignment.workspace_id}
    locks = list(Territory.objects.filter(**here, alignment=alignment).values_list("is_locked", flat=True))
    check_counts(
        BasicUnit.objects.filter(**here, layer_id=alignment.unit_layer_id).count(),
        locks.count(False),
        has_accounts=AccountUnit.objects.filter(**here, layer_id=alignment.unit_layer_id).exists(),
        n_locked=locks.count(True),
    )


def _check_aim(field: str, aim: Aim, keys: list[str]) -> None:
    if aim.key == "travel":
        problem = "travel cannot be balanced: it follows from distance, which every run keeps short"
        raise Invalid.field(f"{field}.key", problem, value=aim.key, bound=list(BALANCED_KEYS))
    if aim.key not in METRIC_BY_KEY:
        raise Invalid.field(f"{field}.key", "is not a metric", value=aim.key, bound=list(BALANCED_KEYS))
    if keys.count(aim.key) > 1:
        raise Invalid.field(f"{field}.key", "is named twice", value=aim.key)
    if not TOLERANCE_MIN <= aim.tolerance <= TOLERANCE_MAX:
        bound = [TOLERANCE_MIN, TOLERANCE_MAX]
        raise Invalid.field(f"{field}.tolerance", "must be from 0.1 % to 100 %", value=aim.tolerance, bound=bound)


def _check_reach(settings: RunSettings) -> None:
    limit = settings.max_distance_km
    if limit is None:
        return
    if not settings.use_homes:
        raise Invalid.field("max_distance_km", "a longest distance is measured from the reps' homes: use them")
    if not DISTANCE_MIN_KM <= limit <= DISTANCE_MAX_KM:
        bound = [DISTANCE_MIN_KM, DISTANCE_MAX_KM]
        raise Invalid.field("max_distance_km", "must be from 1 to 20,000 km", value=limit, bound=bound)


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
