"""Findings that a team decides to live with."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from balancing.findings.everything import find_subject
from balancing.models import AcceptedFinding
from territory.models import Alignment
from workspace.exceptions import Conflict, Invalid
from workspace.models import Member
from workspace.services.changes import record_change

SUBJECT = "finding"


@transaction.atomic
def accept_finding(
    alignment: Alignment, finding_id: str, *, reason: str, until: date | None, actor: Member
) -> AcceptedFinding:
    """Accept it, in copies of the alignment too, until that day has passed; again, with another reason or day."""
    if until is not None and until < timezone.localdate():
        raise Invalid.field("until", "is in the past", value=until.isoformat(), bound=timezone.localdate().isoformat())
    title, subject = _subject(alignment, finding_id)
    accepted, _ = AcceptedFinding.objects.update_or_create(
        workspace_id=alignment.workspace_id,
        team_id=alignment.team_id,
        subject=subject,
        defaults={"reason": reason, "until": until, "member": actor},
    )
    _record(accepted.pk, "accept", f"Accepted: {title} ({reason})", actor)
    return accepted


@transaction.atomic
def reopen_finding(alignment: Alignment, finding_id: str, *, actor: Member) -> None:
    """A finding like any other again; nothing where it already is one."""
    title, subject = _subject(alignment, finding_id)
    row = AcceptedFinding.objects.filter(
        workspace_id=alignment.workspace_id, team_id=alignment.team_id, subject=subject
    ).first()
    if row is None:
        return
    _record(row.pk, "reopen", f"Reopened: {title}", actor)
    row.delete()


def _subject(alignment: Alignment, finding_id: str) -> tuple[str, str]:
    found = find_subject(alignment, finding_id)
    if found is None:
        raise Conflict("There is no such finding in this alignment any more.")
    return found[0].title, found[1]


def _record(subject_id: int, operation: str, label: str, actor: Member) -> None:
    record_change(actor=actor, subject_kind=SUBJECT, subject_id=subject_id, operation=operation, label=label)
