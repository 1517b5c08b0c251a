"""Areas from a file, in steps: upload and look, decide, make a unit layer or territories of them."""

from dataclasses import asdict, replace
from typing import Any, BinaryIO
from uuid import uuid4

from django.core.files import File
from django.db import transaction

from territory.drafting.from_areas import align_to_areas
from territory.history import SUBJECT
from territory.layers.files.features import Choices
from territory.layers.files.limits import LOOK_MAX_S
from territory.layers.files.parsing import look_at
from territory.layers.sources import FileChoice, file_settings, units_of_file
from territory.locks import share_accounts
from territory.models import Alignment, Basis, BoundaryFile
from workspace.models import Member, Team
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


@transaction.atomic
def create_alignment_of_areas(choice: FileChoice, *, name: str, team: Team, actor: Member) -> Alignment:
    """A draft with a drawn territory for each area of the file; areas of one code are one territory."""
    areas = units_of_file(file_settings(choice), limit_s=LOOK_MAX_S)
    share_accounts(actor.workspace_id)
    alignment = Alignment.objects.create(
        workspace_id=actor.workspace_id, name=name, team=team, basis=Basis.DRAWN, created_by=actor
    )
    align_to_areas(alignment, areas)
    record_change(
        actor=actor, subject_kind=SUBJECT, subject_id=alignment.pk, operation="create",
        label=f"Created “{name}” from {choice.item.filename}", revision_after=alignment.revision,
    )  # fmt: skip
    return alignment


def _record(item: BoundaryFile, operation: str, label: str, *, actor: Member) -> None:
    record_change(actor=actor, subject_kind="boundary_file", subject_id=item.pk, operation=operation, label=label)
