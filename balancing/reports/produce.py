"""A report's job: read, lay out, store."""

from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.utils import timezone

from balancing.models import Report
from balancing.models.report import ReportFormat, ReportKind
from balancing.reports.leadership import leadership_context
from balancing.reports.rendering import to_html, to_pdf
from balancing.reports.source import Source
from balancing.reports.territory_pages import territory_contexts
from workspace.jobs import JobRun
from workspace.tenancy import workspace

READ_AT, LAID_OUT_AT = 0.15, 0.95


def produce_report(run: JobRun) -> None:
    """All pages are read from one moment; a report that was deleted meanwhile is not made."""
    with workspace(run.job.workspace_id):
        report = (
            Report.objects.select_related(
                "alignment__workspace", "alignment__team", "alignment__unit_layer", "member__user"
            )
            .filter(workspace_id=run.job.workspace_id, pk=run.job.payload["report_id"])
            .first()
        )
        if report is None:
            run.finish({}, message="The report was deleted")
            return
        run.progress(0.0, "Reading the figures")
        pages = list(_pages(report))
        content = _laid_out(report, pages, run)
        report.revision = report.alignment.revision
        report.file.save(f"{report.kind}-{report.pk}.{report.format}", ContentFile(content), save=False)
        report.save(update_fields=["revision", "file"])
        run.finish({"report_id": report.pk, "n_bytes": len(content)})


def _pages(report: Report) -> Iterator[str]:
    source = Source.of(report.alignment)
    shared = {
        "alignment": report.alignment,
        "workspace": report.alignment.workspace,
        "team": report.alignment.team,
        "data_date": source.card["data_date"],
        "travel_note": source.card["travel_source"]["note"],
        "made_at": timezone.now(),
        "made_by": report.member.user.name or report.member.user.email,
    }
    if report.kind == ReportKind.LEADERSHIP:
        yield to_html("leadership", shared | leadership_context(source))
    else:
        for context in territory_contexts(source):
            yield to_html("territory", shared | context)


def _laid_out(report: Report, pages: list[str], run: JobRun) -> bytes:
    if not pages:
        pages = [to_html("empty", {"alignment": report.alignment})]
    if report.format == ReportFormat.HTML:
        return "\n".join(pages).encode()

    def told(number: int) -> None:
        part = READ_AT + (LAID_OUT_AT - READ_AT) * number / len(pages)
        run.progress(part, f"Laid out {number} of {len(pages)} pages", pages=number)

    return to_pdf(pages, told=told)
