"""Fixed centres: where reps live."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from balancing.engine.geometry import unit_vectors, weighted_centroids
from balancing.problems.aims import RunSettings
from balancing.problems.rows import UnitRows
from territory.models import Territory
from workspace.exceptions import Invalid


def find_homes(
    territories: list[Territory],
    units: UnitRows,
    current: NDArray[np.int32],
    settings: RunSettings,
    notes: list[str],
) -> dict[str, Any]:
    """Home of each territory's rep; for one without, the middle of its accounts today."""
    if not settings.use_homes:
        return {}
    if settings.objective == "borders" and settings.max_distance_km is None:
        # They would only keep the new territories from being named like today's.
        notes.append("Short borders are looked for without the reps' homes; territories are named like today's.")
        return {}
    middles = _middles(units, current, len(territories))
    homes, without = [], []
    for k, territory in enumerate(territories):
        point = territory.rep.home if territory.rep is not None else None
        if point is not None:
            homes.append((point.x, point.y))
            continue
        without.append(territory.name)
        if not (current == k).any():
            raise Invalid.field(
                "use_homes", f"{territory.name} has neither a rep's home nor units of its own to start at"
            )
        homes.append(middles[k])
    if without:
        notes.append(f"No home is known for {', '.join(without)}: the middle of today's accounts stands in for it.")
    return {"home_longitudes": [home[0] for home in homes], "home_latitudes": [home[1] for home in homes]}


def _middles(units: UnitRows, current: NDArray[np.int32], n_territories: int) -> list[tuple[float, float]]:
    centres = weighted_centroids(unit_vectors(units.lon, units.lat), units.sums[:, 0], current, n_territories)
    lon = np.degrees(np.arctan2(centres[:, 1], centres[:, 0]))
    lat = np.degrees(np.arcsin(np.clip(centres[:, 2], -1, 1)))
    return list(zip(lon.tolist(), lat.tolist(), strict=True))
