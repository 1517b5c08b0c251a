from datetime import date

from django.db import transaction

from balancing.comparison import spread_of
from balancing.models import Snapshot
from balancing.scorecard.balance import KEYS, measure_balance
from balancing.scorecard.card import known
from territory.models import Alignment
from workspace.models import Member
from workspace.services.changes import record_change


@transaction.atomic
def measure_alignment(alignment: Alignment, *, actor: Member, measured_on: date) -> Snapshot:
    """Keep today's balance for trends; measuring twice on one day keeps the later figures."""
    balance = measure_balance(alignment)
    snapshot, _ = Snapshot.objects.update_or_create(
        workspace_id=alignment.workspace_id,
        team_id=alignment.team_id,
        measured_on=measured_on,
        alignment_name=alignment.name,
        defaults={
            "alignment": alignment,
            "balance_index": known(balance.mean_index) or 0.0,
            "metrics": {key: spread_of(balance, key) for key in KEYS},
        },
    )
    record_change(
        actor=actor,
        subject_kind="snapshot",
        subject_id=snapshot.pk,
        operation="measure",
        label=f"Measured {alignment.name} on {measured_on}",
    )
    return snapshot
