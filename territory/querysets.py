"""What a member may see of the plans: a rep sees own territories of live alignments, everybody else all of them."""

from typing import Any, Self

from workspace.models import Role
from workspace.querysets import TenantQuerySet

LIVE = "live"


class AlignmentQuerySet(TenantQuerySet):
    def visible_to(self, member: Any) -> Self:
        mine = super().visible_to(member)
        if member.role == Role.REP:
            return mine.filter(state=LIVE, territories__rep__member=member).distinct()
        return mine


class TerritoryQuerySet(TenantQuerySet):
    def visible_to(self, member: Any) -> Self:
        mine = super().visible_to(member)
        if member.role == Role.REP:
            return mine.filter(alignment__state=LIVE, rep__member=member)
        return mine
