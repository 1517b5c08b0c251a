"""The demo's accounts as arrays: where they are and what they are worth. Pure; the same seed gives the same rows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from balancing.demo.ground import Ground
from balancing.demo.places import Places

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

# Cities have fewer businesses per head to visit than towns have.
POPULATION_EXPONENT = 0.85
COUNTY_SHARE_MAX = 0.015
KM_PER_DEGREE = 111.2
COORDINATE_DECIMALS = 6
MEDIAN_REVENUE = 14_000
REVENUE_SIGMA = 1.15
MEDIAN_POTENTIAL = 21_000
POTENTIAL_SIGMA = 1.0
# Correlation of the logarithms of revenue and potential, before the region's factor.
CORRELATION = 0.5
WHOLE_MONEY_MINOR = 100


@dataclass(frozen=True)
class Segment:
    """Hours a year at the customer's, and visits a year in the country, in towns and in cities."""

    name: str
    share: float
    hours: float
    visits: tuple[float, float, float]


# Best first; by revenue. Where the next customer is far, visits are rarer and longer.
SEGMENTS = (
    Segment("A", 0.10, 7.0, (2.0, 4.0, 6.0)),
    Segment("B", 0.30, 2.75, (1.0, 2.0, 3.0)),
    Segment("C", 0.60, 0.7, (0.5, 0.5, 1.0)),
)
# Of one account's hours beside its segment's: lowest and highest.
HOURS_RANGE = (0.8, 1.2)
NEIGHBOURHOOD_KM = 60.0
MINUTES_STEP = 5


@dataclass(eq=False)
class Businesses:
    """N accounts. `county` and `place` are positions in Ground and Places; `segment` one in SEGMENTS."""

    place: IntArray
    county: IntArray
    lon: FloatArray
    lat: FloatArray
    segment: IntArray
    revenue_minor: IntArray
    potential_minor: IntArray
    pipeline_minor: IntArray
    visits_per_year: FloatArray
    service_min_per_visit: FloatArray

    def __len__(self) -> int:
        return len(self.place)

    @property
    def workload_h(self) -> FloatArray:
        return self.visits_per_year * self.service_min_per_visit / 60


def make_businesses(rng: np.random.Generator, n_accounts: int, places: Places, ground: Ground) -> Businesses:
    place, county, lon, lat = _scatter(rng, n_accounts, places, ground)
    size = rng.standard_normal(n_accounts)
    chance = CORRELATION * size + np.sqrt(1 - CORRELATION**2) * rng.standard_normal(n_accounts)
    revenue = MEDIAN_REVENUE * np.exp(REVENUE_SIGMA * size)
    potential = MEDIAN_POTENTIAL * np.exp(POTENTIAL_SIGMA * chance) * _region_factor(rng, lon, lat)
    open_share = np.where(rng.random(n_accounts) < 0.45, rng.beta(1.5, 6, n_accounts), 0.0)
    segment = _segments(revenue)
    visits, minutes = _effort(rng, segment, lon, lat)
    return Businesses(
        place=place,
        county=county,
        lon=lon,
        lat=lat,
        segment=segment,
        revenue_minor=_whole(revenue),
        potential_minor=_whole(potential),
        pipeline_minor=_whole(potential * open_share),
        visits_per_year=visits,
        service_min_per_visit=minutes,
    )


def _scatter(
    rng: np.random.Generator, n_accounts: int, places: Places, ground: Ground
) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """Points around places, drawn again until they lie on land of the place's own state."""
    weights = _place_weights(places, ground)
    spread_km = 1.0 + 0.35 * np.sqrt(places.population / 1000)
    states = np.array(ground.states)
    place_states = np.array(places.states)
    place = rng.choice(len(weights), size=n_accounts, p=weights)
    lon, lat = np.zeros(n_accounts), np.zeros(n_accounts)
    county = np.full(n_accounts, -1, dtype=np.int64)
    while len(open_rows := np.flatnonzero(county < 0)):
        here = place[open_rows]
        east_km, north_km = rng.standard_normal((2, len(open_rows))) * spread_km[here]
        lat[open_rows] = np.round(places.lat[here] + north_km / KM_PER_DEGREE, COORDINATE_DECIMALS)
        km_per_degree_lon = KM_PER_DEGREE * np.cos(np.radians(places.lat[here]))
        lon[open_rows] = np.round(places.lon[here] + east_km / km_per_degree_lon, COORDINATE_DECIMALS)
        found = ground.county_of(lon[open_rows], lat[open_rows])
        found[states[found] != place_states[here]] = -1
        county[open_rows] = found
    return place, county, lon, lat


def _place_weights(places: Places, ground: Ground) -> FloatArray:
    """Chance of each place: its population, damped; and no county has more than one rep can work."""
    weights = places.population**POPULATION_EXPONENT
    weights /= weights.sum()
    county = ground.county_of(places.lon, places.lat)
    share = np.bincount(county[county >= 0], weights[county >= 0], minlength=len(ground))
    weights *= np.where(county >= 0, np.minimum(1.0, COUNTY_SHARE_MAX / np.maximum(share[county], 1e-12)), 1.0)
    return weights / weights.sum()


def _region_factor(rng: np.random.Generator, lon: FloatArray, lat: FloatArray) -> FloatArray:
    """Some regions promise more than others: a few broad hills and hollows of demand."""
    factor = np.zeros(len(lon))
    for height in (0.5, 0.4, -0.4, -0.3):
        middle_lon, middle_lat = rng.uniform(-88, -78), rng.uniform(27, 36)
        factor += height * np.exp(-((lon - middle_lon) ** 2 + (lat - middle_lat) ** 2) / (2 * 1.6**2))
    return np.exp(factor)


def _segments(revenue: FloatArray) -> IntArray:
    """The largest tenth is A, the next three tenths B, the rest C."""
    rank = np.empty(len(revenue), dtype=np.int64)
    rank[np.argsort(-revenue, kind="stable")] = np.arange(len(revenue))
    bounds = np.cumsum([segment.share for segment in SEGMENTS])[:-1] * len(revenue)
    return np.searchsorted(bounds, rank, side="right")


def _effort(
    rng: np.random.Generator, segment: IntArray, lon: FloatArray, lat: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Visits a year, and minutes a visit in steps of five."""
    setting = _setting(lon, lat)
    visits = np.array([known.visits for known in SEGMENTS])[segment, setting]
    hours = np.array([known.hours for known in SEGMENTS])[segment] * rng.uniform(*HOURS_RANGE, len(segment))
    minutes = np.maximum(MINUTES_STEP, MINUTES_STEP * np.rint(hours * 60 / visits / MINUTES_STEP))
    return visits, minutes


def _setting(lon: FloatArray, lat: FloatArray) -> IntArray:
    """Country, town or city: thirds by how many other accounts are near."""
    flat = np.column_stack([lon * np.cos(np.radians(lat.mean())), lat]) * KM_PER_DEGREE
    n_near = cKDTree(flat).query_ball_point(flat, NEIGHBOURHOOD_KM, return_length=True)
    return np.searchsorted(np.quantile(n_near, [1 / 3, 2 / 3]), n_near, side="right")


def _whole(money: FloatArray) -> IntArray:
    """Major units to minor ones, without cents."""
    return np.rint(money).astype(np.int64) * WHOLE_MONEY_MINOR
