"""The wizard's steps: upload, look at the first rows, run."""

from dataclasses import asdict
from itertools import islice
from typing import Any, BinaryIO
from uuid import uuid4

from django.core.files import File
from django.db import transaction

from accounts.importing.checking import refuse_mapping, rows_at_a_look, sample_rows
from accounts.importing.columns import SAMPLES_SHOWN, suggest
from accounts.importing.fields import fields_of
from accounts.importing.mapping import columns_hash, mapping_problems
from accounts.importing.preview import Preview, preview_rows
from accounts.importing.reading import check_size, open_table, suffix_of
from accounts.importing.tables import Row, Table
from accounts.models import AccountImport, ColumnMapping, ImportMode
from accounts.services.replacing import refuse_unconfirmed
from accounts.tasks import IMPORT
from workspace.exceptions import Conflict, Invalid
from workspace.models import Job, Member
from workspace.services.changes import record_change
from workspace.services.jobs import IDEMPOTENCY_KEY_MAX, queue_job

SUGGESTED_FROM_ROWS = 50


@transaction.atomic
def create_import(*, file: BinaryIO, filename: str, size: int, kind: str, actor: Member) -> AccountImport:
    """Store an uploaded table with what is detected in it. Nothing is stored when it cannot be read."""
    check_size(filename=filename, size=size)
    table = open_table(file, filename=filename)
    item = AccountImport(workspace_id=actor.workspace_id, member=actor, kind=kind, filename=filename[-255:])
    n_rows = _describe(item, table)
    if n_rows == 0:
        raise Invalid.field("file", "has a header but no rows under it")
    file.seek(0)
    item.file.save(f"{uuid4().hex}{suffix_of(filename)}", File(file), save=False)
    item.save()
    record_change(
        actor=actor, subject_kind="import", subject_id=item.id, operation="upload", label=f"Uploaded {filename}"
    )
    return item


def _describe(item: AccountImport, table: Table) -> int | None:
    """Set what the wizard shows: columns with suggestions, the remembered mapping, the number of rows."""
    first = list(islice((row for row in table.rows() if row.cells), SUGGESTED_FROM_ROWS))
    item.columns = _columns(item.kind, table.header, first)
    remembered = ColumnMapping.objects.filter(
        workspace_id=item.workspace_id, kind=item.kind, columns_hash=columns_hash(table.header)
    ).first()
    item.mapping = remembered.mapping if remembered else {}
    item.detected = asdict(table.detected) | {"remembered": remembered is not None}
    item.n_rows = _count(table)
    return item.n_rows


def _columns(kind: str, header: list[str], rows: list[Row]) -> list[dict[str, Any]]:
    values = [[row.cells[index].strip() for row in rows if len(row.cells) > index] for index in range(len(header))]
    suggestions = suggest(header, values, fields=[entry.key for entry in fields_of(kind)])
    return [
        {
            "name": name,
            "samples": [value[:100].replace("\x00", "␀") for value in filled][:SAMPLES_SHOWN],
            "field": suggestion.field,
            "confidence": suggestion.confidence,
        }
        for name, filled, suggestion in zip(
            header, ([value for value in each if value] for each in values), suggestions, strict=True
        )
    ]


def _count(table: Table) -> int | None:
    """None for large workbooks, which are counted while they are imported."""
    if not table.detected.sheets:
        return sum(1 for _ in table.rows())
    most = rows_at_a_look(table)
    counted = sum(1 for _ in islice(table.rows(), most + 1))
    return counted if counted <= most else None


@transaction.atomic
def preview_import(item: AccountImport, *, mapping: dict[str, str], sheet: str | None) -> Preview:
    """The first rows as they would be imported. Choosing another sheet is remembered with the import."""
    with item.file.open("rb") as stored:
        if sheet is not None and sheet != item.detected.get("sheet"):
            refuse_while_running(item)
            table = open_table(stored, filename=item.filename, detected={"sheet": sheet})
            _describe(item, table)
            item.save(update_fields=["columns", "mapping", "detected", "n_rows"])
        else:
            table = open_table(stored, filename=item.filename, detected=item.detected)
        sample = sample_rows(table)
        problems = mapping_problems(kind=item.kind, header=table.header, mapping=mapping, sample=sample)
        item.mapping = mapping
        return preview_rows(item, table, sample, problems)


@transaction.atomic
def start_import(
    item: AccountImport,
    *,
    mapping: dict[str, str],
    skip_bad_rows: bool,
    mode: str = ImportMode.UPSERT,
    confirmed_gone: int | None = None,
    idempotency_key: str | None = None,
    actor: Member,
) -> AccountImport:
    """Queue the job, and remember the mapping for files of this shape. The same key starts it once.

    `replace` starts only with the number of accounts that disappear as it was shown (`confirmed_gone`).
    """
    item = held_import(item, actor)
    key = job_key(f"import-{item.id}", idempotency_key)
    if key and Job.objects.filter(workspace_id=actor.workspace_id, idempotency_key=key).exists():
        return item
    refuse_while_running(item)
    item.mapping, item.mode = mapping, mode
    with item.file.open("rb") as stored:
        table = open_table(stored, filename=item.filename, detected=item.detected)
        refuse_mapping(item, table, sample_rows(table))
        _remember_mapping(item, table.header)
    if mode == ImportMode.REPLACE:
        refuse_unconfirmed(item, skip_bad_rows=skip_bad_rows, confirmed_gone=confirmed_gone)
    payload = {
        "import_id": item.id,
        "skip_bad_rows": skip_bad_rows,
        "mode": mode,
        "confirmed_gone": confirmed_gone,
    }
    item.job = queue_job(actor=actor, kind=IMPORT, payload=payload, idempotency_key=key)
    item.result = item.undone = item.undo_job = None
    _drop_report(item)
    item.save(update_fields=["mapping", "mode", "job", "result", "problems_file", "undone", "undo_job"])
    return item


@transaction.atomic
def choose_mapping(item: AccountImport, *, mapping: dict[str, str] | None) -> AccountImport:
    """Store a mapping without starting a job; left out, what was remembered or else suggested."""
    suggested = {column["name"]: column["field"] for column in item.columns if column["field"]}
    item.mapping = mapping or item.mapping or suggested
    with item.file.open("rb") as stored:
        table = open_table(stored, filename=item.filename, detected=item.detected)
        refuse_mapping(item, table, sample_rows(table))
        _remember_mapping(item, table.header)
    item.save(update_fields=["mapping"])
    return item


def _remember_mapping(item: AccountImport, header: list[str]) -> None:
    ColumnMapping.objects.update_or_create(
        workspace_id=item.workspace_id,
        kind=item.kind,
        columns_hash=columns_hash(header),
        defaults={"mapping": item.mapping},
    )


def _drop_report(item: AccountImport) -> None:
    """What an earlier run found is no longer so."""
    name, storage = item.problems_file.name, item.problems_file.storage
    item.problems_file = ""
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def held_import(item: AccountImport, actor: Member) -> AccountImport:
    """The import with its row locked, so that it is started or taken back once."""
    items = AccountImport.objects.select_for_update(of=("self",)).select_related("workspace")
    return items.get(workspace_id=actor.workspace_id, pk=item.pk)


def job_key(what: str, idempotency_key: str | None) -> str | None:
    """Keys are unique per workspace; the same word for something else means another job."""
    if idempotency_key is None:
        return None
    prefix = f"{what}:"
    longest = IDEMPOTENCY_KEY_MAX - len(prefix)
    if not 0 < len(idempotency_key) <= longest:
        raise Invalid.field("Idempotency-Key", f"must have 1 to {longest} characters", bound=longest)
    return prefix + idempotency_key


def refuse_while_running(item: AccountImport) -> None:
    if item.job is not None and not item.job.is_finished:
        raise Conflict("This import is running. Cancel its job first, or wait for its end.")
    if item.undo_job is not None and not item.undo_job.is_finished:
        raise Conflict("This import is being taken back. Wait for its end.")
