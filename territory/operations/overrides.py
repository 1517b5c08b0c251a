from collections.abc import Sequence

from accounts.models import Account
from territory.models import Alignment
from territory.operations.planned import Planned, present_overrides, territory_of
from territory.patches import Patch
from workspace.exceptions import Invalid
from workspace.wording import plural


def set_overrides(alignment: Alignment, *, account_ids: Sequence[int], territory_id: int, reason: str) -> Planned:
    """Keep named accounts with a territory whatever the map says."""
    territory = territory_of(alignment, territory_id)
    known = set(
        Account.objects.filter(workspace_id=alignment.workspace_id, pk__in=list(account_ids)).values_list(
            "pk", flat=True
        )
    )
    for account_id in account_ids:
        if account_id not in known:
            raise Invalid.field("account_ids", "there is no such account", value=account_id)
    present = present_overrides(alignment, account_id__in=list(account_ids))
    after = {"territory_id": territory_id, "reason": reason}
    overrides = {a: (present.get(a), after) for a in dict.fromkeys(account_ids) if present.get(a) != after}
    count = plural(len(overrides), "named account")
    return Planned(Patch(overrides=overrides), f"Kept {count} with “{territory.name}”")


def clear_overrides(alignment: Alignment, *, account_ids: Sequence[int]) -> Planned:
    """Let the map decide about these accounts again."""
    present = present_overrides(alignment, account_id__in=list(account_ids))
    overrides = {account_id: (fields, None) for account_id, fields in present.items()}
    return Planned(Patch(overrides=overrides), f"Let the map decide about {plural(len(overrides), 'named account')}")
