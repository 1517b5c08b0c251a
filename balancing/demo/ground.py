"""The counties the company works in, as arrays."""

import numpy as np
import shapely
from numpy.typing import NDArray

from territory.layers.counties import counties
from territory.layers.states import STATE_FIPS
from territory.layers.units import Units

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Ground:
    """County polygons with a quick answer to "in which county does this point lie?"."""

    def __init__(self, states: tuple[str, ...]) -> None:
        self.units: Units = counties(states)
        fips_state = {fips: state for state, fips in STATE_FIPS.items()}
        self.states = [fips_state[code[:2]] for code in self.units.codes]
        self.boundaries = np.array(self.units.boundaries, dtype=object)
        self.edges: IntArray = self.units.edges
        middles = shapely.point_on_surface(self.boundaries)
        self.lon: FloatArray = shapely.get_x(middles)
        self.lat: FloatArray = shapely.get_y(middles)
        shapely.prepare(self.boundaries)

    def __len__(self) -> int:
        return len(self.units)

    def county_of(self, lon: FloatArray, lat: FloatArray) -> IntArray:
        """Position of the county of each point, −1 in the sea and beyond the states."""
        found = np.full(len(lon), -1, dtype=np.int64)
        points = shapely.STRtree(shapely.points(lon, lat))
        county, point = points.query(self.boundaries, predicate="contains_properly")
        found[point] = county
        return found
