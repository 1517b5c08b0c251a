"""An alarm goes out once: to webhooks, and to the recipients of its schedule by mail."""

from datetime import datetime
from typing import Any

from balancing.engine.moves import Move
from balancing.models import AlarmMail, Review
from balancing.reviews.fix import Mending, fix_of, least_moves, state_mending
from workspace.jobs import JobRun
from workspace.models import EventKind, JobState, Member
from workspace.roles import READERS
from workspace.services.webhooks import announce_event
from workspace.tenancy import workspace

# Of a job that ended without telling.
ENDED = (JobState.FAILED, JobState.CANCELLED)


def mend_and_tell(run: JobRun, *, now: datetime) -> None:
    """A review's job: look for the smallest fix, then tell. Reads and writes are short; the search is between them."""
    where = run.job.workspace_id
    with workspace(where):
        review = _untold(run)
        mending = state_mending(review) if review is not None else None
    moves: tuple[Move, ...] = ()
    if mending is not None:
        run.progress(0.2, "Looking for the smallest fix")
        moves = least_moves(mending)
    with workspace(where):
        review = _untold(run)
        if review is not None:
            tell_alarm(review, mending, moves, now=now)
        run.finish({"review_id": run.job.payload["review_id"], "n_moves": len(moves)})


def tell_left_over(workspace_id: int, *, now: datetime) -> int:
    """Alarms whose job has failed or is gone go out without moves. Call it inside the workspace; returns how many."""
    rows = Review.objects.filter(workspace_id=workspace_id, told_at__isnull=True).exclude(alarms=[])
    left = [review for review in _locked(rows) if review.job is None or review.job.state in ENDED]
    for review in left:
        tell_alarm(review, None, (), now=now)
    return len(left)


def tell_alarm(review: Review, mending: Mending | None, moves: tuple[Move, ...], *, now: datetime) -> None:
    """Event, mails and the mark that they went out stand or fall together."""
    review.fix, review.told_at = fix_of(review, mending, moves), now
    review.save(update_fields=["fix", "told_at"])
    actor = review.held_by or Member.objects.filter(workspace_id=review.workspace_id).order_by("id").first()
    if actor is not None:
        announce_event(actor=actor, kind=EventKind.ALARM, data=_told(review))
    AlarmMail.objects.bulk_create(
        AlarmMail(workspace_id=review.workspace_id, review=review, member=member, next_attempt_at=now)
        for member in _recipients(review)
    )


def _recipients(review: Review) -> list[Member]:
    """Those who are members still, and may read reviews."""
    if review.schedule is None:
        return []
    members = Member.objects.filter(workspace_id=review.workspace_id, pk__in=review.schedule.recipients)
    return list(members.filter(role__in=READERS, user__is_active=True).order_by("id"))


def _untold(run: JobRun) -> Review | None:
    rows = Review.objects.filter(workspace_id=run.job.workspace_id, pk=run.job.payload["review_id"])
    return next(iter(_locked(rows.filter(told_at__isnull=True))), None)


def _locked(rows: Any) -> list[Review]:
    related = rows.select_related("schedule", "alignment__workspace", "alignment__team", "held_by", "job")
    return list(related.select_for_update(of=("self",)))


def _told(review: Review) -> dict[str, Any]:
    fix = review.fix or {}
    return {
        "review_id": review.pk,
        "schedule_id": review.schedule_id,
        "team_id": review.team_id,
        "alignment_id": review.alignment_id,
        "revision": review.revision,
        "measured_on": review.measured_on.isoformat(),
        "balance_index": review.balance_index,
        "alarms": review.alarms,
        "fix": {key: fix[key] for key in ("sentence", "territory_ids", "moves")},
    }
