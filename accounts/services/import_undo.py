"""Taking an import back as a whole."""

from typing import Any

from django.db import transaction

from accounts.importing import undoing
from accounts.models import AccountImport, ImportedRow
from accounts.services.imports import held_import, job_key, refuse_while_running
from accounts.tasks import UNDO
from workspace.exceptions import Conflict
from workspace.models import Job, Member
from workspace.services.jobs import queue_job


def look_at_undo(item: AccountImport) -> dict[str, Any]:
    """What an undo would do now, and which rows it would leave because they were changed since."""
    _refuse_without_record(item)
    return undoing.look_at_undo(item)


@transaction.atomic
def start_undo(item: AccountImport, *, idempotency_key: str | None = None, actor: Member) -> AccountImport:
    """Queue the job that takes the import back. The same key starts it once."""
    item = held_import(item, actor)
    key = job_key(f"undo-import-{item.id}", idempotency_key)
    if key and Job.objects.filter(workspace_id=actor.workspace_id, idempotency_key=key).exists():
        return item
    refuse_while_running(item)
    _refuse_without_record(item)
    item.undo_job = queue_job(actor=actor, kind=UNDO, payload={"import_id": item.id}, idempotency_key=key)
    item.save(update_fields=["undo_job"])
    return item


def _refuse_without_record(item: AccountImport) -> None:
    if item.undone is not None:
        raise Conflict("This import has been taken back already.")
    if item.written_at is None:
        raise Conflict("This import has changed nothing that could be taken back.")
    if not ImportedRow.objects.filter(workspace_id=item.workspace_id, upload_id=item.pk).exists():
        raise Conflict(
            "It is not kept what this import changed: it changed nothing, or it is not among the last"
            f" {undoing.UNDOS_KEPT} imports."
        )
