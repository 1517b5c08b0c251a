"""Accounts as a member sees them, in an alignment."""

import math
from collections.abc import Iterable

from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import Account
from territory.models import AccountAssignment, Alignment, AlignmentState, Territory
from territory.travel_estimate import distance_km_sql
from workspace.models import Member, Role

_DISTANCE = distance_km_sql(
    x='"accounts_account"."mercator_x"',
    y='"accounts_account"."mercator_y"',
    home_lon="%s",
    home_sin="%s",
    home_cos="%s",
)


def accounts_visible_to(member: Member) -> QuerySet[Account]:
    """All of the workspace; for a rep, those of own territories in live alignments."""
    if member.role != Role.REP:
        return Account.objects.visible_to(member)
    own = AccountAssignment.objects.filter(workspace_id=member.workspace_id, territory__in=_own_territories(member))
    return Account.objects.filter(workspace_id=member.workspace_id, pk__in=own.values("account_id"))


def in_alignment(
    accounts: QuerySet[Account], alignment: Alignment, territory_id: int | None = None
) -> QuerySet[Account]:
    """Those of one territory, or those of none."""
    rows = AccountAssignment.objects.filter(workspace_id=alignment.workspace_id, alignment=alignment)
    return accounts.filter(pk__in=rows.filter(territory_id=territory_id).values("account_id"))


def nearest_first(accounts: QuerySet[Account], lon: float, lat: float) -> QuerySet[Account]:
    """Plotted accounts by great-circle distance."""
    latitude = math.radians(lat)
    values = [math.sin(latitude), math.cos(latitude), math.radians(lon)]
    plotted = accounts.filter(cell__isnull=False)
    return plotted.annotate(distance_km=RawSQL(_DISTANCE, values)).order_by("distance_km", "pk")


def put_territories(accounts: Iterable[Account], member: Member, alignment: Alignment | None) -> list[Account]:
    """Beside each account its territory in the alignment; for a rep, the own territory it belongs to."""
    listed = list(accounts)
    rows = AccountAssignment.objects.filter(
        workspace_id=member.workspace_id, account_id__in=[account.pk for account in listed], territory__isnull=False
    )
    if member.role == Role.REP:
        rows = rows.filter(territory__in=_own_territories(member))
    elif alignment is not None:
        rows = rows.filter(alignment=alignment)
    else:
        rows = rows.none()
    columns = {"id": F("territory_id"), "name": F("territory__name"), "colour": F("territory__colour")}
    found = {row.pop("account_id"): row for row in rows.values("account_id", **columns)}
    for account in listed:
        account.territory = found.get(account.pk)
    return listed


def _own_territories(member: Member) -> QuerySet[Territory]:
    return Territory.objects.visible_to(member).filter(alignment__state=AlignmentState.LIVE)
