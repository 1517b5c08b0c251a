"""What every way to know drives offers."""

from dataclasses import dataclass
from typing import Protocol

from balancing.engine.arrays import FloatArray


class TravelFault(Exception):
    """The engine could not answer; asking again later may help. The text is for people."""


@dataclass(frozen=True, eq=False)
class Legs:
    """Drives from one base: minutes (n,) and km (n,), one way. NaN where the engine knows of no drive."""

    minutes: FloatArray
    km: FloatArray


class TravelEngine(Protocol):
    """One base → many places.

    name       as it is stored with figures
    version    the same version gives the same legs; a server that does not tell has the day it was asked
    data_date  the day the map data are of, "" where nobody says
    batch      places of one call at most
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def data_date(self) -> str: ...

    @property
    def batch(self) -> int: ...

    def from_base(self, lon: float, lat: float, lons: FloatArray, lats: FloatArray) -> Legs:
        """Legs to places in degrees. Raises TravelFault."""
