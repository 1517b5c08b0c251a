from dataclasses import dataclass
from itertools import islice
from typing import Any

from accounts.importing.checking import row_checker
from accounts.importing.fields import ImportField, find_field
from accounts.importing.parsing import exponent_of
from accounts.importing.problems import Problem
from accounts.importing.rows import RowChecker
from accounts.importing.tables import Row, Table
from accounts.importing.teams import team_ids
from accounts.models import AccountImport

PREVIEW_ROWS = 20


@dataclass(frozen=True)
class PreviewRow:
    row: int
    values: dict[str, Any]
    problems: list[dict[str, Any]]


@dataclass(frozen=True)
class Preview:
    rows: list[PreviewRow]
    problems: list[dict[str, Any]]


def preview_rows(item: AccountImport, table: Table, sample: list[Row], problems: list[Problem]) -> Preview:
    """The first rows with what each field becomes. Columns that cannot be mapped as chosen are left out."""
    chosen: dict[str, ImportField] = {}
    for column, key in item.mapping.items():
        entry = find_field(item.kind, key)
        if entry is not None and column in table.header and entry.key not in {each.key for each in chosen.values()}:
            chosen[column] = entry
    checker = row_checker(item, table, sample, chosen)
    teams = {number: name for name, number in team_ids(item.workspace_id).items()}
    return Preview(
        [_preview_row(row, checker, chosen, item, teams) for row in islice(table.rows(), PREVIEW_ROWS)],
        [problem.as_dict() for problem in problems],
    )


def _preview_row(
    row: Row, checker: RowChecker, chosen: dict[str, ImportField], item: AccountImport, teams: dict[int, str]
) -> PreviewRow:
    values, problems = checker.look_at(row)
    for entry in chosen.values():
        value = values.get(entry.key)
        if entry.kind == "money" and value is not None:
            values[entry.key] = value / 10 ** exponent_of(item.workspace.currency)
        elif entry.key == "team":
            values[entry.key] = teams.get(value)
    return PreviewRow(row.number, values, [problem.as_dict() for problem in problems])
