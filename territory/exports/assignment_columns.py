"""The columns of the assignments table: what the accounts import reads, under the names it knows, then what the
alignment adds.

Coordinates that were only derived from an address stand apart from given ones: read back as given they would stop
following the address.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from functools import partial
from typing import Any

from django.db import connection

from accounts.importing.fields import METRIC_PREFIX, find_field
from accounts.models import ImportKind
from territory.exports.amounts import major_units

Number = int | float | Decimal
Cell = str | Number | None
ID_KEY = "external_id"
SIZE = "size"


class Kind(Enum):
    TEXT = auto()
    MONEY = auto()
    NUMBER = auto()


@dataclass(frozen=True)
class Column:
    """`key` is what a client chooses it by and never changes; `{}` in `sql` stands for `parameter`."""

    key: str
    header: str
    sql: str
    kind: Kind = Kind.TEXT
    convert: Callable[[Any], Cell] | None = None
    parameter: str | None = None


_GIVEN = "CASE WHEN a.geocode_quality = 'given' THEN {} END"
_DERIVED = "CASE WHEN a.geocode_quality <> 'given' THEN {} END"
_ACCOUNT = {
    ID_KEY: "a.external_id",
    "name": "a.name",
    "street": "a.street",
    "city": "a.city",
    "region": "a.region",
    "postal_code": "a.postal_code",
    "country": "a.country",
    "phone": "a.phone",
    "lat": _GIVEN.format("ST_Y(a.location)"),
    "lon": _GIVEN.format("ST_X(a.location)"),
    "segment": "a.segment",
    "crm_owner": "a.crm_owner",
    "visits_per_year": "a.visits_per_year",
    "service_min_per_visit": "a.service_min_per_visit",
    "visits_done": "a.visits_done",
}
_NUMBERS = {"lat", "lon", "visits_per_year", "service_min_per_visit"}
_MONEY = {"revenue": "a.revenue_minor", "potential": "a.potential_minor", "pipeline": "a.pipeline_minor"}
_ALIGNMENT = (
    Column("currency", "Currency", "w.currency"),
    Column("workload_h", "Workload hours", "a.visits_per_year * a.service_min_per_visit / 60", Kind.NUMBER),
    Column("territory_code", "Territory code", "t.code"),
    Column("territory", "Territory", "t.name"),
    Column("rep_id", "Covering rep id", "r.external_id"),
    Column("rep", "Covering rep", "r.name"),
    Column("assigned_by", "Assigned by", "coalesce(s.source, 'none')"),
    Column("in_overlap", "In overlap", "CASE WHEN s.is_overlap THEN 'yes' ELSE 'no' END"),
    Column("placed_by", "Placed by", "a.geocode_quality"),
    Column("derived_lat", "Derived latitude", _DERIVED.format("ST_Y(a.location)"), Kind.NUMBER),
    Column("derived_lon", "Derived longitude", _DERIVED.format("ST_X(a.location)"), Kind.NUMBER),
)
PREVIOUS = (
    Column("previous_territory", "Previous territory", "pt.name"),
    Column("previous_rep", "Previous rep", "pr.name"),
)


def assignment_columns(workspace_id: int, currency: str) -> tuple[Column, ...]:
    """All that the workspace's accounts have, in the order of the table. Reads the names of their own metrics."""
    major = partial(major_units, currency=currency)
    account = [
        Column(key, label_of(key), sql, Kind.NUMBER if key in _NUMBERS else Kind.TEXT) for key, sql in _ACCOUNT.items()
    ]
    money = [Column(key, label_of(key), sql, Kind.MONEY, major) for key, sql in _MONEY.items()]
    return (*account, *money, *map(_metric_column, _metric_keys(workspace_id)), *_ALIGNMENT)


def chosen_columns(columns: Sequence[Column], keys: frozenset[str]) -> tuple[Column, ...]:
    """Those asked for, in the order of the table; all where none is named. The account's id is always there."""
    return tuple(column for column in columns if not keys or column.key in keys or column.key == ID_KEY)


def label_of(key: str) -> str:
    """What the accounts import calls this field."""
    field = find_field(ImportKind.ACCOUNTS, key)
    if field is None:
        raise LookupError(f"The accounts import has no field {key!r}")
    return field.label


def _metric_keys(workspace_id: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT jsonb_object_keys(custom_metrics) FROM accounts_account"
            " WHERE workspace_id = %s AND custom_metrics <> '{}' ORDER BY 1",
            [workspace_id],
        )
        return [key for (key,) in cursor.fetchall()]


def _metric_column(name: str) -> Column:
    key = f"{METRIC_PREFIX}{name}"
    header = label_of(SIZE) if name == SIZE else key
    return Column(SIZE if name == SIZE else key, header, "a.custom_metrics ->> {}", Kind.NUMBER, _metric, name)


def _metric(text: str | None) -> Cell:
    """A number as it is stored; a metric that is no number cannot be imported and is left out."""
    try:
        number = Decimal(text or "")
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
