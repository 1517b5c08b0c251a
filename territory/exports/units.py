"""Which unit belongs to which territory: as a table that can be read in again, and as a block-equivalency file."""

import re
from collections.abc import Iterator

from django.db import connection

from territory.exports.csv_lines import csv_lines, text_cell
from territory.exports.formats import CSV_TYPE, ExportFormat, Option, Options
from territory.exports.rows import read_in_chunks
from territory.models import Alignment, Basis

HEADER = ("Unit code", "Unit name", "Territory code", "Territory", "Rep id", "Rep")
# The name of the second column in the files that US redistricting exchanges ("block equivalency"): a code per block.
DISTRICT = "DISTRICT"
_CENSUS_BLOCK = re.compile(r"\d{15}", re.ASCII)
_ROWS = """
SELECT {columns}
FROM territory_basicunit u
LEFT JOIN territory_unitassignment ua
  ON ua.workspace_id = u.workspace_id AND ua.alignment_id = %(alignment)s AND ua.unit_id = u.id
LEFT JOIN territory_territory t ON t.workspace_id = ua.workspace_id AND t.id = ua.territory_id
LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
WHERE u.workspace_id = %(workspace)s AND u.layer_id = %(layer)s {conditions}
ORDER BY u.code COLLATE "C"
"""


def write_units(alignment: Alignment, options: Options) -> Iterator[bytes]:
    return csv_lines(HEADER, _read(alignment, options, "u.code, u.name, t.code, t.name, r.external_id, r.name"))


def write_equivalency(alignment: Alignment, options: Options) -> Iterator[bytes]:
    chunks = _read(alignment, options, "u.code, t.code", "AND t.id IS NOT NULL")
    return csv_lines((_code_column(alignment), DISTRICT), chunks)


def _read(alignment: Alignment, options: Options, columns: str, conditions: str = "") -> Iterator[list[list[str]]]:
    parameters = {
        "workspace": alignment.workspace_id, "alignment": alignment.pk, "layer": alignment.unit_layer_id,
        "territories": list(options.territory_ids),
    }  # fmt: skip
    if options.territory_ids:
        conditions += " AND t.id = ANY(%(territories)s::bigint[])"
    for chunk in read_in_chunks(_ROWS.format(columns=columns, conditions=conditions), parameters):
        yield [[text_cell(cell) for cell in row] for row in chunk]


def _code_column(alignment: Alignment) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM territory_basicunit WHERE workspace_id = %s AND layer_id = %s LIMIT 1",
            [alignment.workspace_id, alignment.unit_layer_id],
        )
        row = cursor.fetchone()
    return "BLOCKID" if row and _CENSUS_BLOCK.fullmatch(row[0]) else "GEOID"


FORMATS = (
    ExportFormat(
        key="units.csv",
        label="Units (CSV)",
        description="Every unit with its territory and rep. Can be imported again into a scenario on the same units.",
        content_type=CSV_TYPE,
        write=write_units,
        options=frozenset({Option.TERRITORY}),
        basis=Basis.UNITS,
    ),
    ExportFormat(
        key="block-equivalency.csv",
        label="Block equivalency (CSV)",
        description="Two columns, unit code and territory code, as redistricting programs exchange them.",
        content_type=CSV_TYPE,
        write=write_equivalency,
        options=frozenset({Option.TERRITORY}),
        basis=Basis.UNITS,
    ),
)
