"""The best known place of an address: its postal code's middle, else its city's when only one city can be meant."""

import re
from typing import NamedTuple

from accounts.geocoding.countries import country_code, us_state_code
from accounts.geocoding.places import Point, cities, us_places, us_postal_codes
from accounts.models import GeocodeQuality

_US_POSTAL_CODE = re.compile(r"(\d{3,5})(?:-\d{4})?", re.ASCII)


class Place(NamedTuple):
    lat: float
    lon: float
    quality: GeocodeQuality


def locate(*, postal_code: str, city: str, region: str, country: str, home_country: str | None) -> Place | None:
    """`home_country` stands in where the address names none."""
    state = us_state_code(region) if region else None
    code = country_code(country) if country else ("US" if state else home_country)
    if code == "US" and (found := _by_postal_code(postal_code, state)):
        return Place(*found, GeocodeQuality.POSTCODE)
    if code and city and (found := _by_city(city.strip().lower(), state, code)):
        return Place(*found, GeocodeQuality.PLACE)
    return None


def _by_postal_code(postal_code: str, state: str | None) -> Point | None:
    match = _US_POSTAL_CODE.fullmatch(postal_code)
    # A spreadsheet may have eaten the leading zeros.
    known = us_postal_codes().get(match[1].zfill(5)) if match else None
    if known is None or (state is not None and known[2] != state):
        return None
    return known[:2]


def _by_city(city: str, state: str | None, country: str) -> Point | None:
    if country == "US" and state:
        return us_places().get((state, city))
    candidates = cities().get((country, city), [])
    return candidates[0][0] if len(candidates) == 1 else None
