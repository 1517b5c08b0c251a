"""From an uploaded file to a table of text cells."""

from pathlib import PurePath
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files import File

from accounts.importing.delimited import DelimitedTable
from accounts.importing.json_records import JsonTable
from accounts.importing.open_document import OpenDocumentTable, is_open_document
from accounts.importing.parquet import ParquetTable
from accounts.importing.tables import Table
from accounts.importing.workbook import WorkbookTable
from workspace.exceptions import Invalid, TooLarge

# An upload, or a stored file as Django opens it.
Source = BinaryIO | File
JSON_SUFFIXES = {".json", ".geojson"}
TEXT_SUFFIXES = {".csv", ".tsv", ".txt", ".tab"}
ZIP_SIGNATURE, PARQUET_SIGNATURE = b"PK\x03\x04", b"PAR1"
FORMATS = "CSV, TSV, XLSX, ODS, JSON, GeoJSON or Parquet"


def open_table(file: Source, *, filename: str, detected: dict[str, Any] | None = None) -> Table:
    """The table in a file: XLSX, ODS and Parquet by content, JSON by its name, everything else as delimited text.

    `detected` is what an earlier look at the same file found; it is then not looked for again.
    """
    known = detected or {}
    file.seek(0)
    signature = file.read(len(ZIP_SIGNATURE))
    if signature == ZIP_SIGNATURE:
        table = OpenDocumentTable if is_open_document(file) else WorkbookTable
        return table(file, sheet=known.get("sheet"))
    if signature == PARQUET_SIGNATURE:
        return ParquetTable(file)
    if suffix_of(filename) in JSON_SUFFIXES:
        return JsonTable(file)
    if suffix_of(filename) not in TEXT_SUFFIXES:
        raise Invalid.field("file", f"must be a table in {FORMATS}", value=suffix_of(filename))
    return DelimitedTable(file, encoding=known.get("encoding", ""), delimiter=known.get("delimiter", ""))


def suffix_of(filename: str) -> str:
    return PurePath(filename).suffix.lower()[:20]


def check_size(*, filename: str, size: int) -> None:
    kind, limit = "CSV", settings.UPLOAD_CSV_MAX_BYTES
    if suffix_of(filename) == ".xlsx":
        kind, limit = "XLSX", settings.UPLOAD_XLSX_MAX_BYTES
    elif suffix_of(filename) == ".ods":
        kind, limit = "ODS", settings.UPLOAD_ODS_MAX_BYTES
    elif suffix_of(filename) == ".parquet":
        kind, limit = "Parquet", settings.UPLOAD_PARQUET_MAX_BYTES
    elif suffix_of(filename) in JSON_SUFFIXES:
        kind, limit = "JSON", settings.UPLOAD_JSON_MAX_BYTES
    if size > limit:
        raise TooLarge(f"The file has {size:,} bytes; {limit:,} are the most for {kind}.")
