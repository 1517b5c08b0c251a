"""Named accounts that a neighbour keeps, whatever the map says."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from balancing.demo.businesses import Businesses
from balancing.demo.field_plan import FieldPlan
from balancing.demo.graph import touching_pairs
from balancing.demo.ground import Ground

IntArray = NDArray[np.int64]

N_OVERRIDES = 40
REASON = "Relationship of many years"


@dataclass(frozen=True)
class Override:
    """`account` is a position among the businesses, `territory` the one that keeps it."""

    account: int
    territory: int


def choose_overrides(ground: Ground, businesses: Businesses, plan: FieldPlan) -> list[Override]:
    """Best accounts of sound territories, swapped in turn with sound neighbours so that neither's work changes much."""
    sound = set(plan.sound)
    pairs = [pair for pair in sorted(touching_pairs(plan.owners, ground.edges)) if sound.issuperset(pair)]
    directions = [direction for pair in pairs for direction in (pair, pair[::-1])]
    waiting = {k: _best_accounts(businesses, plan, k) for k in sound}
    chosen: list[Override] = []
    while len(chosen) < N_OVERRIDES:
        before = len(chosen)
        for giver, keeper in directions:
            if waiting[giver] and len(chosen) < N_OVERRIDES:
                chosen.append(Override(waiting[giver].pop(0), keeper))
        if len(chosen) == before:
            raise ValueError(f"only {before} of {N_OVERRIDES} named accounts found")
    return chosen


def _best_accounts(businesses: Businesses, plan: FieldPlan, territory: int) -> list[int]:
    mine = np.flatnonzero(plan.owners[businesses.county] == territory)
    return mine[np.argsort(-businesses.revenue_minor[mine], kind="stable")].tolist()
