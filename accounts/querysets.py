from typing import Any, Self

from django.db.models import Q

from workspace.models import Role
from workspace.querysets import TenantQuerySet

# Sorts after every character: closes the range of all texts that start alike.
_LAST = "\U0010ffff"


def starts_with(field: str, prefix: str) -> Q:
    """A prefix as a half-open range: comparisons may use an index under row-level security, LIKE may not."""
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": prefix + _LAST})


class AccountQuerySet(TenantQuerySet):
    def visible_to(self, member: Any) -> Self:
        """All of the workspace, but nothing for a rep: whose accounts those are is known to the territory app."""
        if member.role == Role.REP:
            return self.none()
        return super().visible_to(member)

    def matching(self, words: str) -> Self:
        """Name, city, postal code or external id starts with these words."""
        key = words.lower()
        return self.filter(
            starts_with("name_key", key)
            | starts_with("city_key", key)
            | starts_with("postal_code", words)
            | starts_with("postal_code", words.upper())
            | starts_with("external_id", words)
        )

    def unplotted(self) -> Self:
        return self.filter(cell__isnull=True)


class RepQuerySet(TenantQuerySet):
    def matching(self, words: str) -> Self:
        return self.filter(Q(name__icontains=words) | Q(external_id__istartswith=words) | Q(email__istartswith=words))
