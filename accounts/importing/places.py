"""Where the rows of a file are on the map: as given, else by their address."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from accounts import cells
from accounts.geocoding.address import Place, locate
from accounts.importing.fields import PLACE_FIELDS
from accounts.models import GeocodeQuality

NOWHERE = GeocodeQuality.NONE.value
_locate = lru_cache(maxsize=50_000)(locate)


@dataclass
class Places:
    """Columns as long as the rows; None where nobody knows."""

    lon: list[float | None]
    lat: list[float | None]
    quality: list[str]

    def grid(self) -> dict[str, list[int | None]]:
        """Place on the tile grid: cell, mercator_x, mercator_y."""
        known = np.array([lon is not None for lon in self.lon], dtype=bool)
        lon = np.array([value or 0.0 for value in self.lon], dtype=np.float64)
        lat = np.array([value or 0.0 for value in self.lat], dtype=np.float64)
        x, y = cells.mercator(lon, lat)
        columns = {"cell": cells.morton(x, y), "mercator_x": x, "mercator_y": y}
        return {
            name: [value if is_known else None for value, is_known in zip(column.tolist(), known.tolist(), strict=True)]
            for name, column in columns.items()
        }


def place_rows(values: dict[str, list[Any]], n_rows: int, *, home_country: str | None) -> Places:
    nothing = [None] * n_rows
    lat, lon = list(values.get("lat", nothing)), list(values.get("lon", nothing))
    quality = [NOWHERE if value is None else GeocodeQuality.GIVEN.value for value in lat]
    if not any(name in values for name in ("postal_code", "city")):
        return Places(lon, lat, quality)
    blank = [""] * n_rows
    addresses = zip(*(values.get(name, blank) for name in PLACE_FIELDS), strict=True)
    for position, address in enumerate(addresses):
        if lat[position] is None and (found := _find(address, home_country)):
            lat[position], lon[position], quality[position] = found.lat, found.lon, found.quality.value
    return Places(lon, lat, quality)


def _find(address: tuple[str, ...], home_country: str | None) -> Place | None:
    postal_code, city, region, country = address
    if not postal_code and not city:
        return None
    return _locate(postal_code=postal_code, city=city, region=region, country=country, home_country=home_country)
