"""Small uploads for the tests, and an import of them from the first step to the last."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl

from accounts.importing.run import run_import
from accounts.models import AccountImport
from accounts.services.imports import choose_mapping, create_import
from workspace.models import Member

MAPPING = {"id": "external_id", "name": "name", "lat": "lat", "lon": "lon", "revenue": "revenue"}
HEADER = ",".join(MAPPING)
GOOD_ROWS = ("1,Oak Hardware,33.75,-84.39,1200.50", "2,Pine Foods,32.08,-81.09,880", "3,Elm Tools,34.25,-83.82,0")
GOOD = "\n".join([HEADER, *GOOD_ROWS])


class Onlooker:
    """Sees the import's progress; stops it at a phase when told to."""

    def __init__(self, *, stop_at: str | None = None, reason: type[Exception] = RuntimeError) -> None:
        self.phases: list[str] = []
        self.finished: dict[str, Any] | None = None
        self._stop_at = stop_at
        self._reason = reason

    def progress(self, fraction: float, message: str, **detail: Any) -> None:
        assert 0 <= fraction <= 1
        self.phases.append(detail["phase"])
        if detail["phase"] == self._stop_at:
            raise self._reason

    def check(self) -> None:
        pass

    def finish(self, result: dict[str, Any], *, message: str = "Done") -> None:
        self.finished = result


def upload(
    actor: Member, content: bytes | str, *, filename: str = "accounts.csv", kind: str = "accounts"
) -> AccountImport:
    raw = content.encode() if isinstance(content, str) else content
    return create_import(file=io.BytesIO(raw), filename=filename, size=len(raw), kind=kind, actor=actor)


def import_file(
    actor: Member,
    content: bytes | str,
    *,
    mapping: dict[str, str] | None = None,
    skip_bad_rows: bool = False,
    watcher: Onlooker | None = None,
    mode: str = "upsert",
    confirmed_gone: int | None = None,
    **options: str,
) -> dict[str, Any]:
    """Upload, map (by the suggestions unless told) and run, in this process."""
    item = upload(actor, content, **options)
    choose_mapping(item, mapping=mapping)
    return run_import(
        workspace_id=actor.workspace_id,
        import_id=item.id,
        skip_bad_rows=skip_bad_rows,
        watcher=watcher or Onlooker(),
        mode=mode,
        confirmed_gone=confirmed_gone,
    )


def workbook(*rows: Sequence[Any], sheets: Sequence[str] = ("Accounts",)) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheets[0]
    for row in rows:
        book.active.append(row)
    for name in sheets[1:]:
        book.create_sheet(name)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rewritten(archive: bytes, **parts: bytes) -> bytes:
    """A workbook with parts replaced; `xl__workbook.xml` names xl/workbook.xml."""
    replaced = {name.replace("__", "/"): content for name, content in parts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            after.writestr(entry.filename, replaced.get(entry.filename, before.read(entry.filename)))
    return buffer.getvalue()
