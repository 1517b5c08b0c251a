"""When reviews are held, what they watch, and who is told."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from accounts.metrics import METRIC_BY_KEY
from balancing.models import ReviewSchedule
from balancing.models.review import Every
from balancing.reviews.calendar import next_date
from balancing.scorecard.balance import KEYS
from workspace.exceptions import Conflict, Invalid
from workspace.models import Member, Team
from workspace.roles import READERS
from workspace.services.changes import record_change

TOLERANCE_MIN, TOLERANCE_MAX = 0.001, 1.0
SCHEDULES_MAX = 50
RHYTHM = ("every", "weekday", "day")


@transaction.atomic
def create_schedule(team: Team, *, today: date, actor: Member, **fields: Any) -> ReviewSchedule:
    """First held on the first day that fits, today if it does."""
    if ReviewSchedule.objects.filter(workspace_id=actor.workspace_id).count() >= SCHEDULES_MAX:
        raise Conflict(f"There are {SCHEDULES_MAX} review schedules, the most there may be. Delete one first.")
    schedule = ReviewSchedule(workspace_id=actor.workspace_id, team=team, created_by=actor, **fields)
    _check(schedule)
    schedule.next_on = _first_date(schedule, today)
    schedule.save()
    _record(schedule, "create", f"Scheduled {schedule.name} for {team.name}", actor)
    return schedule


@transaction.atomic
def update_schedule(schedule: ReviewSchedule, *, today: date, actor: Member, **fields: Any) -> ReviewSchedule:
    """With another rhythm, or turned on again, it is next held on the first day that fits from today on."""
    rows = ReviewSchedule.objects.select_for_update(of=("self",)).select_related("team")
    locked = rows.get(workspace_id=actor.workspace_id, pk=schedule.pk)
    patch = {name: [getattr(locked, name), value] for name, value in fields.items() if getattr(locked, name) != value}
    if not patch:
        return locked
    for name, (_, value) in patch.items():
        setattr(locked, name, value)
    _check(locked)
    if locked.is_active and {*RHYTHM, "is_active"} & set(patch):
        locked.next_on = _first_date(locked, today)
    locked.save()
    _record(locked, "update", f"Changed the review schedule {locked.name}", actor, patch)
    return locked


@transaction.atomic
def delete_schedule(schedule: ReviewSchedule, *, actor: Member) -> None:
    """Its reviews stay."""
    _record(schedule, "delete", f"Deleted the review schedule {schedule.name}", actor)
    schedule.delete()


def _check(schedule: ReviewSchedule) -> None:
    _check_rhythm(schedule)
    for key, tolerance in schedule.thresholds.items():
        if key not in METRIC_BY_KEY:
            raise Invalid.field("thresholds", "is not a metric", value=key, bound=list(KEYS))
        if not TOLERANCE_MIN <= tolerance <= TOLERANCE_MAX:
            bound = [TOLERANCE_MIN, TOLERANCE_MAX]
            raise Invalid.field(f"thresholds.{key}", "must be from 0.1 % to 100 %", value=tolerance, bound=bound)
    if schedule.index_min is not None and not 0 <= schedule.index_min <= 100:
        raise Invalid.field("index_min", "must be from 0 to 100", value=schedule.index_min, bound=[0, 100])
    if not schedule.thresholds and schedule.index_min is None:
        raise Invalid.field("thresholds", "name a metric to watch, or the least balance index")
    _check_recipients(schedule.workspace_id, schedule.recipients)


def _check_rhythm(schedule: ReviewSchedule) -> None:
    """What the rhythm does not use is forgotten."""
    if schedule.every == Every.WEEKLY:
        schedule.day = None
        if schedule.weekday is None or not 0 <= schedule.weekday <= 6:
            raise Invalid.field("weekday", "must be from 0 (Monday) to 6", value=schedule.weekday, bound=[0, 6])
    else:
        schedule.weekday = None
        if schedule.day is None or not 1 <= schedule.day <= 31:
            raise Invalid.field("day", "must be a day of the month", value=schedule.day, bound=[1, 31])


def _check_recipients(workspace_id: int, recipients: Iterable[int]) -> None:
    members = Member.objects.filter(workspace_id=workspace_id, pk__in=recipients, role__in=READERS)
    strangers = set(recipients) - set(members.values_list("pk", flat=True))
    if strangers:
        problem = "must be members who may read reviews"
        raise Invalid.field("recipients", problem, value=min(strangers))


def _first_date(schedule: ReviewSchedule, today: date) -> date:
    rhythm = {"weekday": schedule.weekday, "day": schedule.day}
    return next_date(schedule.every, **rhythm, after=today - timedelta(days=1))


def _record(
    schedule: ReviewSchedule, operation: str, label: str, actor: Member, patch: dict[str, Any] | None = None
) -> None:
    record_change(
        actor=actor, subject_kind="review_schedule", subject_id=schedule.pk, operation=operation, label=label,
        patch=patch,
    )  # fmt: skip
