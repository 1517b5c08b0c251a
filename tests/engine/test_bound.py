from dataclasses import dataclass, field

import numpy as np
import pytest
from scipy.optimize import linprog

from balancing.engine import ascent as ascent_module
from balancing.engine import bound as bound_module
from balancing.engine import dual as dual_module
from balancing.engine.arrays import FloatArray, IntArray, LongArray
from balancing.engine.bound import lower_bound
from balancing.engine.components import lay_out
from balancing.engine.geometry import unit_vectors
from balancing.engine.instance import Instance
from balancing.engine.parameters import SolveParameters
from balancing.engine.pricing import cheapest_centres, price_pass
from balancing.engine.solve import solve
from tests.engine import naive
from tests.engine.drawn import drawn, random_map


def bound_at(problem, centres):
    instance = Instance.of(problem, lay_out(problem, from_current=False))
    return lower_bound(instance, centres, 10.0)


def test_no_balanced_plan_beats_the_bound_at_its_centres():
    """
    1 2 1
    3 1 2
    1 1 2   every plan is tried
    """
    problem = drawn(test_no_balanced_plan_beats_the_bound_at_its_centres.__doc__.split("every")[0], 2, tolerance=0.08)
    centres = problem.points[[0, 8]].copy()
    best = min(naive.mean_km(problem, labels, centres) for labels in naive.plans(problem, connected=False))
    found = bound_at(problem, centres)
    assert found.km <= best + 1e-9
    assert found.km > 0.9 * best


@pytest.mark.parametrize("most_curved", [0, 1_600])
@pytest.mark.parametrize("seed", range(3))
def test_the_bound_comes_near_the_best_fractional_plan_on_two_metrics(monkeypatch, seed, most_curved):
    """The linear program over all shares of all units is what the dual converges to, with and without curvature."""
    monkeypatch.setattr(ascent_module, "_MOST_CURVED", most_curved)
    n_units, k_all, tolerance = 80, 4, 0.03
    problem = random_map(seed, n_units, k_all, tolerances=[tolerance] * 2)
    centres = problem.points[[0, 20, 40, 60]].copy()
    weights = problem.weights / problem.totals
    costs = [weights[i, 0] * naive.kilometres(problem.points[i], centres[k]) for i in range(n_units) for k in range(4)]
    loads = np.array([[np.kron(weights[:, m], np.eye(k_all)[k]) for m in range(2)] for k in range(k_all)]).reshape(
        8, -1
    )
    limits = np.concatenate((np.full(8, (1 + tolerance) / k_all), np.full(8, -(1 - tolerance) / k_all)))
    once = np.kron(np.eye(n_units), np.ones(k_all))
    best = linprog(costs, np.vstack((loads, -loads)), limits, once, np.ones(n_units)).fun
    assert 0.998 * best <= bound_at(problem, centres).km <= best + 1e-6


def test_the_bound_says_what_it_proves():
    problem = drawn("1 1 1 1", 2)
    assert "with the same centres" in bound_at(problem, problem.points[[0, 3]].copy()).proves
    home = drawn("1 1 1 1", 2, home_longitudes=[-83, -82.8], home_latitudes=[33, 33])
    assert "from these homes" in bound_at(home, home.homes.copy()).proves


def test_locked_units_raise_the_bound():
    problem = random_map(3, 40, 3)
    result = solve(problem, SolveParameters(starts=2, effort=0.2))
    # Every fifth unit is locked where it is farthest from.
    away = (result.labels + 1) % 3
    current = np.where(np.arange(40) % 5 == 0, away, -1)
    locked = random_map(3, 40, 3, current=current, locked=current >= 0, tolerances=[0.9, np.inf])
    free = random_map(3, 40, 3, tolerances=[0.9, np.inf])
    assert bound_at(locked, result.centres).km > bound_at(free, result.centres).km + 1


def test_a_bound_with_prices_from_a_sample_holds_too(monkeypatch):
    problem = random_map(4, 90, 3)
    result = solve(problem, SolveParameters(starts=2, effort=0.2))
    whole = bound_at(problem, result.centres).km
    for name, value in (("_FEW", 20), ("_COARSE_SAMPLE", 20), ("_FINE_SAMPLE", 30)):
        monkeypatch.setattr(bound_module, name, value)
    monkeypatch.setattr(dual_module, "_CANDIDATES", 2)
    sampled = bound_at(problem, result.centres).km
    assert 0.9 * whole < sampled <= whole + 0.2


@dataclass
class Market:
    """Twelve units around three centres, with prices for two loads."""

    seed: int
    units: LongArray = field(default_factory=lambda: np.arange(0, 12, 2))
    kept: IntArray = field(default_factory=lambda: np.full(12, -1, dtype=np.int32))
    ruled_out: tuple[tuple[int, int], ...] = ()

    def __post_init__(self):
        random = np.random.default_rng(self.seed)
        self.points = unit_vectors(random.uniform(-85, -80, 12), random.uniform(30, 35, 12))
        self.centres = self.points[[0, 5, 9]].copy()
        self.weights, self.loads = random.random(12) / 12, random.random((12, 2))
        self.prices = random.normal(size=(3, 2)) * 10
        counts = np.bincount([unit for unit, _ in self.ruled_out], minlength=12)
        self.ruled_out_starts = np.concatenate(([0], np.cumsum(counts)))
        self.ruled_out_centres = np.array([k for _, k in sorted(self.ruled_out)], dtype=np.int32)

    def listed(self, count: int) -> tuple[float, IntArray]:
        found = np.zeros((len(self.units), count), dtype=np.int32)
        exact = cheapest_centres(
            self.units, self.points, self.weights, self.loads, self.kept, self.ruled_out_starts,
            self.ruled_out_centres, np.zeros((0, 0)), np.arange(len(self.centres)), self.centres, self.prices, found,
        )  # fmt: skip
        return exact, found

    def values(self) -> FloatArray:
        """Cost + price of each unit at each centre, one after the other."""
        return np.array(
            [
                [
                    self.weights[i] * naive.kilometres(self.points[i], self.centres[k])
                    + sum(self.loads[i, m] * self.prices[k, m] for m in range(2))
                    for k in range(3)
                ]
                for i in self.units
            ]
        )


@pytest.mark.parametrize("seed", range(3))
def test_the_cheapest_centres_are_those_of_the_slow_twin(seed):
    market = Market(seed)
    exact, found = market.listed(2)
    np.testing.assert_array_equal(found, np.argsort(market.values(), axis=1)[:, :2])
    assert exact == pytest.approx(market.values().min(axis=1).sum(), rel=1e-6)


def test_a_locked_unit_has_its_own_centre_and_a_ruled_out_one_comes_last():
    market = Market(3, ruled_out=((2, 0), (2, 1)))
    market.kept[4] = 1
    _, found = market.listed(3)
    assert found[2].tolist() == [1, -1, -1]
    assert found[1, 0] == 2


def passed(market, prices, curvature):
    """Soft sum and loads (K, M) at these prices; fills the curvature."""
    gradient = np.zeros((3, 2))
    _, candidates = market.listed(3)
    none = np.zeros((0, 0))
    soft = price_pass(
        market.units, market.points, market.weights, market.loads, none, np.arange(3), market.centres, prices,
        candidates, 90.0, gradient, curvature,
    )  # fmt: skip
    return soft, gradient


def test_the_price_pass_agrees_with_its_slow_twin():
    market = Market(8)
    soft, gradient = passed(market, market.prices, np.zeros((0, 0)))
    values, width = market.values(), 90.0 * market.weights[market.units, None]
    odds = np.exp(-(values - values.min(axis=1, keepdims=True)) / width)
    expected = values.min(axis=1) - width[:, 0] * np.log(odds.sum(axis=1))
    assert soft == pytest.approx(expected.sum(), rel=1e-5)
    np.testing.assert_allclose(
        gradient, (odds / odds.sum(axis=1, keepdims=True)).T @ market.loads[market.units], atol=1e-4
    )


def test_the_curvature_is_how_loads_fall_when_prices_rise():
    market = Market(8)
    curvature = np.zeros((6, 6))
    passed(market, market.prices, curvature)
    for k, m in np.ndindex(3, 2):
        up, down = market.prices.copy(), market.prices.copy()
        up[k, m] += 0.01
        down[k, m] -= 0.01
        none = np.zeros((0, 0))
        fall = (passed(market, down, none)[1] - passed(market, up, none)[1]) / 0.02
        np.testing.assert_allclose(curvature[2 * k + m], fall.ravel(), rtol=1e-2, atol=1e-5)
