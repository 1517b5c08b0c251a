"""The territories as RFC 7946 GeoJSON: longitude before latitude, outer rings counter-clockwise, one feature each."""

import json
from collections.abc import Iterator
from typing import Any

from territory.exports.amounts import major_units
from territory.exports.formats import ExportFormat, Option, Options
from territory.exports.rows import read_in_chunks
from territory.models import Alignment

# A centimetre at the equator.
DECIMALS = 7
_TOTALS = """
    SELECT territory_id, count(*) AS n_accounts, sum(revenue_minor) AS revenue_minor,
           sum(potential_minor) AS potential_minor, sum(pipeline_minor) AS pipeline_minor, sum(workload_h) AS workload_h
    FROM territory_accountassignment
    WHERE workspace_id = %(workspace)s AND alignment_id = %(alignment)s AND territory_id IS NOT NULL
    GROUP BY territory_id
"""
_ROWS = f"""
WITH totals AS ({_TOTALS})
SELECT t.id, t.code, t.name, t.colour, t.is_locked, r.external_id, r.name,
       coalesce(s.n_accounts, 0), coalesce(s.revenue_minor, 0)::bigint, coalesce(s.potential_minor, 0)::bigint,
       coalesce(s.pipeline_minor, 0)::bigint, coalesce(s.workload_h, 0),
       t.area_m2 / 1e6, ST_AsGeoJSON(ST_ForcePolygonCCW(t.boundary), %(decimals)s)
FROM territory_territory t
LEFT JOIN totals s ON s.territory_id = t.id
LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
WHERE t.workspace_id = %(workspace)s AND t.alignment_id = %(alignment)s
    AND (cardinality(%(territories)s::bigint[]) = 0 OR t.id = ANY(%(territories)s::bigint[]))
ORDER BY t.position, t.id
"""


def write(alignment: Alignment, options: Options) -> Iterator[bytes]:
    heading = json.dumps({"name": alignment.name, "revision": alignment.revision})
    yield f'{{"type":"FeatureCollection","alignment":{heading},"features":['.encode()
    comma = ""
    for territory_id, properties, geometry in read_territories(alignment, options):
        written = json.dumps(properties, ensure_ascii=False)
        feature = f'{{"type":"Feature","id":{territory_id},"properties":{written},"geometry":{geometry or "null"}}}'
        yield f"{comma}\n{feature}".encode()
        comma = ","
    yield b"\n]}\n"


def read_territories(alignment: Alignment, options: Options) -> Iterator[tuple[int, dict[str, Any], str | None]]:
    """Id, properties and boundary as a GeoJSON geometry (None without ground), in the order of the list."""
    parameters = {
        "workspace": alignment.workspace_id, "alignment": alignment.id, "decimals": DECIMALS,
        "territories": list(options.territory_ids),
    }  # fmt: skip
    for chunk in read_in_chunks(_ROWS, parameters):
        for territory_id, *row, geometry in chunk:
            yield territory_id, _properties(alignment.workspace.currency, *row), geometry


def _properties(
    currency: str, code: str, name: str, colour: str, is_locked: bool, rep_id: str | None,
    rep: str | None, n_accounts: int, revenue_minor: int, potential_minor: int, pipeline_minor: int, workload_h: float,
    area_km2: float,
) -> dict[str, Any]:  # fmt: skip
    return {
        "code": code,
        "name": name,
        "colour": colour,
        "rep_id": rep_id,
        "rep": rep,
        "is_locked": is_locked,
        "accounts": n_accounts,
        "currency": currency,
        "revenue": float(major_units(revenue_minor, currency)),
        "potential": float(major_units(potential_minor, currency)),
        "pipeline": float(major_units(pipeline_minor, currency)),
        "workload_h": workload_h,
        "area_km2": area_km2,
    }


FORMAT = ExportFormat(
    key="territories.geojson",
    label="Territories (GeoJSON)",
    description="Each territory's boundary with its rep and totals, for any mapping program.",
    content_type="application/geo+json",
    write=write,
    options=frozenset({Option.TERRITORY}),
)
