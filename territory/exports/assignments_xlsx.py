from collections.abc import Iterator
from functools import partial
from itertools import takewhile

from territory.exports.assignment_table import AssignmentTable, assignment_table, check_columns
from territory.exports.formats import ROW_OPTIONS, ExportFormat, Option, Options
from territory.exports.workbook import CONTENT_TYPE, Book, Table, check_sheets, write_workbook
from territory.models import Alignment, Territory

SHEET = "Assignments"
UNASSIGNED = "Unassigned"
# A territory that came while the file was being written.
ADDED_MEANWHILE = "Added meanwhile"


def write(alignment: Alignment, options: Options) -> Iterator[bytes]:
    table = assignment_table(alignment, options)
    if not options.sheet_per_territory:
        return write_workbook(partial(_fill, table=table))
    names = _names(alignment, options)
    return write_workbook(partial(_fill_sheets, table=table, names=names))


def prepare(alignment: Alignment, options: Options) -> Options:
    if options.sheet_per_territory:
        n_sheets = len(options.territory_ids) or alignment.territories.count()
        check_sheets(n_sheets, what="territories", instead="Choose some of them, or one sheet for all.")
    return check_columns(alignment, options)


def _fill(book: Book, *, table: AssignmentTable) -> None:
    sheet = Table(book, SHEET, [column.header for column in table.columns])
    for rows in table.chunks():
        sheet.write(rows)


def _fill_sheets(book: Book, *, table: AssignmentTable, names: dict[int | None, str]) -> None:
    """A sheet for each territory, also for those without a row."""
    header = [column.header for column in table.columns]
    waiting = dict(names)
    current: int | None = -1
    for territory_id, rows in table.chunks_by_territory():
        if territory_id != current:
            for passed in _before(territory_id, waiting):
                Table(book, waiting.pop(passed), header)
            current = territory_id
            sheet = Table(book, waiting.pop(territory_id, ADDED_MEANWHILE), header)
        sheet.write(rows)
    for name in waiting.values():
        Table(book, name, header)


def _before(territory_id: int | None, waiting: dict[int | None, str]) -> list[int | None]:
    if territory_id not in waiting:
        return []
    return list(takewhile(lambda passed: passed != territory_id, waiting))


def _names(alignment: Alignment, options: Options) -> dict[int | None, str]:
    """The names of the sheets, in the order in which their rows come."""
    found = Territory.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment)
    if options.territory_ids:
        found = found.filter(pk__in=options.territory_ids)
    names: dict[int | None, str] = dict(found.order_by("position", "id").values_list("id", "name"))
    return names if options.territory_ids else names | {None: UNASSIGNED}


FORMAT = ExportFormat(
    key="assignments.xlsx",
    label="Assignments (Excel)",
    description="The same table as a workbook. Can be imported again as it is.",
    content_type=CONTENT_TYPE,
    write=write,
    options=ROW_OPTIONS | {Option.COLUMNS, Option.SHEETS},
    prepare=prepare,
)
