"""Staged rows to where they belong, as the mode says, with everybody told who has to know."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.importing.followers import raise_data_version, tell_followers
from accounts.importing.leaving import find_absent, take_out
from accounts.importing.merging import Merged, merge
from accounts.importing.modes import LeftAlone, set_aside
from accounts.importing.staging import STAGED
from accounts.importing.targets import Target
from accounts.models import ImportedRow, ImportKind, ImportMode
from workspace.exceptions import Conflict
from workspace.wording import plural

Step = Callable[[str, str], None]


@dataclass(frozen=True)
class Written:
    merged: Merged
    left_alone: LeftAlone
    n_gone: int


class GoneChanged(Conflict):
    """More or fewer accounts would disappear than was agreed to."""

    def __init__(self, n_gone: int, confirmed: int | None) -> None:
        shown = "None was confirmed" if confirmed is None else f"{confirmed:,} were confirmed"
        text = f"{plural(n_gone, 'account')} would disappear. {shown}: look at them again, then start anew."
        super().__init__(text, n_gone=n_gone)


def write_staged(
    target: Target,
    *,
    workspace_id: int,
    mode: str,
    upload_id: int | None = None,
    confirmed_gone: int | None = None,
    step: Step = lambda phase, message: None,
) -> Written:
    """In the caller's transaction. With `upload_id` it is recorded for an undo; `step` hears of each phase."""
    step("merge", "Merging")
    left_alone = set_aside(target, workspace_id=workspace_id, mode=mode)
    n_gone = 0
    if mode == ImportMode.REPLACE:
        n_gone = find_absent(workspace_id, present=STAGED)
        if n_gone != (confirmed_gone or 0):
            raise GoneChanged(n_gone, confirmed_gone)
    if upload_id is not None:
        ImportedRow.objects.filter(workspace_id=workspace_id, upload_id=upload_id).delete()
    merged = merge(target, workspace_id=workspace_id, upload_id=upload_id)
    if n_gone:
        take_out(workspace_id, upload_id=upload_id)
    if target.kind == ImportKind.ACCOUNTS and merged.n_created + merged.n_updated:
        step("refresh", "Updating territories")
        tell_followers(workspace_id=workspace_id)
    elif n_gone:
        raise_data_version(workspace_id)
    return Written(merged, left_alone, n_gone)
