"""The columns of the assignments file. Those of the account carry the names the accounts import knows them by."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from accounts.money import major_units
from territory.exports.rows import read_in_chunks
from territory.models import Alignment

Number = int | float | Decimal
Cell = str | Number | None


@dataclass(frozen=True)
class Column:
    header: str
    sql: str
    is_money: bool = False


COLUMNS = (
    Column("Account ID", "a.external_id"),
    Column("Name", "a.name"),
    Column("Street", "a.street"),
    Column("City", "a.city"),
    Column("Region", "a.region"),
    Column("Postal code", "a.postal_code"),
    Column("Country", "a.country"),
    Column("Phone", "a.phone"),
    Column("Latitude", "ST_Y(a.location)"),
    Column("Longitude", "ST_X(a.location)"),
    Column("Segment", "a.segment"),
    Column("CRM owner", "a.crm_owner"),
    Column("Revenue", "a.revenue_minor", is_money=True),
    Column("Potential", "a.potential_minor", is_money=True),
    Column("Pipeline", "a.pipeline_minor", is_money=True),
    Column("Currency", "w.currency"),
    Column("Visits per year", "a.visits_per_year"),
    Column("Service minutes per visit", "a.service_min_per_visit"),
    Column("Workload hours", "a.visits_per_year * a.service_min_per_visit / 60"),
    Column("Territory code", "t.code"),
    Column("Territory", "t.name"),
    Column("Rep ID", "r.external_id"),
    Column("Rep", "r.name"),
    Column("Assignment source", "coalesce(s.source, 'none')"),
    Column("In overlap", "CASE WHEN s.is_overlap THEN 'yes' ELSE 'no' END"),
)
HEADER = tuple(column.header for column in COLUMNS)
_ROWS = f"""
SELECT {", ".join(column.sql for column in COLUMNS)}
FROM accounts_account a
JOIN workspace_workspace w ON w.id = a.workspace_id
LEFT JOIN territory_accountassignment s
  ON s.workspace_id = a.workspace_id AND s.alignment_id = %s AND s.account_id = a.id
LEFT JOIN territory_territory t ON t.workspace_id = s.workspace_id AND t.id = s.territory_id
LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
WHERE a.workspace_id = %s
ORDER BY a.id
"""


def assignment_rows(alignment: Alignment) -> Iterator[list[list[Cell]]]:
    currency = alignment.workspace.currency
    for chunk in read_in_chunks(_ROWS, [alignment.id, alignment.workspace_id]):
        yield [
            [
                major_units(value, currency) if column.is_money else value
                for column, value in zip(COLUMNS, row, strict=True)
            ]
            for row in chunk
        ]
