"""Visits done beside visits needed, of the accounts whose visits are counted."""

from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from balancing.formulas.cadence import cadence
from balancing.formulas.spread import ROUNDING
from territory.models import Alignment, Territory

FloatArray = NDArray[np.float64]
# An account is short of visits below this part of what it needs.
ENOUGH = 0.8

_COUNTED = "SELECT EXISTS (SELECT FROM accounts_account WHERE workspace_id = %s AND visits_done IS NOT NULL)"
_VISITS = """
SELECT s.territory_id, sum(least(a.visits_done, a.visits_per_year)), sum(a.visits_per_year),
       count(*) FILTER (WHERE a.visits_done < %(enough)s * a.visits_per_year),
       coalesce(sum(a.revenue_minor) FILTER (WHERE a.visits_done < %(enough)s * a.visits_per_year), 0),
       coalesce(sum(a.potential_minor) FILTER (WHERE a.visits_done < %(enough)s * a.visits_per_year), 0),
       coalesce(sum((a.visits_per_year - a.visits_done) * a.service_min_per_visit / 60)
                FILTER (WHERE a.visits_done < a.visits_per_year), 0)
FROM accounts_account a
JOIN territory_accountassignment s
  ON s.workspace_id = a.workspace_id AND s.alignment_id = %(alignment)s AND s.account_id = a.id
WHERE a.workspace_id = %(workspace)s AND a.visits_done IS NOT NULL AND s.territory_id IS NOT NULL
GROUP BY s.territory_id
"""


@dataclass(frozen=True)
class Visits:
    """Of one territory: its cadence, and the accounts short of visits with what is at stake."""

    cadence: float
    n_short: int
    revenue_minor: int
    potential_minor: int
    missing_h: float


def measure_visits(alignment: Alignment, territories: list[Territory]) -> list[Visits | None]:
    """In the order of the territories; None where no visits are counted, or none are needed."""
    values = {"workspace": alignment.workspace_id, "alignment": alignment.pk, "enough": ENOUGH - ROUNDING}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [alignment.workspace_id])
        if not cursor.fetchone()[0]:
            return [None] * len(territories)
        cursor.execute(_VISITS, values)
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    sums = [rows.get(territory.pk, (0.0, 0.0, 0, 0, 0, 0.0)) for territory in territories]
    shares = cadence(np.array([row[0] for row in sums]), np.array([row[1] for row in sums]))
    return [
        None if np.isnan(share) else Visits(float(share), int(row[2]), int(row[3]), int(row[4]), float(row[5]))
        for share, row in zip(shares, sums, strict=True)
    ]
