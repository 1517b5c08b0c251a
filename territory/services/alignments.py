"""What happens to an alignment as a whole: renamed, proposed, published, archived, deleted."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from territory.assignment import all_accounts, refresh
from territory.history import SUBJECT
from territory.models import Alignment, AlignmentState, Territory
from territory.revision import hold, require_editable
from territory.together import announce
from workspace.exceptions import Conflict
from workspace.models import Change, EventKind, Member, Team
from workspace.services.changes import record_change
from workspace.services.webhooks import announce_event


@transaction.atomic
def update_alignment(
    alignment_id: int,
    *,
    revision: int | None,
    actor: Member,
    name: str | None = None,
    effective_date: datetime.date | None = None,
    notes: str | None = None,
) -> Alignment:
    alignment = hold(alignment_id, revision=revision, actor=actor)
    require_editable(alignment)
    patch = {}
    if name is not None and name != alignment.name:
        patch["name"] = [alignment.name, name]
        alignment.name = name
    if effective_date is not None and effective_date != alignment.effective_date:
        patch["effective_date"] = [str(alignment.effective_date), str(effective_date)]
        alignment.effective_date = effective_date
    if notes is not None and notes != alignment.notes:
        patch["notes"] = [alignment.notes, notes]
        alignment.notes = notes
    if patch:
        _record(alignment, "update", f"Changed {' and '.join(patch).replace('_', ' ')}", actor=actor)
    return alignment


@transaction.atomic
def propose_alignment(alignment_id: int, *, revision: int | None, actor: Member) -> Alignment:
    """Put a scenario forward for approval."""
    alignment = hold(alignment_id, revision=revision, actor=actor)
    require_editable(alignment)
    if alignment.state == AlignmentState.PROPOSED:
        raise Conflict("This alignment is proposed already.")
    alignment.state = AlignmentState.PROPOSED
    _record(alignment, "propose", f"Proposed “{alignment.name}”", actor=actor)
    announce_event(actor=actor, kind=EventKind.ALIGNMENT_PROPOSED, data=_told(alignment))
    return alignment


@transaction.atomic
def publish_alignment(
    alignment_id: int, *, revision: int | None, actor: Member, effective_date: datetime.date | None = None
) -> Alignment:
    """Make it the team's live alignment; the one that was live is archived. The only way the live one changes."""
    alignment = hold(alignment_id, revision=revision, actor=actor)
    require_editable(alignment)
    if not Territory.objects.filter(workspace_id=actor.workspace_id, alignment=alignment).exists():
        raise Conflict("An alignment without a territory cannot go live.")
    # One publication per team at a time: of two, the later one archives the earlier.
    Team.objects.select_for_update().get(workspace_id=actor.workspace_id, pk=alignment.team_id)
    present = Alignment.objects.filter(
        workspace_id=actor.workspace_id, team_id=alignment.team_id, state=AlignmentState.LIVE
    )
    for replaced in present.select_for_update(of=("self",)):
        replaced.state = AlignmentState.ARCHIVED
        _record(replaced, "archive", f"Archived: “{alignment.name}” went live", actor=actor)
    alignment.state = AlignmentState.LIVE
    alignment.published_at = timezone.now()
    alignment.effective_date = effective_date or alignment.effective_date or timezone.localdate()
    _record(alignment, "publish", f"Published “{alignment.name}”", actor=actor)
    announce_event(actor=actor, kind=EventKind.ALIGNMENT_PUBLISHED, data=_told(alignment))
    return alignment


@transaction.atomic
def archive_alignment(alignment_id: int, *, revision: int | None, actor: Member) -> Alignment:
    """Put a scenario away: it stays readable, and no longer follows what is imported."""
    alignment = hold(alignment_id, revision=revision, actor=actor)
    require_editable(alignment)
    alignment.state = AlignmentState.ARCHIVED
    _record(alignment, "archive", f"Archived “{alignment.name}”", actor=actor)
    return alignment


@transaction.atomic
def restore_alignment(alignment_id: int, *, revision: int | None, actor: Member) -> Alignment:
    """Take an archived scenario up again, with the accounts of today."""
    alignment = hold(alignment_id, revision=revision, actor=actor)
    if alignment.state != AlignmentState.ARCHIVED:
        raise Conflict(f"“{alignment.name}” is not archived.")
    if alignment.published_at is not None:
        raise Conflict(f"“{alignment.name}” was live and is part of the record; make a scenario from it instead.")
    alignment.state = AlignmentState.DRAFT
    refresh(alignment, all_accounts())
    _record(alignment, "restore", f"Took “{alignment.name}” up again", actor=actor)
    return alignment


@transaction.atomic
def delete_alignment(alignment_id: int, *, revision: int | None, actor: Member) -> None:
    """Drafts and the optimizer's proposals only: what was proposed or live is part of the record."""
    alignment = hold(alignment_id, revision=revision, actor=actor)
    if alignment.state != AlignmentState.DRAFT:
        raise Conflict(f"Only scenarios can be deleted; this alignment is {alignment.state}.")
    record_change(
        actor=actor,
        subject_kind=SUBJECT,
        subject_id=alignment.pk,
        operation="delete",
        label=f"Deleted “{alignment.name}”",
        revision_before=alignment.revision,
        revision_after=alignment.revision,
    )
    alignment.delete()


def _told(alignment: Alignment) -> dict[str, Any]:
    """What webhooks learn."""
    ids = {"alignment_id": alignment.pk, "team_id": alignment.team_id, "revision": alignment.revision}
    effective = alignment.effective_date and alignment.effective_date.isoformat()
    return ids | {"name": alignment.name, "effective_date": effective}


def _record(alignment: Alignment, operation: str, label: str, *, actor: Member) -> Change:
    alignment.revision += 1
    alignment.save()
    announce(alignment)
    return record_change(
        actor=actor,
        subject_kind=SUBJECT,
        subject_id=alignment.pk,
        operation=operation,
        label=label,
        revision_before=alignment.revision - 1,
        revision_after=alignment.revision,
    )
