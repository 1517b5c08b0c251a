"""An undo as a job, beside run_import."""

import time
from typing import Any

from accounts.importing.turn import wait_for_turn
from accounts.importing.undoing import take_back
from accounts.importing.watching import Watcher
from accounts.models import AccountImport
from workspace.models import Change
from workspace.services.changes import record_change
from workspace.tenancy import workspace


def run_undo(*, workspace_id: int, import_id: int, watcher: Watcher) -> dict[str, Any]:
    """The result that is also stored with the import."""
    started = time.monotonic()
    with workspace(workspace_id):
        item = AccountImport.objects.select_related("workspace", "undo_job__member").get(
            workspace_id=workspace_id, pk=import_id
        )
        wait_for_turn(workspace_id, watcher)
        watcher.progress(0.1, "Taking the import back", phase="undo")
        item.undone = take_back(item) | {"seconds": round(time.monotonic() - started, 2)}
        item.written_at = None
        item.save(update_fields=["undone", "written_at"])
        _record(item)
        watcher.finish(item.undone, message=summary_of_undo(item.undone))
    return dict(item.undone)


def summary_of_undo(undone: dict[str, Any]) -> str:
    parts = (("n_removed", "removed"), ("n_restored", "restored"), ("n_returned", "returned"), ("n_left", "left"))
    return ", ".join(f"{undone[key]:,} {word}" for key, word in parts)


def _record(item: AccountImport) -> None:
    done = Change.objects.filter(
        workspace_id=item.workspace_id, subject_kind="import", subject_id=item.pk, operation="import"
    )
    record_change(
        actor=item.undo_job.member if item.undo_job else item.member,
        subject_kind="import",
        subject_id=item.pk,
        operation="undo",
        label=f"Took back the import of {item.filename}: {summary_of_undo(item.undone or {})}",
        undoes=done.first(),
    )
