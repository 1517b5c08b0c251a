"""The rows of the assignments table, read chunk by chunk, whatever the file they go into."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from territory.exports.assignment_columns import PREVIOUS, Cell, Column, assignment_columns, chosen_columns
from territory.exports.chosen import chosen_rows
from territory.exports.formats import Options
from territory.exports.rows import read_in_chunks
from territory.models import Alignment
from workspace.exceptions import Invalid

_FROM = """
FROM accounts_account a
JOIN workspace_workspace w ON w.id = a.workspace_id
LEFT JOIN territory_accountassignment s
  ON s.workspace_id = a.workspace_id AND s.alignment_id = %(alignment)s AND s.account_id = a.id
LEFT JOIN territory_territory t ON t.workspace_id = s.workspace_id AND t.id = s.territory_id
LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
"""
_BY_ACCOUNT = "ORDER BY a.id"
_BY_TERRITORY = "ORDER BY t.position NULLS LAST, t.id NULLS LAST, a.id"
Rows = list[list[Cell]]


@dataclass(frozen=True)
class AssignmentTable:
    alignment: Alignment
    options: Options
    columns: tuple[Column, ...]

    def chunks(self) -> Iterator[Rows]:
        """In the order of accounts."""
        for _, rows in self._read("NULL", _BY_ACCOUNT):
            yield rows

    def chunks_by_territory(self) -> Iterator[tuple[int | None, Rows]]:
        """Runs of rows of one territory, in the order of territories; those of none (None) come last."""
        return self._read("t.id", _BY_TERRITORY)

    def _read(self, group: str, order: str) -> Iterator[tuple[Any, Rows]]:
        chosen = chosen_rows(self.alignment, self.options)
        parameters = chosen.parameters.copy()
        selected = [group]
        for place, column in enumerate(self.columns):
            selected.append(column.sql.format(f"%(column_{place})s"))
            if column.parameter is not None:
                parameters[f"column_{place}"] = column.parameter
        sql = (
            f"SELECT {', '.join(selected)} {_FROM} {chosen.joins}"
            f" WHERE a.workspace_id = %(workspace)s {chosen.conditions} {order}"
        )
        converted = [(place, column.convert) for place, column in enumerate(self.columns, start=1) if column.convert]
        for chunk in read_in_chunks(sql, parameters):
            rows = [list(row) for row in chunk]
            for place, convert in converted:
                for row in rows:
                    row[place] = convert(row[place])
            yield from _runs(rows)


def _runs(rows: list[list[Any]]) -> Iterator[tuple[Any, Rows]]:
    """Rows without their first cell, together with the next ones as long as that cell is the same."""
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or rows[end][0] != rows[start][0]:
            yield rows[start][0], [row[1:] for row in rows[start:end]]
            start = end


def assignment_table(alignment: Alignment, options: Options) -> AssignmentTable:
    known = assignment_columns(alignment.workspace_id, alignment.workspace.currency)
    previous = PREVIOUS if options.against is not None else ()
    return AssignmentTable(alignment, options, (*chosen_columns(known, options.columns), *previous))


def check_columns(alignment: Alignment, options: Options) -> Options:
    """Refuse columns that the table has not."""
    if options.columns:
        known = [column.key for column in assignment_columns(alignment.workspace_id, alignment.workspace.currency)]
        for key in sorted(options.columns.difference(known)):
            problem = f"there is no such column; there are {', '.join(known)}"
            raise Invalid.field("columns", problem, value=key[:100])
    return options
