"""What a car may drive on, how fast and which way, by the tags of an OpenStreetMap way.

Speeds are what is driven on average, junctions and bends included: a share of the sign where there is one, else by the
class of the road (docs/metrics.md#road-travel). A changed rule gets a new RULES_VERSION: figures name it.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

RULES_VERSION = 1
SIGNED_SHARE = 0.85
KM_PER_MILE = 1.609344
SPEED_BY_CLASS_KMH = {
    "motorway": 105.0,
    "motorway_link": 55.0,
    "trunk": 85.0,
    "trunk_link": 50.0,
    "primary": 60.0,
    "primary_link": 40.0,
    "secondary": 50.0,
    "secondary_link": 40.0,
    "tertiary": 45.0,
    "tertiary_link": 35.0,
    "unclassified": 40.0,
    "road": 35.0,
    "residential": 28.0,
    "living_street": 10.0,
    "service": 15.0,
}
FERRY_KMH = 12.0
SLOWEST_KMH, FASTEST_KMH = 5.0, 120.0
UNLIMITED_KMH = 140.0  # "none" on a sign
# The most particular tag decides: a road closed to all may be open to cars.
_WHO = ("motorcar", "motor_vehicle", "vehicle", "access")
_CLOSED = {"no", "private", "agricultural", "forestry", "emergency", "military", "bus", "psv", "permit"}
_FORWARD, _BACKWARD, _BOTH = {"yes", "true", "1"}, {"-1", "reverse"}, {"no", "false", "0"}
_SIGN = re.compile(r"^(\d+(?:\.\d+)?)\s*(mph|km/h|kmh|kph)?$")


class Drive(NamedTuple):
    """How a way is driven; 0 km/h in a direction that is not allowed."""

    forward_kmh: float
    backward_kmh: float


def drive_of(tags: Mapping[str, str], *, ferries: bool = False) -> Drive | None:
    """How a car drives on the way; None where it may not, or where it is not a road."""
    usual = SPEED_BY_CLASS_KMH.get(tags.get("highway", ""))
    if usual is None and ferries and tags.get("route") == "ferry":
        usual = FERRY_KMH
    if usual is None or _is_closed(tags) or tags.get("area") == "yes":
        return None
    both = signed_kmh(tags.get("maxspeed"))
    forward, backward = (
        _driven(signed_kmh(tags.get(f"maxspeed:{way}")) or both, usual) for way in ("forward", "backward")
    )
    is_forward, is_backward = _directions(tags)
    return Drive(forward if is_forward else 0.0, backward if is_backward else 0.0)


def signed_kmh(sign: str | None) -> float | None:
    """A `maxspeed` in km/h; None where it is missing or names no number. Of several, the first."""
    text = (sign or "").split(";")[0].strip().lower()
    if text == "none":
        return UNLIMITED_KMH
    found = _SIGN.match(text)
    if found is None or float(found[1]) == 0:
        return None
    return float(found[1]) * (KM_PER_MILE if found[2] == "mph" else 1.0)


def _driven(signed: float | None, usual: float) -> float:
    return usual if signed is None else min(FASTEST_KMH, max(SLOWEST_KMH, SIGNED_SHARE * signed))


def _is_closed(tags: Mapping[str, str]) -> bool:
    named = next((tags[who] for who in _WHO if who in tags), "yes")
    return named in _CLOSED


def _directions(tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether the way is driven forward, and backward."""
    oneway = tags.get("oneway", "")
    if oneway in _BACKWARD:
        return False, True
    if oneway in _BOTH:
        return True, True
    is_implied = tags.get("highway") == "motorway" or tags.get("junction") in {"roundabout", "circular"}
    return True, not (is_implied or oneway in _FORWARD)
