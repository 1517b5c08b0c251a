"""The field team's plan over counties: balanced by the optimizer, then thrown off balance where faults are planted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from balancing.demo.graph import touching_pairs
from balancing.demo.ground import Ground
from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import Problem
from balancing.engine.solve import solve

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

CAPACITY_MIN_H, CAPACITY_MAX_H = 1400, 1800
N_FAULTY_PAIRS = 3
# Work beside its target: lowest and highest. What one has too much, its neighbour has too little.
OVERLOAD = (0.26, 0.34)
FAULT_MIN = 0.2
SOUND_MAX = 0.07
ATTEMPTS = 8
TOLERANCE = 0.04
EFFORT = 0.5
# Keeping today's plan is worth this much of today's mean distance.
KEEP_PRICE = 0.5


@dataclass(frozen=True, eq=False)
class FieldPlan:
    """owners (N,) territory of each county, −1 in white space; capacities_h (K,); the rest are territories."""

    owners: IntArray
    capacities_h: FloatArray
    overloaded: list[int]
    idle: list[int]
    vacant: int

    @property
    def n_territories(self) -> int:
        return len(self.capacities_h)

    @property
    def sound(self) -> list[int]:
        """Territories with a rep and without a planted imbalance."""
        faulty = {*self.overloaded, *self.idle, self.vacant}
        return [k for k in range(self.n_territories) if k not in faulty]

    def deviations(self, workload_h: FloatArray) -> FloatArray:
        """Work of each territory beside its share by capacity (K,); workload_h (N,) by county."""
        held = self.owners >= 0
        loads = np.bincount(self.owners[held], workload_h[held], minlength=self.n_territories)
        return loads / (self.capacities_h / self.capacities_h.sum() * loads.sum()) - 1


def draw_capacities(rng: np.random.Generator, n_territories: int) -> FloatArray:
    """Hours a year; the last territory is vacant, and counts with the mean of the others."""
    held = rng.integers(CAPACITY_MIN_H // 50, CAPACITY_MAX_H // 50 + 1, n_territories - 1) * 50.0
    return np.append(held, held.mean())


def make_field_plan(
    rng: np.random.Generator, ground: Ground, workload_h: FloatArray, white_space: BoolArray, capacities_h: FloatArray
) -> FieldPlan:
    """Tried with fresh draws until the planted faults stand out and nothing else does."""
    for _ in range(ATTEMPTS):
        plan = _draw_plan(rng, ground, workload_h, white_space, capacities_h)
        deviations = plan.deviations(workload_h)
        stands_out = deviations[plan.overloaded].min() >= FAULT_MIN and deviations[plan.idle].max() <= -FAULT_MIN
        if stands_out and np.abs(deviations[[*plan.sound, plan.vacant]]).max() <= SOUND_MAX:
            return plan
    raise ValueError(f"no field plan in {ATTEMPTS} attempts has its faults, and only them, outside ±{SOUND_MAX:.0%}")


def _draw_plan(
    rng: np.random.Generator, ground: Ground, workload_h: FloatArray, white_space: BoolArray, capacities_h: FloatArray
) -> FieldPlan:
    covered = np.flatnonzero(~white_space)
    shares = capacities_h / capacities_h.sum()
    seed = int(rng.integers(2**31))
    balanced = _solve(ground, covered, workload_h, shares, seed=seed, current=None)
    vacant = len(shares) - 1
    pairs = _choose_pairs(rng, touching_pairs(balanced, _edges_among(ground, covered)), spared=vacant)
    wanted = shares.copy()
    for overloaded, idle in pairs:
        surplus = rng.uniform(*OVERLOAD) * min(shares[overloaded], shares[idle])
        wanted[overloaded] += surplus
        wanted[idle] -= surplus
    planted = _solve(ground, covered, workload_h, wanted, seed=seed, current=balanced)
    owners = np.full(len(ground), -1, dtype=np.int64)
    owners[covered] = planted
    return FieldPlan(owners, capacities_h, [pair[0] for pair in pairs], [pair[1] for pair in pairs], vacant)


def _solve(
    ground: Ground, covered: IntArray, workload_h: FloatArray, shares: FloatArray, *, seed: int,
    current: IntArray | None,
) -> IntArray:  # fmt: skip
    """Territory of each covered county. No clock decides when to stop: the same input gives the same plan."""
    problem = Problem.from_degrees(
        ground.lon[covered],
        ground.lat[covered],
        workload_h[covered],
        _edges_among(ground, covered),
        len(shares),
        tolerances=[TOLERANCE],
        shares=shares,
        metric_names=("workload",),
        current=current,
    )
    price = 0.0 if current is None else KEEP_PRICE
    parameters = SolveParameters(starts=1, effort=EFFORT, disruption_price=price, with_bound=False)
    return solve(problem, parameters, rng=seed).labels.astype(np.int64)


def _edges_among(ground: Ground, covered: IntArray) -> IntArray:
    """Adjacency between covered counties, as positions among them."""
    place = np.full(len(ground), -1, dtype=np.int64)
    place[covered] = np.arange(len(covered))
    edges = place[ground.edges]
    return edges[(edges >= 0).all(axis=1)]


def _choose_pairs(rng: np.random.Generator, touching: set[tuple[int, int]], *, spared: int) -> list[tuple[int, int]]:
    """Neighbours (overloaded, idle), each territory once, and no pair beside another."""
    chosen: list[tuple[int, int]] = []
    used = {spared}
    candidates = sorted(touching)
    for place in rng.permutation(len(candidates)).tolist():
        pair = candidates[place]
        if used.isdisjoint(pair) and len(chosen) < N_FAULTY_PAIRS:
            chosen.append(pair if rng.random() < 0.5 else pair[::-1])
            around = {k for touch in touching for k in touch if not set(touch).isdisjoint(pair)}
            used |= around
    if len(chosen) < N_FAULTY_PAIRS:
        raise ValueError(f"only {len(chosen)} of {N_FAULTY_PAIRS} pairs of neighbours found")
    return chosen
