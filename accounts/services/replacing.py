"""Replace: what would disappear is looked at before anything runs."""

from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.db import transaction

from accounts.importing.checking import refuse_mapping, sample_rows
from accounts.importing.fields import find_field
from accounts.importing.leaving import Absent, describe_absent, find_absent
from accounts.importing.parsing import NumberStyle
from accounts.importing.problems import BadValue
from accounts.importing.reading import open_table
from accounts.importing.staging import make_id_table, stage_ids
from accounts.importing.tables import Table
from accounts.importing.writing import GoneChanged
from accounts.models import AccountImport, ImportKind
from workspace.exceptions import Invalid

IDS_AT_ONCE = 20_000
CELLS_READ_MAX = 1_000_000


@transaction.atomic
def look_at_absent(item: AccountImport, *, mapping: dict[str, str]) -> Absent:
    """The accounts that are not in the file: what `replace` would take out."""
    _find(item, mapping)
    return describe_absent(item.workspace_id)


def refuse_unconfirmed(item: AccountImport, *, skip_bad_rows: bool, confirmed_gone: int | None) -> None:
    """Refuse to replace unless exactly as many accounts disappear as were confirmed."""
    if skip_bad_rows:
        raise Invalid.field(
            "skip_bad_rows", "cannot be combined with replace: an account whose row has a problem would disappear"
        )
    n_absent = _find(item, item.mapping)
    if confirmed_gone is None or n_absent != confirmed_gone:
        raise GoneChanged(n_absent, confirmed_gone)


def _find(item: AccountImport, mapping: dict[str, str]) -> int:
    if item.kind != ImportKind.ACCOUNTS:
        raise Invalid.field("mode", "replace is for accounts only: reps are never erased, set them inactive instead")
    item.mapping = mapping
    with item.file.open("rb") as stored:
        table = open_table(stored, filename=item.filename, detected=item.detected)
        refuse_mapping(item, table, sample_rows(table))
        present = make_id_table()
        ids = _ids(item, table)
        while chunk := list(islice(ids, IDS_AT_ONCE)):
            stage_ids(chunk)
    return find_absent(item.workspace_id, present=present)


def _ids(item: AccountImport, table: Table) -> Iterator[str]:
    """What the import would take for ids; rows it would refuse have none."""
    column = next(column for column, key in item.mapping.items() if key == "external_id")
    field = find_field(item.kind, "external_id")
    assert field is not None
    index, parse = table.header.index(column), field.parser(NumberStyle.POINT, item.workspace.currency)
    # Cells of a workbook are slow to read, and somebody is waiting.
    most = CELLS_READ_MAX // len(table.header) if table.detected.sheets else settings.IMPORT_MAX_ROWS
    for row in table.rows():
        if row.number > most:
            problem = "replace cannot say in time what would disappear with so long a workbook; save it as CSV"
            raise Invalid.field("mode", problem, bound=f"{most:,} rows")
        if row.problem is None and len(row.cells) > index:
            try:
                yield parse(row.cells[index])
            except BadValue:
                continue
