"""Reviews of the plan in force: held by hand, or when they are due."""

from datetime import date

import structlog
from django.db import transaction

from balancing.findings.everything import open_findings
from balancing.findings.look import Look
from balancing.models import Review, ReviewSchedule
from balancing.reviews.calendar import next_date
from balancing.reviews.drift import alarms_of, drift_between
from balancing.reviews.figures import metric_figures, territory_figures
from balancing.scorecard.balance import KEYS, measure_balance
from balancing.scorecard.card import known
from balancing.tasks import ALARM
from territory.models import Alignment, AlignmentState
from workspace.exceptions import Conflict
from workspace.models import Member, Role, Team, Workspace
from workspace.services.changes import record_change
from workspace.services.jobs import queue_job
from workspace.tenancy import workspace

log = structlog.get_logger(__name__)


@transaction.atomic
def hold_review(team: Team, *, measured_on: date, actor: Member) -> Review:
    """Now and by hand: every metric is watched with the workspace's tolerance, beside the team's latest review.

    An alarm goes to webhooks; mails are for schedules.
    """
    alignment = live_alignment(team)
    if alignment is None:
        raise Conflict(f"{team.name} has no plan in force. Publish one first.")
    earlier = Review.objects.filter(workspace_id=team.workspace_id, team=team)
    return _hold(alignment, earlier.first(), None, measured_on, actor)


def hold_due_reviews(tenant: Workspace, *, today: date) -> int:
    """Hold what is due, each in a transaction of its own; returns how many. What cannot be held stays due."""
    with workspace(tenant.pk):
        admin = Member.objects.filter(workspace=tenant, role=Role.ADMIN).order_by("id").first()
        if admin is None:
            return 0
        due = ReviewSchedule.objects.filter(workspace=tenant, is_active=True, next_on__lte=today)
        ids = list(due.values_list("pk", flat=True))
    n_held = 0
    for pk in ids:
        try:
            with workspace(tenant.pk):
                n_held += _hold_due(tenant, pk, today, admin)
        except Exception:
            # One team's trouble is not the others'.
            log.exception("review_failed", schedule_id=pk)
    return n_held


def live_alignment(team: Team) -> Alignment | None:
    found = Alignment.objects.filter(workspace_id=team.workspace_id, team=team, state=AlignmentState.LIVE)
    return found.select_related("workspace", "team", "unit_layer").first()


def _hold_due(tenant: Workspace, pk: int, today: date, admin: Member) -> bool:
    """One schedule, once a day. Days that were missed are not made up for: the next due day lies ahead."""
    schedules = ReviewSchedule.objects.select_for_update(of=("self",)).select_related("team", "created_by")
    schedule = schedules.filter(workspace=tenant, pk=pk, is_active=True, next_on__lte=today).first()
    alignment = live_alignment(schedule.team) if schedule is not None else None
    if schedule is None or alignment is None:
        return False
    earlier = Review.objects.filter(workspace=tenant, schedule=schedule)
    is_held = earlier.filter(measured_on=today).exists()
    if not is_held:
        _hold(alignment, earlier.first(), schedule, today, schedule.created_by or admin)
    schedule.next_on = next_date(schedule.every, weekday=schedule.weekday, day=schedule.day, after=today)
    schedule.save(update_fields=["next_on"])
    return not is_held


def _hold(
    alignment: Alignment, before: Review | None, schedule: ReviewSchedule | None, measured_on: date, actor: Member
) -> Review:
    thresholds = schedule.thresholds if schedule is not None else {}
    look = Look(alignment, measure_balance(alignment, thresholds))
    review = Review(
        workspace_id=alignment.workspace_id,
        schedule=schedule,
        team=alignment.team,
        alignment=alignment,
        alignment_name=alignment.name,
        revision=alignment.revision,
        measured_on=measured_on,
        balance_index=known(look.balance.mean_index),
        metrics=metric_figures(look.balance, set(thresholds) if schedule is not None else set(KEYS)),
        territories=territory_figures(look.balance),
        n_findings=len(open_findings(look)),
        held_by=actor,
    )
    if before is not None:
        review.drift = drift_between(before, review)
        index_min = schedule.index_min if schedule is not None else None
        review.alarms = alarms_of(before, review, review.drift, index_min)
    review.save()
    if review.alarms:
        review.job = queue_job(actor=actor, kind=ALARM, payload={"review_id": review.pk})
        review.save(update_fields=["job"])
    record_change(
        actor=actor, subject_kind="review", subject_id=review.pk, operation="hold",
        label=f"Reviewed {alignment.name} on {measured_on}",
    )  # fmt: skip
    return review
