"""Sums per territory, straight from the assignment rows (answered from the index alone)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from territory.models import Alignment
from territory.travel_estimate import (
    LONGITUDE,
    MERCATOR_M,
    ROAD_FACTOR,
    VISITS_PER_TRIP,
    distance_km_sql,
    travel_h,
)
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
    x="s.mercator_x", y="s.mercator_y", home_lon="base.lon", home_sin="base.sin_lat", home_cos="base.cos_lat"
)
_OF_TERRITORY = """
FROM territory_accountassignment s
WHERE s.workspace_id = %(workspace)s AND s.alignment_id = %(alignment)s AND s.territory_id = base.id
"""
# Where trips start: the rep's home, else the middle of the accounts.
_HOMES = f"""
base AS MATERIALIZED (
    SELECT t.id, r.home FROM territory_territory t
    LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
    WHERE t.workspace_id = %(workspace)s AND t.alignment_id = %(alignment)s
      AND (%(only)s::bigint[] IS NULL OR t.id = ANY(%(only)s::bigint[]))
),
h AS MATERIALIZED (
    SELECT base.id, coalesce(radians(ST_X(base.home)), {LONGITUDE.format(x="mid.x")}) AS lon,
        coalesce(sin(radians(ST_Y(base.home))), tanh({MERCATOR_M.format(y="mid.y")})) AS sin_lat,
        coalesce(cos(radians(ST_Y(base.home))), 1 / cosh({MERCATOR_M.format(y="mid.y")})) AS cos_lat
    FROM base LEFT JOIN LATERAL (
        SELECT sum(s.visits_per_year * s.mercator_x) / nullif(sum(s.visits_per_year), 0) AS x,
            sum(s.visits_per_year * s.mercator_y) / nullif(sum(s.visits_per_year), 0) AS y
        {_OF_TERRITORY} AND s.mercator_x IS NOT NULL
    ) mid ON base.home IS NULL
)
"""
_SUMS = f"""
WITH {_HOMES}
SELECT base.id, sums.* FROM h base CROSS JOIN LATERAL (
    SELECT count(*), coalesce(sum(s.revenue_minor), 0)::bigint, coalesce(sum(s.potential_minor), 0)::bigint,
        coalesce(sum(s.pipeline_minor), 0)::bigint, coalesce(sum(s.workload_h), 0),
        CASE WHEN %(travels)s THEN coalesce(sum(s.visits_per_year * {_DISTANCE}), 0) ELSE 0 END
            * 2 * {ROAD_FACTOR} / {VISITS_PER_TRIP}
    {_OF_TERRITORY}
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
