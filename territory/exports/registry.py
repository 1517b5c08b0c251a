from collections.abc import Iterator

from accounts.models import Account
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
from workspace.planner import count_rows
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


def prepare_export(chosen: ExportFormat, alignment: Alignment, options: Options) -> Options:
    """Before the answer begins: refuse in words what cannot be written, and have the planner know the tables."""
    if options.changed_since is not None:
        # Taken for nearly empty, each account would be compared with each changed one. Not while the file is
        # written: that transaction lasts as long as the client reads.
        n_accounts = Account.objects.filter(workspace_id=alignment.workspace_id).count()
        count_rows(n_accounts, "accounts_account", "territory_accountassignment", "territory_accountunit")
    return chosen.prepare(alignment, options)


def stream_export(chosen: ExportFormat, alignment: Alignment, options: Options) -> Iterator[bytes]:
    """The file in pieces. Runs after the request's transaction has ended, so it enters the workspace itself."""
    with workspace(alignment.workspace_id):
        yield from chosen.write(alignment, options)
