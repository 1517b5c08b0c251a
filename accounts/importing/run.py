"""A whole import: check, stage and merge a stored file in one transaction, or leave everything as it was."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol
from uuid import uuid4

from django.core.files import File
from django.db import connection

from accounts.importing.checking import refuse_mapping, row_checker, sample_rows
from accounts.importing.followers import tell_followers
from accounts.importing.mapping import mapped_fields
from accounts.importing.merging import Merged, merge
from accounts.importing.reading import open_table
from accounts.importing.report import ProblemReport, problem_report
from accounts.importing.staging import make_staging_table, stage
from accounts.importing.tables import Row
from accounts.importing.targets import Target
from accounts.importing.teams import first_team
from accounts.models import AccountImport, ImportKind
from workspace.exceptions import Invalid
from workspace.jobs import JobFailed
from workspace.models import EventKind, Workspace
from workspace.services.changes import record_change
from workspace.services.webhooks import announce_event
from workspace.tenancy import workspace

CHUNK_ROWS = 2_000
TURN_LOCK = 7301
TURN_EVERY_S = 0.2
MERGE_AT, REFRESH_AT = 0.7, 0.9


class Watcher(Protocol):
    """Who looks on: a job's run, or a terminal."""

    def progress(self, fraction: float, message: str, **detail: Any) -> None: ...
    def check(self) -> None: ...
    def finish(self, result: dict[str, Any], *, message: str = "Done") -> None: ...


class RowsRefused(Exception):
    """Some rows have problems, and all or nothing was asked for."""


@dataclass
class Tally:
    report: ProblemReport
    started: float = field(default_factory=time.monotonic)
    n_rows: int = 0
    n_bad: int = 0
    n_blank: int = 0

    def result(self, merged: Merged | None) -> dict[str, Any]:
        done = merged or Merged(0, 0, 0, 0)
        return {
            "n_rows": self.n_rows,
            "n_created": done.n_created,
            "n_updated": done.n_updated,
            "n_unchanged": done.n_unchanged,
            "n_skipped": self.n_blank,
            "n_bad": self.n_bad,
            "n_unplotted": done.n_unplotted,
            "problems": self.report.shown,
            "seconds": round(time.monotonic() - self.started, 2),
            "is_imported": merged is not None,
        }


def run_import(*, workspace_id: int, import_id: int, skip_bad_rows: bool, watcher: Watcher) -> dict[str, Any]:
    """The result that is also stored with the import. JobFailed, with nothing imported, when rows are refused."""
    with problem_report() as report:
        tally = Tally(report)
        try:
            with workspace(workspace_id):
                item = _find(workspace_id, import_id)
                _wait_for_turn(workspace_id, watcher)
                target = _check_and_stage(item, tally, watcher)
                if tally.n_bad and not skip_bad_rows:
                    raise RowsRefused
                watcher.progress(MERGE_AT, "Merging", rows=tally.n_rows, phase="merge")
                merged = merge(target, workspace_id=workspace_id, first_team=first_team(workspace_id))
                _refresh(target, merged, workspace_id, watcher)
                result = _store(item, tally, merged)
                _record(item, result)
                watcher.finish(result, message=_summary(result))
        except RowsRefused:
            with workspace(workspace_id):
                result = _store(_find(workspace_id, import_id), tally, None)
            raise JobFailed(f"{tally.n_bad:,} of {tally.n_rows:,} rows have problems; nothing was imported.") from None
    return result


def _find(workspace_id: int, import_id: int) -> AccountImport:
    items = AccountImport.objects.select_related("workspace", "member")
    return items.get(workspace_id=workspace_id, pk=import_id)


def _wait_for_turn(workspace_id: int, watcher: Watcher) -> None:
    """One import at a time in a workspace: two that write the same accounts would block each other for good."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [TURN_LOCK, workspace_id % 2**31])
            if cursor.fetchone()[0]:
                return
        watcher.progress(0.0, "Waiting for another import to end", phase="wait")
        time.sleep(TURN_EVERY_S)


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


def _refresh(target: Target, merged: Merged, workspace_id: int, watcher: Watcher) -> None:
    if target.kind == ImportKind.ACCOUNTS and merged.n_created + merged.n_updated:
        watcher.progress(REFRESH_AT, "Updating territories", phase="refresh")
        tell_followers(workspace_id=workspace_id)


def _store(item: AccountImport, tally: Tally, merged: Merged | None) -> dict[str, Any]:
    item.result = tally.result(merged)
    item.n_rows = tally.n_rows
    if tally.n_bad:
        item.problems_file.save(f"{uuid4().hex}.csv", File(tally.report.file()), save=False)
    item.save(update_fields=["result", "n_rows", "problems_file"])
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
    return ", ".join(f"{result[key]:,} {word}" for key, word in parts)
