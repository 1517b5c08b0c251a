from dataclasses import dataclass
from typing import Any

from django.db import transaction

from territory.history import REDO, SUBJECT, UNDO, next_redo, next_undo
from territory.models import Alignment
from territory.operations.planned import Planned
from territory.operations.registry import OPERATIONS
from territory.patches import Patch, apply_patch, check_present, untouched_part
from territory.patches.locked import check_patch, locked_territories
from territory.revision import hold, require_editable
from territory.together import announce
from workspace.exceptions import Conflict
from workspace.models import Change, Member
from workspace.services.changes import record_change


@dataclass(frozen=True)
class Edited:
    """What an edit did. `change` is None where everything already was as asked."""

    alignment: Alignment
    change: Change | None
    territory_ids: list[int]
    n_accounts_moved: int


@transaction.atomic
def edit_alignment(
    alignment_id: int, *, operation: str, arguments: dict[str, Any], revision: int | None, actor: Member
) -> Edited:
    """Carry out one operation on the revision the editor saw; all of it, or nothing."""
    alignment = hold(alignment_id, revision=revision, actor=actor)
    require_editable(alignment)
    planned = OPERATIONS[operation](alignment, **arguments)
    if not planned.patch:
        return Edited(alignment, None, [], 0)
    return _carry_out(alignment, planned.patch, operation=operation, label=planned.label, actor=actor)


def plan_edit(alignment: Alignment, *, operation: str, arguments: dict[str, Any]) -> Planned:
    """What an operation would do to the present state; locks refuse it as they would the edit."""
    require_editable(alignment)
    planned = OPERATIONS[operation](alignment, **arguments)
    check_patch(planned.patch, locked_territories(alignment))
    return planned


@transaction.atomic
def undo_edit(alignment_id: int, *, revision: int | None, actor: Member, only_untouched: bool = False) -> Edited:
    """Take back the actor's latest edit, unless somebody has changed the same things since.

    Then, with `only_untouched`, that part of it which nobody has changed.
    """
    alignment = hold(alignment_id, revision=revision, actor=actor)
    require_editable(alignment)
    edit = next_undo(alignment, actor)
    if edit is None:
        raise Conflict("There is no edit of yours left to undo.")
    patch = Patch.from_json(edit.patch).reversed()
    rest = untouched_part(alignment, patch)
    label = f"Undid: {edit.label}"
    if only_untouched and rest and rest.n_parts < patch.n_parts:
        label = f"Undid {rest.n_parts} of {patch.n_parts}: {edit.label}"
        return _carry_out(alignment, rest, operation=UNDO, label=label, actor=actor, undoes=edit)
    try:
        check_present(alignment, patch)
    except Conflict as conflict:
        conflict.extra["undoable"] = {"n_parts": rest.n_parts, "n_all": patch.n_parts}
        raise
    return _carry_out(alignment, patch, operation=UNDO, label=label, actor=actor, undoes=edit)


@transaction.atomic
def redo_edit(alignment_id: int, *, revision: int | None, actor: Member) -> Edited:
    """Do again what the actor's latest undo took back."""
    alignment = hold(alignment_id, revision=revision, actor=actor)
    require_editable(alignment)
    undo = next_redo(alignment, actor)
    if undo is None or undo.undoes is None:
        raise Conflict("There is no undone edit of yours to redo.")
    patch = Patch.from_json(undo.undoes.patch)
    check_present(alignment, patch)
    label = f"Redid: {undo.undoes.label}"
    return _carry_out(alignment, patch, operation=REDO, label=label, actor=actor, undoes=undo)


def _carry_out(
    alignment: Alignment, patch: Patch, *, operation: str, label: str, actor: Member, undoes: Change | None = None
) -> Edited:
    effect = apply_patch(alignment, patch)
    alignment.revision += 1
    alignment.save(update_fields=["revision", "updated_at"])
    change = record_change(
        actor=actor,
        subject_kind=SUBJECT,
        subject_id=alignment.pk,
        operation=operation,
        label=label,
        revision_before=alignment.revision - 1,
        revision_after=alignment.revision,
        patch=patch.to_json(),
        undoes=undoes,
    )
    announce(alignment)
    return Edited(alignment, change, sorted(effect.territory_ids), effect.moves.n_accounts)
