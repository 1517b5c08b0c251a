"""A whole import: check, stage and merge a stored file in one transaction, or leave everything as it was."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import uuid4

from django.core.files import File

from accounts.importing.checking import refuse_mapping, row_checker, sample_rows
from accounts.importing.mapping import mapped_fields
from accounts.importing.reading import open_table
from accounts.importing.report import ProblemReport, problem_report
from accounts.importing.staging import make_staging_table, stage
from accounts.importing.tables import Row
from accounts.importing.targets import Target
from accounts.importing.turn import wait_for_turn
from accounts.importing.undoing import keep_newest_undos
from accounts.importing.watching import Watcher
from accounts.importing.writing import GoneChanged, Written, write_staged
from accounts.models import AccountImport, ImportMode
from workspace.exceptions import Invalid
from workspace.jobs import JobFailed
from workspace.models import EventKind, Workspace
from workspace.services.changes import record_change
from workspace.services.webhooks import announce_event
from workspace.tenancy import workspace

CHUNK_ROWS = 2_000
MERGE_AT = 0.7
PHASES = {"merge": MERGE_AT, "refresh": 0.9}


class RowsRefused(Exception):
    """Some rows have problems, and all or nothing was asked for."""


@dataclass
class Tally:
    report: ProblemReport
    started: float = field(default_factory=time.monotonic)
    n_rows: int = 0
    n_bad: int = 0
    n_blank: int = 0

    def result(self, mode: str, written: Written | None) -> dict[str, Any]:
        return {
            "mode": mode,
            "n_rows": self.n_rows,
            "n_created": written.merged.n_created if written else 0,
            "n_updated": written.merged.n_updated if written else 0,
            "n_unchanged": written.merged.n_unchanged if written else 0,
            "n_left_alone": written.left_alone.n_rows if written else 0,
            "left_alone": written.left_alone.first if written else [],
            "n_skipped": self.n_blank,
            "n_bad": self.n_bad,
            "n_gone": written.n_gone if written else 0,
            "n_unplotted": written.merged.n_unplotted if written else 0,
            "problems": self.report.shown,
            "seconds": round(time.monotonic() - self.started, 2),
            "is_imported": written is not None,
        }


def run_import(
    *,
    workspace_id: int,
    import_id: int,
    skip_bad_rows: bool,
    watcher: Watcher,
    mode: str = ImportMode.UPSERT,
    confirmed_gone: int | None = None,
) -> dict[str, Any]:
    """The result that is also stored with the import. JobFailed, with nothing imported, when rows are refused.

    `confirmed_gone` is how many accounts `replace` may take out: exactly as many, or nothing is imported.
    """

    def step(phase: str, message: str) -> None:
        watcher.progress(PHASES[phase], message, rows=tally.n_rows, phase=phase)

    with problem_report() as report:
        tally = Tally(report)
        try:
            with workspace(workspace_id):
                item = _find(workspace_id, import_id)
                wait_for_turn(workspace_id, watcher)
                target = _check_and_stage(item, tally, watcher)
                if tally.n_bad and not skip_bad_rows:
                    raise RowsRefused
                written = write_staged(
                    target,
                    workspace_id=workspace_id,
                    mode=mode,
                    upload_id=item.id,
                    confirmed_gone=confirmed_gone,
                    step=step,
                )
                result = _store(item, tally, mode, written)
                keep_newest_undos(workspace_id)
                _record(item, result)
                watcher.finish(result, message=_summary(result))
        except RowsRefused:
            with workspace(workspace_id):
                result = _store(_find(workspace_id, import_id), tally, mode, None)
            raise JobFailed(f"{tally.n_bad:,} of {tally.n_rows:,} rows have problems; nothing was imported.") from None
        except GoneChanged as refusal:
            raise JobFailed(f"{refusal.detail} Nothing was imported.") from None
    return result


def _find(workspace_id: int, import_id: int) -> AccountImport:
    items = AccountImport.objects.select_related("workspace", "member")
    return items.get(workspace_id=workspace_id, pk=import_id)


def _check_and_stage(item: AccountImport, tally: Tally, watcher: Watcher) -> Target:
    with item.file.open("rb") as stored:
        table = open_table(stored, filename=item.filename, detected=item.detected)
        sample = sample_rows(table)
        refuse_mapping(item, table, sample)
        fields = mapped_fields(item.kind, item.mapping)
        target = Target(item.kind, tuple(fields.values()))
        make_staging_table(target)
        checker = row_checker(item, table, sample, fields)
        for rows in _chunks(table.rows()):
            checked = checker.check(rows)
            tally.n_rows += len(rows)
            tally.n_bad += checked.n_bad
            tally.n_blank += checked.n_blank
            tally.report.add(checked.problems)
            stage(target, checked, home_country=home_country(item.workspace))
            share = min(tally.n_rows / item.n_rows, 1.0) if item.n_rows else 0.5
            message = f"Checking rows: {tally.n_rows:,}" + (f" of {item.n_rows:,}" if item.n_rows else "")
            watcher.progress(MERGE_AT * share, message, rows=tally.n_rows, bad=tally.n_bad, phase="check")
    if not tally.n_rows:
        raise Invalid.field("file", "has a header but no rows under it")
    return target


def home_country(tenant: Workspace) -> str | None:
    """Where addresses without a country are: told by the currency."""
    return {"USD": "US", "GBP": "GB", "CHF": "CH", "CAD": "CA", "AUD": "AU"}.get(tenant.currency)


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK_ROWS)):
        yield chunk


def _store(item: AccountImport, tally: Tally, mode: str, written: Written | None) -> dict[str, Any]:
    item.mode, item.result = mode, tally.result(mode, written)
    item.written_at = written.merged.written_at if written else None
    item.undone = None
    item.n_rows = tally.n_rows
    if tally.n_bad:
        item.problems_file.save(f"{uuid4().hex}.csv", File(tally.report.file()), save=False)
    item.save(update_fields=["mode", "result", "n_rows", "problems_file", "written_at", "undone"])
    return item.result


def _record(item: AccountImport, result: dict[str, Any]) -> None:
    record_change(
        actor=item.member,
        subject_kind="import",
        subject_id=item.id,
        operation="import",
        label=f"Imported {item.kind} from {item.filename}: {_summary(result)}",
    )
    announce_event(actor=item.member, kind=EventKind.IMPORT_DONE, data=_told(item, result))


def _told(item: AccountImport, result: dict[str, Any]) -> dict[str, Any]:
    counts = {name: count for name, count in result.items() if name.startswith("n_")}
    return {"import_id": item.pk, "kind": item.kind, "filename": item.filename} | counts


def _summary(result: dict[str, Any]) -> str:
    parts = (("n_created", "new"), ("n_updated", "updated"), ("n_unchanged", "unchanged"), ("n_bad", "left out"))
    seldom = (("n_gone", "gone"), ("n_left_alone", "left alone"))
    shown = [*parts, *((key, word) for key, word in seldom if result[key])]
    return ", ".join(f"{result[key]:,} {word}" for key, word in shown)
