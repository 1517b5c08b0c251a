from collections.abc import Iterator

from territory.exports import (
    assignments_csv,
    assignments_parquet,
    assignments_xlsx,
    salesforce_account_owner,
    salesforce_object_territory2_association,
    salesforce_territory2,
    territories_geojson,
    territories_gis,
    transition,
    units,
)
from territory.exports.formats import ExportFormat, Options
from territory.models import Alignment
from workspace.tenancy import workspace

FORMATS = (
    assignments_csv.FORMAT,
    assignments_xlsx.FORMAT,
    assignments_parquet.FORMAT,
    transition.FORMAT,
    *units.FORMATS,
    territories_geojson.FORMAT,
    *territories_gis.FORMATS,
    salesforce_account_owner.FORMAT,
    salesforce_territory2.FORMAT,
    salesforce_object_territory2_association.FORMAT,
)
FORMAT_BY_KEY = {known.key: known for known in FORMATS}


def stream_export(chosen: ExportFormat, alignment: Alignment, options: Options) -> Iterator[bytes]:
    """The file in pieces. Runs after the request's transaction has ended, so it enters the workspace itself."""
    with workspace(alignment.workspace_id):
        yield from chosen.write(alignment, options)
