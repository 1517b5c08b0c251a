"""Alarms by e-mail: at least once, and again while the mail server is away."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage

from balancing.models import AlarmMail
from balancing.models.review import MailState, Review
from workspace.tenancy import workspace
from workspace.wording import plural

# Waits after each failure; after the last the mail is given up.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 960))
AT_ONCE = 50
log = structlog.get_logger(__name__)


def send_due_mails(workspace_id: int, *, now: datetime) -> int:
    """Send what is due in the workspace, each in a transaction of its own. Returns how many went out."""
    with workspace(workspace_id):
        due = AlarmMail.objects.filter(workspace_id=workspace_id, state=MailState.WAITING, next_attempt_at__lte=now)
        ids = list(due.order_by("next_attempt_at").values_list("pk", flat=True)[:AT_ONCE])
    n_sent = 0
    for pk in ids:
        with workspace(workspace_id):
            n_sent += _attempt(workspace_id, pk, now)
    return n_sent


def _attempt(workspace_id: int, pk: int, now: datetime) -> bool:
    mails = AlarmMail.objects.select_for_update(skip_locked=True, of=("self",))
    mail = (
        mails.select_related("member__user", "review__schedule", "review__team")
        .filter(workspace_id=workspace_id, pk=pk, state=MailState.WAITING)
        .first()
    )
    if mail is None:
        return False
    mail.attempts += 1
    try:
        _message(mail).send()
    except OSError as failure:
        log.warning("alarm_mail_failed", mail_id=pk, attempts=mail.attempts, kind=type(failure).__name__)
        mail.last_error = f"{type(failure).__name__}: {failure}"[:300]
        gives_up = mail.attempts > len(WAITS)
        mail.state = MailState.FAILED if gives_up else MailState.WAITING
        mail.next_attempt_at = None if gives_up else now + WAITS[mail.attempts - 1]
    else:
        mail.state, mail.sent_at, mail.next_attempt_at, mail.last_error = MailState.SENT, now, None, ""
    mail.save(update_fields=["attempts", "last_error", "state", "next_attempt_at", "sent_at"])
    return mail.state == MailState.SENT


def _message(mail: AlarmMail) -> EmailMessage:
    review = mail.review
    subject = f"{review.team.name}: {plural(len(review.alarms), 'alarm')} in {review.alignment_name}"
    return EmailMessage(" ".join(subject.split()), _body(review), to=[mail.member.user.email])


def _body(review: Review) -> str:
    drift, fix = review.drift or {}, review.fix or {}
    lines = [
        f"The review of {review.alignment_name} on {review.measured_on} found what was in order "
        f"on {drift.get('since', 'the day before')}:",
        "",
        *(f"- {alarm['sentence']}" for alarm in review.alarms),
        "",
        f"Smallest fix: {fix.get('sentence', '')}",
        *(
            f"- {', '.join(move['unit_names'])}: {move['from'] or 'nobody'} → {move['to']}"
            for move in fix.get("moves", [])
        ),
        "",
        f"{settings.PUBLIC_URL}/#/reviews/{review.pk}",
    ]
    if review.schedule is not None:
        lines += ["", f"You are told because you are a recipient of “{review.schedule.name}”."]
    return "\n".join(lines) + "\n"
