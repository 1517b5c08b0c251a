"""The reps: homes near the middle of what they cover, hours, and who has left."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from balancing.demo.businesses import COORDINATE_DECIMALS, Businesses
from balancing.demo.names import fictional_phone, name_people
from balancing.demo.places import Places
from balancing.demo.sphere import great_circle_km
from territory.travel_estimate import ROAD_FACTOR, SPEED_KMH, VISITS_PER_TRIP

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

HOME_AREA_CODES = ("205", "404", "615", "704", "803", "813")
# Each inside rep leads a desk of three.
INSIDE_CAPACITY_H = 3 * 1600.0
# Of a rep's hours, work and travel together, where a territory is on target.
USED = 0.92


@dataclass(frozen=True)
class Person:
    """A rep of the territory at the same position in their team's plan."""

    external_id: str
    name: str
    phone: str
    capacity_h: float
    field_share: float
    home: tuple[float, float] | None
    is_active: bool = True

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@example.com"


def hire(
    rng: np.random.Generator, capacities_h: FloatArray, homes: list[tuple[float, float]], *, gone: int, n_inside: int
) -> tuple[list[Person], list[Person]]:
    """Field reps, the one at position `gone` no longer active, and inside reps."""
    names = name_people(rng, len(capacities_h) + n_inside)
    field = [
        Person(f"REP-{k + 1:02d}", names[k], _phone(rng), float(capacities_h[k]), 1.0, homes[k], k != gone)
        for k in range(len(capacities_h))
    ]
    inside = [
        Person(f"INS-{k + 1:02d}", names[len(field) + k], _phone(rng), INSIDE_CAPACITY_H, 0.0, None)
        for k in range(n_inside)
    ]
    return field, inside


def choose_homes(
    owners: IntArray, capacities_h: FloatArray, deviations: FloatArray, businesses: Businesses, places: Places
) -> list[tuple[float, float]]:
    """For each territory a place from which travel fills the rep's hours as much as its work beside target says.

    owners (N,) territory of each business, −1 = none; deviations (K,) of workload. So nobody is on the road far more
    than the others by chance, and only the planted faults stand out.
    """
    homes = []
    for k, capacity_h in enumerate(capacities_h.tolist()):
        mine = owners == k
        inhabited = np.unique(businesses.place[mine])
        travel_h = _travel_h(businesses, mine, places, inhabited)
        wanted_h = capacity_h * USED * (1 + deviations[k]) - businesses.workload_h[mine].sum()
        place = int(inhabited[np.argmin(np.abs(travel_h - wanted_h))])
        lon, lat = (round(float(axis[place]), COORDINATE_DECIMALS) for axis in (places.lon, places.lat))
        homes.append((lon, lat))
    return homes


def _travel_h(businesses: Businesses, mine: BoolArray, places: Places, homes: IntArray) -> FloatArray:
    """Hours a year on the road from each of some places to the chosen businesses (territory.travel_estimate)."""
    visits = businesses.visits_per_year[mine]
    km = great_circle_km(
        places.lon[homes][:, None], places.lat[homes][:, None], businesses.lon[mine], businesses.lat[mine]
    )
    return (2 * km * visits).sum(axis=1) * ROAD_FACTOR / VISITS_PER_TRIP / SPEED_KMH


def _phone(rng: np.random.Generator) -> str:
    return fictional_phone(rng, HOME_AREA_CODES[rng.integers(len(HOME_AREA_CODES))])
