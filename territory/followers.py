"""What follows in this app when accounts are created or changed."""

from django.db import connection

from territory.assignment import in_table, refresh
from territory.layers.membership import place_accounts
from territory.locks import own_accounts
from territory.models import Alignment, AlignmentState, UnitLayer, UnitLayerState


def follow_accounts(*, workspace_id: int, touched: str) -> None:
    """Units, sums per unit and assignments of the touched accounts, in every alignment that is still in use."""
    own_accounts(workspace_id)
    open_alignments = (
        Alignment.objects.filter(workspace_id=workspace_id)
        .exclude(state=AlignmentState.ARCHIVED)
        .select_for_update(of=("self",))
        .order_by("id")
    )
    alignments = list(open_alignments)
    account_ids = _ids(touched)
    for layer in UnitLayer.objects.filter(workspace_id=workspace_id, state=UnitLayerState.READY).order_by("id"):
        place_accounts(layer, account_ids)
    for alignment in alignments:
        refresh(alignment, in_table(touched))


def _ids(touched: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT account_id FROM {touched}")
        return [row[0] for row in cursor.fetchall()]
