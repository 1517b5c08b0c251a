from typing import Any

from workspace.models import Change, Member


def record_change(
    *,
    actor: Member,
    subject_kind: str,
    subject_id: int,
    operation: str,
    label: str,
    revision_before: int = 0,
    revision_after: int = 0,
    patch: dict[str, Any] | None = None,
    undoes: Change | None = None,
) -> Change:
    """Write one edit into the history. Call it inside the edit's own transaction."""
    return Change.objects.create(
        workspace_id=actor.workspace_id,
        member=actor,
        subject_kind=subject_kind,
        subject_id=subject_id,
        operation=operation,
        label=label[:300],
        revision_before=revision_before,
        revision_after=revision_after,
        patch=patch or {},
        undoes=undoes,
    )
