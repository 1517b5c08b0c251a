"""Documents about alignments: asked for, kept, thrown away."""

from django.db import transaction

from balancing.models import Report
from balancing.tasks import REPORT
from territory.models import Alignment
from workspace.models import Member
from workspace.services.changes import record_change
from workspace.services.jobs import queue_job


@transaction.atomic
def request_report(
    alignment: Alignment, *, kind: str, format: str, idempotency_key: str | None = None, actor: Member
) -> Report:
    """Queue the job that makes it. The same key asks once."""
    key = f"report-{idempotency_key}" if idempotency_key else None
    if key:
        known = Report.objects.filter(workspace_id=actor.workspace_id, job__idempotency_key=key).first()
        if known is not None:
            return known
    report = Report.objects.create(
        workspace_id=actor.workspace_id, member=actor, alignment=alignment, kind=kind, format=format
    )
    report.job = queue_job(actor=actor, kind=REPORT, payload={"report_id": report.pk}, idempotency_key=key)
    report.save(update_fields=["job"])
    record_change(
        actor=actor, subject_kind="report", subject_id=report.pk, operation="create",
        label=f"Asked for a report ({report.get_kind_display().lower()}) of {alignment.name}",
    )  # fmt: skip
    return report


@transaction.atomic
def delete_report(report: Report, *, actor: Member) -> None:
    """The row, and its file once that is certain."""
    storage, stored = report.file.storage, report.file.name
    record_change(
        actor=actor, subject_kind="report", subject_id=report.pk, operation="delete",
        label=f"Deleted a report of {report.alignment.name}",
    )  # fmt: skip
    report.delete()
    if stored:
        transaction.on_commit(lambda: storage.delete(stored))
