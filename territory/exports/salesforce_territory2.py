"""Salesforce Data Loader, insert of Territory2 (Sales Territories).

Fields: developer.salesforce.com, Object Reference, Territory2. The territory model and type are records of the target
organisation that nobody here knows: their columns stay empty to be filled in once for all rows.
"""

from collections.abc import Iterator
from typing import Any

from territory.exports.csv_lines import csv_lines, text_cell
from territory.exports.developer_names import developer_name
from territory.exports.formats import CSV_TYPE, ExportFormat, Option, Options
from territory.exports.rows import read_in_chunks
from territory.models import Alignment

HEADER = (
    "DeveloperName",
    "Name",
    "Description",
    "Territory2ModelId",
    "Territory2TypeId",
    "ParentTerritory2Id",
    "AccountAccessLevel",
    "OpportunityAccessLevel",
    "CaseAccessLevel",
)
NAME_LENGTH_MAX = 80
_ROWS = """
SELECT t.id, t.code, t.name, r.name
FROM territory_territory t
LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
WHERE t.workspace_id = %(workspace)s AND t.alignment_id = %(alignment)s
    AND (cardinality(%(territories)s::bigint[]) = 0 OR t.id = ANY(%(territories)s::bigint[]))
ORDER BY t.position, t.id
"""


def write(alignment: Alignment, options: Options) -> Iterator[bytes]:
    territories = list(options.territory_ids)
    parameters = {"workspace": alignment.workspace_id, "alignment": alignment.pk, "territories": territories}
    chunks = read_in_chunks(_ROWS, parameters)
    return csv_lines(HEADER, ([_row(*row) for row in chunk] for chunk in chunks))


def _row(territory_id: int, code: str, name: str, rep_name: str | None) -> list[str]:
    described: list[Any] = [
        developer_name(code, territory_id),
        text_cell(name[:NAME_LENGTH_MAX]),
        text_cell(f"{code} {name} – {rep_name or 'vacant'}"),
    ]
    return [*described, "", "", "", "Edit", "Edit", "Edit"]


FORMAT = ExportFormat(
    key="salesforce_territory2.csv",
    label="Salesforce: territories",
    description=(
        "Data Loader insert of Territory2. Fill in Territory2ModelId and Territory2TypeId of your organisation first."
    ),
    content_type=CSV_TYPE,
    write=write,
    options=frozenset({Option.TERRITORY}),
)
