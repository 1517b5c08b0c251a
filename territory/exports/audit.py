from typing import Any

from territory.exports.formats import ExportFormat, Options
from territory.models import Alignment
from workspace.models import Change, Member
from workspace.services.changes import record_change


def record_export(chosen: ExportFormat, *, alignment: Alignment, options: Options, actor: Member) -> Change:
    """Who took which file out of the house, from which revision."""
    return record_change(
        actor=actor,
        subject_kind="export",
        subject_id=alignment.id,
        operation="export",
        label=f"Exported {alignment.name} as {chosen.filename}",
        revision_before=alignment.revision,
        revision_after=alignment.revision,
        patch={"format": chosen.key} | described(options),
    )


def described(options: Options) -> dict[str, Any]:
    """What was asked for, as the history's JSON can hold it; empty where everything was taken."""
    said = {
        "columns": sorted(options.columns),
        "changed_since": options.changed_since and options.changed_since.isoformat(),
        "against": options.against and options.against.pk,
        "territory": list(options.territory_ids),
        "sheets": "territory" if options.sheet_per_territory else None,
    }
    return {key: value for key, value in said.items() if value}
