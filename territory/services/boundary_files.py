"""Areas from a file, in steps: upload and look, decide, make a unit layer of them."""

from dataclasses import asdict, replace
from typing import Any, BinaryIO
from uuid import uuid4

from django.core.files import File
from django.db import transaction

from territory.layers.files.features import Choices
from territory.layers.files.parsing import look_at
from territory.models import BoundaryFile
from workspace.models import Member
from workspace.services.changes import record_change


@transaction.atomic
def create_boundary_file(*, file: BinaryIO, filename: str, actor: Member) -> BoundaryFile:
    """Store an uploaded file with what it holds. Nothing is stored when it cannot be read."""
    choices = Choices()
    found = look_at(file, filename=filename, choices=choices)
    item = BoundaryFile(workspace_id=actor.workspace_id, member=actor, filename=filename[-255:], found=found)
    item.choices = asdict(choices)
    file.seek(0)
    item.file.save(uuid4().hex, File(file), save=False)
    item.save()
    _record(item, "upload", f"Uploaded {filename}", actor=actor)
    return item


@transaction.atomic
def choose_for_file(item: BoundaryFile, *, changed: dict[str, Any], actor: Member) -> BoundaryFile:
    """Look again under other choices. What the file holds then is stored with them."""
    choices = replace(Choices(**item.choices), **changed)
    with item.file.open("rb") as stored:
        item.found = look_at(stored, filename=item.filename, choices=choices)
    item.choices = asdict(choices)
    item.save(update_fields=["choices", "found"])
    _record(item, "choose", f"Decided how {item.filename} is read", actor=actor)
    return item


def _record(item: BoundaryFile, operation: str, label: str, *, actor: Member) -> None:
    record_change(actor=actor, subject_kind="boundary_file", subject_id=item.pk, operation=operation, label=label)
