import gzip
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.importing.fields import fields_of
from accounts.importing.run import run_import
from accounts.models import AccountImport, ImportKind, ImportMode
from accounts.services.imports import choose_mapping, create_import
from accounts.services.replacing import refuse_unconfirmed
from workspace.exceptions import DomainError
from workspace.jobs import JobFailed
from workspace.models import Member
from workspace.tenancy import workspace

SHOWN_PROBLEMS = 20
BLOCK_BYTES = 1024 * 1024


class Command(BaseCommand):
    help = (
        "Import accounts or reps from a CSV, TSV, XLSX, ODS, JSON, GeoJSON or Parquet file (also .gz), as the browser's"
        " wizard does."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--workspace", required=True, metavar="SLUG")
        parser.add_argument("--member", required=True, metavar="EMAIL", help="who the import is recorded for")
        parser.add_argument("--kind", choices=ImportKind.values, default=ImportKind.ACCOUNTS.value)
        parser.add_argument("--mapping", metavar="FIELD=COLUMN,…", help="left out: the suggestions, which are printed")
        parser.add_argument(
            "--mode", choices=ImportMode.values, default=ImportMode.UPSERT.value, help="left out: upsert"
        )
        parser.add_argument(
            "--gone", type=int, metavar="N", help="with --mode replace: how many accounts may disappear, exactly"
        )
        parser.add_argument("--skip-bad-rows", action="store_true", help="import the good rows and list the others")

    def handle(self, *args: Any, **options: Any) -> None:
        member = self._member(options["workspace"], options["member"])
        try:
            item = self._upload(member, options)
            result = run_import(
                workspace_id=member.workspace_id,
                import_id=item.id,
                skip_bad_rows=options["skip_bad_rows"],
                mode=options["mode"],
                confirmed_gone=options["gone"],
                watcher=TerminalWatcher(self.stderr),
            )
        except JobFailed as refusal:
            self._print_problems(item)
            raise CommandError(str(refusal)) from refusal
        except DomainError as refusal:
            raise CommandError(refusal.detail) from refusal
        self._print_problems(item)
        self.stdout.write(
            "{n_rows:,} rows: {n_created:,} new, {n_updated:,} updated, {n_unchanged:,} unchanged, {n_skipped:,} blank,"
            " {n_bad:,} left out; {n_unplotted:,} not on the map; {seconds} s".format(**result)
        )
        if result["n_left_alone"]:
            self.stdout.write("{n_left_alone:,} rows left alone, as {mode} does".format(**result))
        if result["n_gone"]:
            self.stdout.write("{n_gone:,} accounts gone: the file does not hold them".format(**result))

    def _member(self, slug: str, email: str) -> Member:
        members = Member.objects.select_related("workspace", "user")
        member = members.filter(workspace__slug=slug, user__email__iexact=email).first()
        if member is None:
            raise CommandError(f"There is no member {email} in a workspace {slug}.")
        return member

    def _upload(self, member: Member, options: dict[str, Any]) -> AccountImport:
        path: Path = options["file"]
        mapping = _parse_mapping(options["mapping"]) if options["mapping"] else None
        with _opened(path) as file, workspace(member.workspace_id):
            size = file.seek(0, os.SEEK_END)
            filename = path.name.removesuffix(".gz")
            item = create_import(file=file, filename=filename, size=size, kind=options["kind"], actor=member)
            choose_mapping(item, mapping=mapping)
            if options["mode"] == ImportMode.REPLACE:
                refuse_unconfirmed(item, skip_bad_rows=options["skip_bad_rows"], confirmed_gone=options["gone"])
        labels = {field.key: field.label for field in fields_of(item.kind)}
        for column, key in item.mapping.items():
            self.stdout.write(f"  {column} → {labels.get(key, key)}")
        return item

    def _print_problems(self, item: AccountImport) -> None:
        with workspace(item.workspace_id):
            item.refresh_from_db()
        for problem in item.result["problems"][:SHOWN_PROBLEMS]:
            self.stdout.write("  row {row} (line {line}), {column}: {problem}: {value!r}".format(**problem))


class TerminalWatcher:
    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._last = ""

    def progress(self, fraction: float, message: str, **detail: Any) -> None:
        if sys.stderr.isatty() and message != self._last:
            self._last = message
            self._stream.write(f"\r{fraction:4.0%}  {message}\033[K", ending="")

    def check(self) -> None:
        """Ctrl-C ends a command."""

    def finish(self, result: dict[str, Any], *, message: str = "Done") -> None:
        if self._last:
            self._stream.write(f"\r100%  {message}\033[K")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The file itself, or what a .gz holds, up to the size of an upload."""
    try:
        if path.suffix != ".gz":
            with path.open("rb") as file:
                yield file
            return
        with gzip.open(path) as packed, tempfile.TemporaryFile() as unpacked:
            while block := packed.read(BLOCK_BYTES):
                unpacked.write(block)
                if unpacked.tell() > settings.UPLOAD_CSV_MAX_BYTES:
                    raise CommandError(f"{path} unpacks to more than {settings.UPLOAD_CSV_MAX_BYTES:,} bytes.")
            yield unpacked
    except (OSError, EOFError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error


def _parse_mapping(text: str) -> dict[str, str]:
    """`field=column,…` as {column: field}."""
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    unreadable = [field for field, sign, column in pairs if not sign or not column.strip()]
    if unreadable:
        raise CommandError(f"--mapping wants field=column pairs; cannot read {unreadable[0]!r}.")
    return {column.strip(): field.strip() for field, _, column in pairs}
