from typing import Any

from rest_framework.request import Request
from rest_framework.settings import api_settings

from workspace.exceptions import Invalid

ORDERINGS = ("name", "revenue_minor", "potential_minor", "pipeline_minor", "visits_per_year", "city", "id")


class AccountPagination(api_settings.DEFAULT_PAGINATION_CLASS):
    """Pages in a chosen order; the id settles ties, so that no account is shown twice or left out."""

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        wanted = request.query_params.get("ordering") or "name"
        name = wanted.removeprefix("-")
        if name not in ORDERINGS:
            raise Invalid.field("ordering", "cannot order by this", value=wanted[:40], bound=", ".join(ORDERINGS))
        sign = "-" if wanted.startswith("-") else ""
        return (wanted,) if name == "id" else (wanted, f"{sign}id")
