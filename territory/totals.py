"""Sums per territory, straight from the assignment rows (answered from the index alone)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from territory.models import Alignment
from territory.travel_estimate import ROAD_FACTOR, VISITS_PER_TRIP, distance_km_sql, travel_h
from workspace.models import TeamKind


@dataclass(frozen=True)
class Totals:
    accounts: int = 0
    revenue_minor: int = 0
    potential_minor: int = 0
    pipeline_minor: int = 0
    workload_h: float = 0.0
    travel_h: float = 0.0
    travel_km: float = 0.0


_DISTANCE = distance_km_sql(
    x="s.mercator_x", y="s.mercator_y", home_lon="h.lon", home_sin="h.sin_lat", home_cos="h.cos_lat"
)
_SUMS = f"""
WITH h AS MATERIALIZED (
    SELECT t.id, radians(ST_X(r.home)) AS lon, sin(radians(ST_Y(r.home))) AS sin_lat, cos(radians(ST_Y(r.home))) AS cos_lat
    FROM territory_territory t
    LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id AND %(travels)s
    WHERE t.workspace_id = %(workspace)s AND t.alignment_id = %(alignment)s
      AND (%(only)s::bigint[] IS NULL OR t.id = ANY(%(only)s::bigint[]))
)
SELECT h.id, sums.* FROM h CROSS JOIN LATERAL (
    SELECT count(*), coalesce(sum(s.revenue_minor), 0)::bigint, coalesce(sum(s.potential_minor), 0)::bigint,
        coalesce(sum(s.pipeline_minor), 0)::bigint, coalesce(sum(s.workload_h), 0),
        coalesce(sum(s.visits_per_year * {_DISTANCE}), 0) * 2 * {ROAD_FACTOR} / {VISITS_PER_TRIP}
    FROM territory_accountassignment s
    WHERE s.workspace_id = %(workspace)s AND s.alignment_id = %(alignment)s AND s.territory_id = h.id
) sums
"""
_WHITE_SPACE = """
SELECT count(*), coalesce(sum(revenue_minor), 0)::bigint, coalesce(sum(potential_minor), 0)::bigint,
    coalesce(sum(pipeline_minor), 0)::bigint, coalesce(sum(workload_h), 0)
FROM territory_accountassignment
WHERE workspace_id = %s AND alignment_id = %s AND territory_id IS NULL
"""


def territory_totals(alignment: Alignment, territory_ids: Iterable[int] | None = None) -> dict[int, Totals]:
    """Totals of all territories of the alignment, or of some. White space is not a territory and not among them."""
    values = {
        "workspace": alignment.workspace_id,
        "alignment": alignment.pk,
        "only": None if territory_ids is None else list(territory_ids),
        "travels": alignment.team.kind != TeamKind.INSIDE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, values)
        return {row[0]: Totals(*row[1:6], travel_h=travel_h(row[6]), travel_km=row[6]) for row in cursor.fetchall()}


def white_space_totals(alignment: Alignment) -> Totals:
    """What nobody covers."""
    with connection.cursor() as cursor:
        cursor.execute(_WHITE_SPACE, [alignment.workspace_id, alignment.pk])
        return Totals(*cursor.fetchone())
