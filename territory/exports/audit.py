from territory.exports.formats import ExportFormat
from territory.models import Alignment
from workspace.models import Change, Member
from workspace.services.changes import record_change


def record_export(chosen: ExportFormat, *, alignment: Alignment, actor: Member) -> Change:
    """Who took which file out of the house, from which revision."""
    return record_change(
        actor=actor,
        subject_kind="export",
        subject_id=alignment.id,
        operation="export",
        label=f"Exported {alignment.name} as {chosen.filename}",
        revision_before=alignment.revision,
        revision_after=alignment.revision,
        patch={"format": chosen.key},
    )
