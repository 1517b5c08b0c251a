"""Putting a stored file, its mapping and its workspace together to check rows."""

from itertools import islice

from accounts.importing.fields import ImportField
from accounts.importing.mapping import mapping_problems
from accounts.importing.rows import RowChecker
from accounts.importing.tables import Row, Table
from accounts.importing.teams import team_ids
from accounts.models import AccountImport, ImportKind
from workspace.exceptions import FieldProblem, Invalid

SAMPLE_ROWS = 1_000
# Cells of a workbook are slow to read: a request looks at no more than these.
LOOK_CELLS = 100_000


def rows_at_a_look(table: Table) -> int:
    return LOOK_CELLS // len(table.header)


def sample_rows(table: Table) -> list[Row]:
    most = min(SAMPLE_ROWS, rows_at_a_look(table))
    return list(islice((row for row in table.rows() if row.cells and row.problem is None), most))


def row_checker(item: AccountImport, table: Table, sample: list[Row], fields: dict[str, ImportField]) -> RowChecker:
    return RowChecker(
        header=table.header,
        fields=fields,
        sample=sample,
        currency=item.workspace.currency,
        delimiter=table.detected.delimiter,
        teams=team_ids(item.workspace_id) if item.kind == ImportKind.REPS else {},
    )


def refuse_mapping(item: AccountImport, table: Table, sample: list[Row]) -> None:
    if item.kind == ImportKind.REPS and not team_ids(item.workspace_id):
        raise Invalid.field("team", "the workspace has no team that reps could belong to; make one first")
    problems = mapping_problems(kind=item.kind, header=table.header, mapping=item.mapping, sample=sample)
    if problems:
        errors = [FieldProblem(each.column or "mapping", each.problem) for each in problems]
        raise Invalid("; ".join(f"{each.field}: {each.problem}" for each in errors), errors=errors)
