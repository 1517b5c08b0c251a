"""The history of an alignment, and what a member could undo or redo next."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from territory.models import Alignment
from territory.operations.registry import OPERATIONS
from workspace.models import Change, Member

SUBJECT = "alignment"
UNDO = "undo"
REDO = "redo"
# A name on a revision: no edit, and no revision of its own.
NAMED = "name_version"


def changes_of(alignment: Alignment) -> QuerySet[Change]:
    """Newest first. An undo points at the edit it took back, a redo at that undo: two steps say what is undone."""
    points_here = Change.objects.filter(undoes=OuterRef("pk"))
    return (
        Change.objects.filter(workspace_id=alignment.workspace_id, subject_kind=SUBJECT, subject_id=alignment.pk)
        .annotate(is_undone=Exists(points_here.filter(~Exists(points_here))))
        .select_related("member__user")
        .order_by("-id")
    )


def next_undo(alignment: Alignment, member: Member) -> Change | None:
    """The member's latest edit that stands."""
    return _edits(alignment, member).filter(is_undone=False).first()


def next_redo(alignment: Alignment, member: Member) -> Change | None:
    """The member's latest undo that stands, unless the member has edited since."""
    undo = changes_of(alignment).filter(member=member, operation=UNDO, is_undone=False).first()
    if undo is None or _edits(alignment, member).filter(id__gt=undo.pk).exists():
        return None
    return undo


def undo_labels(alignments: Iterable[Alignment], member: Member) -> dict[int, tuple[str | None, str | None]]:
    """Labels of what could be undone and redone, per alignment."""
    labels: dict[int, tuple[str | None, str | None]] = {}
    for alignment in alignments:
        undo, redo = next_undo(alignment, member), next_redo(alignment, member)
        labels[alignment.pk] = (undo and undo.label, redo and redo.undoes and redo.undoes.label)
    return labels


def _edits(alignment: Alignment, member: Member) -> QuerySet[Change]:
    return changes_of(alignment).filter(member=member, operation__in=list(OPERATIONS))
