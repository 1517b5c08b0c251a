"""Salesforce Data Loader, update of Account: the owner becomes the rep of the account's territory.

Fields: developer.salesforce.com, Object Reference, Account (Id, OwnerId). Accounts without a rep are left out:
there, an update with an empty OwnerId is refused.
"""

from collections.abc import Iterator

from territory.exports.chosen import chosen_rows
from territory.exports.csv_lines import csv_lines, text_cell
from territory.exports.formats import CSV_TYPE, ROW_OPTIONS, ExportFormat, Options
from territory.exports.rows import read_in_chunks
from territory.models import Alignment

HEADER = ("Id", "OwnerId")
_ROWS = """
SELECT a.external_id, r.external_id
FROM territory_accountassignment s
JOIN accounts_account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
JOIN territory_territory t ON t.workspace_id = s.workspace_id AND t.id = s.territory_id
JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
"""
_WHERE = "WHERE s.workspace_id = %(workspace)s AND s.alignment_id = %(alignment)s"


def write(alignment: Alignment, options: Options) -> Iterator[bytes]:
    chosen = chosen_rows(alignment, options)
    sql = f"{_ROWS} {chosen.joins} {_WHERE} {chosen.conditions} ORDER BY a.id"
    chunks = read_in_chunks(sql, chosen.parameters)
    return csv_lines(HEADER, ([[text_cell(cell) for cell in row] for row in chunk] for chunk in chunks))


FORMAT = ExportFormat(
    key="salesforce_account_owner.csv",
    label="Salesforce: account owners",
    description="Data Loader update of Account: Id (the account's external id) and OwnerId (the rep's external id).",
    content_type=CSV_TYPE,
    write=write,
    options=ROW_OPTIONS,
)
