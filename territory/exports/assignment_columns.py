"""The assignments table: what the accounts import reads, under the names it knows, then what the alignment adds.

Coordinates that were only derived from an address stand apart from given ones: read back as given they would stop
following the address.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.db import connection

from accounts.importing.fields import METRIC_PREFIX, find_field
from accounts.models import ImportKind
from territory.exports.amounts import major_units
from territory.exports.rows import read_in_chunks
from territory.models import Alignment

Number = int | float | Decimal
Cell = str | Number | None
SIZE = "size"


@dataclass(frozen=True)
class Column:
    header: str
    sql: str
    convert: Callable[[Any], Cell] | None = None


_GIVEN = "CASE WHEN a.geocode_quality = 'given' THEN {} END"
_DERIVED = "CASE WHEN a.geocode_quality <> 'given' THEN {} END"
_ACCOUNT = {
    "external_id": "a.external_id",
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
}
_MONEY = {"revenue": "a.revenue_minor", "potential": "a.potential_minor", "pipeline": "a.pipeline_minor"}
_ALIGNMENT = (
    Column("Currency", "w.currency"),
    Column("Workload hours", "a.visits_per_year * a.service_min_per_visit / 60"),
    Column("Territory code", "t.code"),
    Column("Territory", "t.name"),
    Column("Covering rep id", "r.external_id"),
    Column("Covering rep", "r.name"),
    Column("Assigned by", "coalesce(s.source, 'none')"),
    Column("In overlap", "CASE WHEN s.is_overlap THEN 'yes' ELSE 'no' END"),
    Column("Placed by", "a.geocode_quality"),
    Column("Derived latitude", _DERIVED.format("ST_Y(a.location)")),
    Column("Derived longitude", _DERIVED.format("ST_X(a.location)")),
)
_FROM = """
FROM accounts_account a
JOIN workspace_workspace w ON w.id = a.workspace_id
LEFT JOIN territory_accountassignment s
  ON s.workspace_id = a.workspace_id AND s.alignment_id = %s AND s.account_id = a.id
LEFT JOIN territory_territory t ON t.workspace_id = s.workspace_id AND t.id = s.territory_id
LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
WHERE a.workspace_id = %s
ORDER BY a.id
"""


@dataclass(frozen=True)
class AssignmentTable:
    alignment: Alignment
    metrics: tuple[str, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        major = partial(major_units, currency=self.alignment.workspace.currency)
        account = [Column(_label(key), sql) for key, sql in _ACCOUNT.items()]
        money = [Column(_label(key), sql, major) for key, sql in _MONEY.items()]
        metrics = [Column(_metric_header(key), "a.custom_metrics ->> %s", _metric) for key in self.metrics]
        return (*account, *money, *metrics, *_ALIGNMENT)

    def chunks(self) -> Iterator[list[list[Cell]]]:
        columns = self.columns
        sql = f"SELECT {', '.join(column.sql for column in columns)} {_FROM}"
        for rows in read_in_chunks(sql, [*self.metrics, self.alignment.id, self.alignment.workspace_id]):
            yield [
                [column.convert(value) if column.convert else value for column, value in zip(columns, row, strict=True)]
                for row in rows
            ]


def assignment_table(alignment: Alignment) -> AssignmentTable:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT jsonb_object_keys(custom_metrics) FROM accounts_account"
            " WHERE workspace_id = %s ORDER BY 1",
            [alignment.workspace_id],
        )
        return AssignmentTable(alignment, tuple(key for (key,) in cursor.fetchall()))


def _label(key: str) -> str:
    field = find_field(ImportKind.ACCOUNTS, key)
    if field is None:
        raise LookupError(f"The accounts import has no field {key!r}")
    return field.label


def _metric_header(key: str) -> str:
    return _label(SIZE) if key == SIZE else f"{METRIC_PREFIX}{key}"


def _metric(text: str | None) -> Cell:
    """A number as it is stored; a metric that is no number cannot be imported and is left out."""
    try:
        number = Decimal(text or "")
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
