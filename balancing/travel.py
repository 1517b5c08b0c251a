"""The travel estimate: no road network is asked, and every answer says so."""

from dataclasses import dataclass

from django.db import connection

from territory.models import Alignment
from workspace.models import TeamKind

ROAD_FACTOR = 1.3
SPEED_KMH = 60.0
VISITS_PER_TRIP = 4.0


@dataclass(frozen=True)
class TravelSource:
    """Where travel figures come from, as shown beside them."""

    method: str
    road_factor: float | None
    speed_kmh: float | None
    note: str


@dataclass(frozen=True)
class Travel:
    km: float
    hours: float


ESTIMATE = TravelSource(
    "straight_line",
    ROAD_FACTOR,
    SPEED_KMH,
    "Estimate: straight line from the rep's home (or the middle of the territory's accounts) × road factor, "
    f"{VISITS_PER_TRIP:g} visits a trip.",
)
NO_TRAVEL = TravelSource("none", None, None, "Inside teams do not travel.")

_KM = """
WITH plotted AS (
    SELECT territory_id, visits_per_year,
           radians(mercator_x * 360.0 / 67108864 - 180) AS lon,
           atan(sinh(pi() * (1 - mercator_y / 33554432.0))) AS lat
    FROM territory_accountassignment
    WHERE workspace_id = %(workspace)s AND alignment_id = %(alignment)s
      AND territory_id IS NOT NULL AND mercator_x IS NOT NULL
), base AS (
    SELECT t.id,
           coalesce(radians(ST_X(r.home)), c.lon) AS lon, coalesce(radians(ST_Y(r.home)), c.lat) AS lat
    FROM territory_territory t
    LEFT JOIN accounts_rep r ON r.workspace_id = t.workspace_id AND r.id = t.rep_id
    LEFT JOIN (SELECT territory_id, avg(lon) AS lon, avg(lat) AS lat FROM plotted GROUP BY 1) c ON c.territory_id = t.id
    WHERE t.workspace_id = %(workspace)s AND t.alignment_id = %(alignment)s
)
SELECT p.territory_id, sum(p.visits_per_year * 2 * 6371.0088 * 2 * asin(sqrt(least(1,
    sin((p.lat - b.lat) / 2) ^ 2 + cos(p.lat) * cos(b.lat) * sin((p.lon - b.lon) / 2) ^ 2))))
FROM plotted p JOIN base b ON b.id = p.territory_id
GROUP BY 1
"""


def travel_source(alignment: Alignment) -> TravelSource:
    return NO_TRAVEL if alignment.team.kind == TeamKind.INSIDE else ESTIMATE


def estimated_travel(alignment: Alignment) -> dict[int, Travel]:
    """Kilometres and hours a year for each territory; queries once."""
    if travel_source(alignment) is NO_TRAVEL:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_KM, {"workspace": alignment.workspace_id, "alignment": alignment.pk})
        rows = cursor.fetchall()
    kilometres = {territory: float(km) * ROAD_FACTOR / VISITS_PER_TRIP for territory, km in rows}
    return {territory: Travel(km, km / SPEED_KMH) for territory, km in kilometres.items()}
