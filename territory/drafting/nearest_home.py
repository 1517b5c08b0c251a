"""A first design from a layer alone: one territory per rep, each unit with the rep who lives nearest."""

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from accounts.models import Rep
from territory.assignment import all_accounts, refresh
from territory.boundaries import derive_boundaries
from territory.drafting.territories import NewTerritory, add_territories
from territory.models import Alignment, BasicUnit

_GIVE = """
INSERT INTO territory_unitassignment (workspace_id, alignment_id, unit_id, territory_id)
SELECT %s, %s, unit_id, territory_id FROM unnest(%s::bigint[], %s::bigint[]) AS nearest (unit_id, territory_id)
"""


def align_to_homes(alignment: Alignment) -> None:
    """A rep without a home gets a territory without units."""
    reps = list(Rep.objects.filter(workspace_id=alignment.workspace_id, team_id=alignment.team_id, is_active=True))
    ids = add_territories(alignment, [NewTerritory(rep.name, rep.pk) for rep in reps])
    homes = [(territory_id, rep.home.x, rep.home.y) for territory_id, rep in zip(ids, reps, strict=True) if rep.home]
    if homes:
        rows = BasicUnit.objects.filter(workspace_id=alignment.workspace_id, layer_id=alignment.unit_layer_id)
        units = np.array(rows.values_list("id", "lon", "lat"), dtype=np.float64).reshape(-1, 3)
        near = np.array(homes, dtype=np.float64)
        owners = near[np.argmax(_unit_vectors(units[:, 1:]) @ _unit_vectors(near[:, 1:]).T, axis=1), 0]
        with connection.cursor() as cursor:
            unit_ids, territory_ids = units[:, 0].astype(int).tolist(), owners.astype(int).tolist()
            cursor.execute(_GIVE, [alignment.workspace_id, alignment.pk, unit_ids, territory_ids])
    refresh(alignment, all_accounts())
    derive_boundaries(alignment, ids)


def _unit_vectors(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points on the sphere: the larger the product of two, the nearer they are, everywhere on the globe."""
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
