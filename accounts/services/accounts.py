from typing import Any

import numpy as np
from django.contrib.gis.geos import Point
from django.db import transaction

from accounts import cells
from accounts.importing.followers import accounts_changed
from accounts.models import Account, GeocodeQuality
from workspace.models import Member
from workspace.services.changes import record_change


@transaction.atomic
def update_account(account: Account, *, actor: Member, **fields: Any) -> Account:
    """Change one account. `location` is a (lon, lat) pair or None; its place on the tile grid follows."""
    account = Account.objects.select_for_update().get(workspace_id=actor.workspace_id, pk=account.pk)
    patch: dict[str, Any] = {}
    if "location" in fields:
        patch |= _move(account, fields.pop("location"))
    for name, value in fields.items():
        before = getattr(account, name)
        if before != value:
            patch[name] = [before, value]
            setattr(account, name, value)
    if not patch:
        return account
    account.save()
    account.refresh_from_db()
    record_change(
        actor=actor,
        subject_kind="account",
        subject_id=account.id,
        operation="update",
        label=f"Changed account {account.name}",
        patch=patch,
    )
    accounts_changed(workspace_id=actor.workspace_id, account_ids=[account.id])
    return account


def _move(account: Account, place: tuple[float, float] | None) -> dict[str, Any]:
    before = list(account.location.coords) if account.location else None
    after = list(place) if place else None
    if before == after:
        return {}
    if place is None:
        account.location = account.cell = account.mercator_x = account.mercator_y = None
        account.geocode_quality = GeocodeQuality.NONE
    else:
        x, y = cells.mercator(np.array([place[0]]), np.array([place[1]]))
        account.location = Point(*place, srid=4326)
        account.cell = int(cells.morton(x, y)[0])
        account.mercator_x, account.mercator_y = int(x[0]), int(y[0])
        account.geocode_quality = GeocodeQuality.GIVEN
    return {"location": [before, after]}
