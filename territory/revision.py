"""Holding an alignment's row while its revision is checked: nobody's edit gets lost between the look and the write."""

from django.http import Http404

from territory.history import changes_of
from territory.models import Alignment, AlignmentState
from territory.patches import Patch, touched_by
from workspace.exceptions import Conflict, PreconditionRequired, Stale
from workspace.models import Member

CHANGES_SHOWN = 50


def hold(alignment_id: int, *, revision: int | None, actor: Member) -> Alignment:
    """Lock the row to the end of the transaction; refuse when the editor had not seen the present revision."""
    alignment = (
        Alignment.objects.select_for_update(of=("self",))
        .filter(workspace_id=actor.workspace_id, pk=alignment_id)
        .first()
    )
    if alignment is None:
        raise Http404
    if revision is None:
        raise PreconditionRequired('Send If-Match with the revision you edited, e.g. If-Match: "7".')
    if alignment.revision != revision:
        since = changes_of(alignment).filter(revision_after__gt=revision)
        by_others = since.exclude(member=actor).values_list("patch", flat=True)
        raise Stale(
            f"The alignment is at revision {alignment.revision}; you edited revision {revision}.",
            revision=alignment.revision,
            changes=list(since[:CHANGES_SHOWN]),
            touched=touched_by(map(Patch.of_change, by_others)).as_dict(),
        )
    return alignment


def require_editable(alignment: Alignment) -> None:
    if alignment.state == AlignmentState.LIVE:
        raise Conflict("The live alignment changes only by publishing; make a scenario from it.")
    if alignment.state == AlignmentState.ARCHIVED:
        raise Conflict("An archived alignment does not change any more; make a scenario from it.")
    if alignment.is_proposal:
        raise Conflict("This is the optimizer's proposal. Accept it as a scenario first, then edit that.")
