"""Counties that nobody has been given, though much could be sold there."""

import numpy as np
from numpy.typing import NDArray

from balancing.demo.businesses import Businesses
from balancing.demo.graph import is_connected, neighbour_lists
from balancing.demo.ground import Ground

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

N_COUNTIES = 6
# Of all accounts: enough to matter, too few to show in everybody's target.
SHARE_OF_ACCOUNTS = (0.008, 0.02)
# Of the area's accounts in any one county: an area, not a city.
SHARE_OF_COUNTY_MAX = 0.4
# How much more its accounts promise than others of their size.
POTENTIAL_FACTOR = 2.5


def choose_white_space(ground: Ground, businesses: Businesses) -> BoolArray:
    """The group of neighbouring counties (N,) with most potential whose loss leaves the rest in one piece."""
    n_accounts = np.bincount(businesses.county, minlength=len(ground))
    potential = np.bincount(businesses.county, businesses.potential_minor, minlength=len(ground))
    neighbours = neighbour_lists(ground.edges)
    low, high = (share * len(businesses) for share in SHARE_OF_ACCOUNTS)
    best: BoolArray | None = None
    for start in range(len(ground)):
        group = _grow(start, neighbours, potential)
        within = n_accounts[group]
        if not low <= within.sum() <= high or within.max() > SHARE_OF_COUNTY_MAX * within.sum():
            continue
        members = np.zeros(len(ground), dtype=np.bool_)
        members[group] = True
        if (best is None or potential[members].sum() > potential[best].sum()) and is_connected(~members, ground.edges):
            best = members
    if best is None:
        raise ValueError(f"{len(businesses)} accounts leave no room for white space: no {N_COUNTIES} counties fit")
    return best


def raise_potential(businesses: Businesses, white_space: BoolArray) -> None:
    inside = white_space[businesses.county]
    raised = np.rint(businesses.potential_minor[inside] / 100 * POTENTIAL_FACTOR).astype(np.int64) * 100
    businesses.potential_minor[inside] = raised


def _grow(start: int, neighbours: dict[int, list[int]], potential: NDArray[np.float64]) -> IntArray:
    """From one county outwards, always to the neighbour most like it: country or suburb, not a city and its fields."""
    group = [start]
    while len(group) < N_COUNTIES:
        around = {near for member in group for near in neighbours[member]} - set(group)
        if not around:
            break
        group.append(min(around, key=lambda county: (abs(potential[county] - potential[start]), county)))
    return np.array(group, dtype=np.int64)
