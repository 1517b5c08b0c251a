"""Rows as JSON, so exact that they can be written back: places as the database holds them, not as rounded degrees."""

from collections.abc import Iterable

from django.contrib.gis.db.models import PointField
from django.db.models import GeneratedField

from accounts.models import Account, Rep

Record = type[Account] | type[Rep]


def stored_columns(model: Record) -> list[str]:
    """What a row consists of besides its id, its workspace and what the database derives."""
    return [
        entry.column
        for entry in model._meta.local_concrete_fields
        if not (entry.primary_key or entry.column == "workspace_id" or isinstance(entry, GeneratedField))
    ]


def row_as_json(model: Record, columns: Iterable[str]) -> str:
    """SQL for columns of row `b`; `jsonb_populate_record` reads it back."""
    places = {entry.column for entry in model._meta.local_concrete_fields if isinstance(entry, PointField)}
    pairs = (f"'{column}', b.{column}{'::text' if column in places else ''}" for column in columns)
    return f"jsonb_build_object({', '.join(pairs)})"


def whole_row(model: Record) -> str:
    return row_as_json(model, stored_columns(model))
