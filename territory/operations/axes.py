from django.db import connection
from shapely import MultiPolygon, transform

from territory.assignment import between
from territory.models import Alignment
from workspace.exceptions import Invalid

LATITUDE_MAX = 90


def refuse_swapped_axes(alignment: Alignment, area: MultiPolygon, *, field: str) -> None:
    """An area far from every account, whose mirror image lies among them, was written latitude first."""
    west, _, east, _ = area.bounds
    if max(abs(west), abs(east)) > LATITUDE_MAX or _is_near_accounts(alignment, area):
        return
    if _is_near_accounts(alignment, transform(area, lambda points: points[:, ::-1])):
        problem = "lies far from all accounts, and among them once longitude and latitude are exchanged"
        raise Invalid.field(field, f"{problem}; GeoJSON puts longitude before latitude, the axes look swapped")


def _is_near_accounts(alignment: Alignment, area: MultiPolygon) -> bool:
    near = between([(None, area)])
    with connection.cursor() as cursor:
        keys = {"workspace": alignment.workspace_id, "alignment": alignment.pk}
        cursor.execute(f"SELECT EXISTS ({near.sql})", near.parameters | keys)
        return bool(cursor.fetchone()[0])
