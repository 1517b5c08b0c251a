"""The stated travel estimate: what a year on the road costs without a road network at hand.

    travel_km = Σ visits × 2 × ROAD_FACTOR × great-circle km (home → account) ÷ VISITS_PER_TRIP
    travel_h  = travel_km ÷ SPEED_KMH

Each visit is reached from home, and VISITS_PER_TRIP visits share one trip. A territory without a rep, or whose rep has
no home, is measured from the middle of its accounts, weighted by visits. Inside teams do not travel: 0.
"""

from typing import Any

from accounts.cells import SIZE

ROAD_FACTOR = 1.3
SPEED_KMH = 70.0
VISITS_PER_TRIP = 4
EARTH_RADIUS_KM = 6371.0088

# float8 all through: a bare 0.5 is numeric to PostgreSQL, which is three times slower.
# On the tile grid, a latitude has sine tanh(m) and cosine 1/cosh(m), m being its Mercator y in radians.
MERCATOR_M = f"(pi() * (1 - 2 * ({{y}} + 0.5::float8) / {SIZE}))"
LONGITUDE = f"(2 * pi() * ({{x}} + 0.5::float8) / {SIZE} - pi())"


def distance_km_sql(*, x: str, y: str, home_lon: str, home_sin: str, home_cos: str) -> str:
    """Great-circle km between an account on the tile grid and a home, as an SQL expression over columns."""
    m, lon = MERCATOR_M.format(y=y), LONGITUDE.format(x=x)
    cosine = f"{home_sin} * tanh({m}) + {home_cos} / cosh({m}) * cos({lon} - {home_lon})"
    return f"{EARTH_RADIUS_KM} * acos(least(1, greatest(-1, {cosine})))"


def travel_h(travel_km: float) -> float:
    return travel_km / SPEED_KMH


def described() -> dict[str, Any]:
    """What the screen says beside the figures."""
    return {
        "method": "estimate",
        "road_factor": ROAD_FACTOR,
        "speed_kmh": SPEED_KMH,
        "visits_per_trip": VISITS_PER_TRIP,
        "note": (
            f"Great-circle distance from home to each account, there and back, times {ROAD_FACTOR}; "
            f"{VISITS_PER_TRIP} visits share one trip; {SPEED_KMH:.0f} km/h."
        ),
    }
