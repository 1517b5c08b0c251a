"""Salesforce Data Loader, insert of ObjectTerritory2Association: which account belongs to which territory.

Fields: developer.salesforce.com, Object Reference, ObjectTerritory2Association. SobjectType is derived there and cannot
be given. Territory2Id is the record's id in the target organisation: where a territory's code is such an id it stands
here, else it is looked up by the DeveloperName beside it in the success file of the Territory2 insert.
"""

import re
from collections.abc import Iterator

from territory.exports.chosen import chosen_rows
from territory.exports.csv_lines import csv_lines, text_cell
from territory.exports.developer_names import developer_name
from territory.exports.formats import CSV_TYPE, ROW_OPTIONS, ExportFormat, Options
from territory.exports.rows import read_in_chunks
from territory.models import Alignment

HEADER = ("ObjectId", "Territory2Id", "AssociationCause", "Territory2DeveloperName")
CAUSE = "Territory2Manual"
# Record ids there are 15 or 18 characters; those of Territory2 start with 0MI.
_TERRITORY2_ID = re.compile(r"0MI[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?")
_ROWS = """
SELECT a.external_id, t.id, t.code
FROM territory_accountassignment s
JOIN accounts_account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
JOIN territory_territory t ON t.workspace_id = s.workspace_id AND t.id = s.territory_id
"""
_WHERE = "WHERE s.workspace_id = %(workspace)s AND s.alignment_id = %(alignment)s"


def write(alignment: Alignment, options: Options) -> Iterator[bytes]:
    chosen = chosen_rows(alignment, options)
    sql = f"{_ROWS} {chosen.joins} {_WHERE} {chosen.conditions} ORDER BY a.id"
    chunks = read_in_chunks(sql, chosen.parameters)
    return csv_lines(HEADER, ([_row(*row) for row in chunk] for chunk in chunks))


def _row(account: str, territory_id: int, code: str) -> list[str]:
    record_id = code if _TERRITORY2_ID.fullmatch(code) else ""
    return [text_cell(account), record_id, CAUSE, developer_name(code, territory_id)]


FORMAT = ExportFormat(
    key="salesforce_object_territory2_association.csv",
    label="Salesforce: accounts of territories",
    description=(
        "Data Loader insert of ObjectTerritory2Association. Look Territory2Id up by the DeveloperName in the success "
        "file of the territories."
    ),
    content_type=CSV_TYPE,
    write=write,
    options=ROW_OPTIONS,
)
