"""Checked rows in a temporary table: row-level security refuses COPY into the real one."""

import csv
import io
from typing import Any

from django.db import connection

from accounts.importing.rows import Checked
from accounts.importing.targets import Target

STAGED = "staged_rows"
IDS = "file_ids"


def make_staging_table(target: Target) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in target.staged_columns().items())
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{STAGED}")
        cursor.execute(f"CREATE TEMP TABLE {STAGED} (row_number integer, {columns}) ON COMMIT DROP")


def stage(target: Target, checked: Checked, *, home_country: str | None) -> None:
    """COPY good rows, in the file's order."""
    if not checked.rows:
        return
    columns = target.derive(checked, home_country=home_country)
    kinds = target.staged_columns()
    text = ", ".join(name for name, kind in kinds.items() if kind == "text")
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {STAGED} (row_number, {', '.join(kinds)}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({text}))",
            _as_csv([row.number for row in checked.rows], *(columns[name] for name in kinds)),
        )


def make_id_table() -> str:
    """For the ids of a file that is looked at only; its name."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{IDS}")
        cursor.execute(f"CREATE TEMP TABLE {IDS} (external_id text) ON COMMIT DROP")
    return IDS


def stage_ids(ids: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {IDS} FROM STDIN (FORMAT csv, FORCE_NOT_NULL (external_id))", _as_csv(ids))


def _as_csv(*columns: list[Any]) -> io.StringIO:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(zip(*columns, strict=True))
    buffer.seek(0)
    return buffer
