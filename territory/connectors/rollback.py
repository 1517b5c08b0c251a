"""The rollback file: what the accounts had that were given something else."""

from collections.abc import Iterator

from territory.exports.csv_lines import csv_lines, text_cell
from territory.exports.rows import read_in_chunks
from territory.models import Push
from workspace.tenancy import workspace

HEADER = ("Account id", "Name", "Owner before", "Owner after", "Territory before", "Territory after")
_ROWS = """
SELECT external_id, name, owner_before, owner_after, territory_before, territory_after
FROM territory_pushrow WHERE workspace_id = %s AND push_id = %s AND state = 'done' ORDER BY id
"""


def rollback_lines(push: Push) -> Iterator[bytes]:
    """CSV, streamed: it runs after the request's transaction has ended."""
    with workspace(push.workspace_id):
        chunks = read_in_chunks(_ROWS, [push.workspace_id, push.pk])
        yield from csv_lines(HEADER, ([[text_cell(cell) for cell in row] for row in chunk] for chunk in chunks))
