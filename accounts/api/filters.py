from typing import Any

import django_filters
from django.db.models import QuerySet

from accounts.models import Account, Rep

SEARCH_MAX = 100


class SearchFilter(django_filters.CharFilter):
    """Hands the words to the queryset's `matching`."""

    def filter(self, items: Any, value: str) -> Any:
        words = (value or "").strip()[:SEARCH_MAX]
        return items.matching(words) if words else items


class AccountFilter(django_filters.FilterSet):
    search = SearchFilter(label="Name, city, postal code or external id starts with")
    segment = django_filters.CharFilter(max_length=200)
    unplotted = django_filters.BooleanFilter(method="filter_unplotted", label="Only those that are not on the map")

    class Meta:
        model = Account
        fields = ["search", "segment", "unplotted"]

    def filter_unplotted(self, items: QuerySet[Account], name: str, value: bool) -> QuerySet[Account]:
        return items.filter(cell__isnull=value)


class RepFilter(django_filters.FilterSet):
    search = SearchFilter(label="Name contains; external id or e-mail starts with")
    team = django_filters.NumberFilter(field_name="team_id", min_value=1, max_value=2**63 - 1)
    is_active = django_filters.BooleanFilter()

    class Meta:
        model = Rep
        fields = ["search", "team", "is_active"]
