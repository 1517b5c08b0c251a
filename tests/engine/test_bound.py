import numpy as np
import pytest

from balancing.engine import bound as bound_module
from balancing.engine.bound import lower_bound, price_pass
from balancing.engine.components import lay_out
from balancing.engine.instance import Instance
from balancing.engine.parameters import SolveParameters
from balancing.engine.solve import solve
from tests.engine import naive
from tests.engine.drawn import drawn, random_map


def bound_at(problem, centres, prices=None):
    instance = Instance.of(problem, lay_out(problem, from_current=False))
    prices = np.zeros((problem.n_territories, len(problem.balanced_metrics))) if prices is None else prices
    return lower_bound(instance, centres, prices, 10.0)


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


def test_a_bound_by_blocks_from_a_sample_holds_too(monkeypatch):
    problem = random_map(4, 90, 3)
    result = solve(problem, SolveParameters(starts=2, effort=0.2))
    whole = bound_at(problem, result.centres).km
    monkeypatch.setattr(bound_module, "_LARGEST_MATRIX", 100)
    monkeypatch.setattr(bound_module, "_BLOCK", 60)
    sampled = bound_at(problem, result.centres).km
    assert 0.5 * whole < sampled <= whole + 0.2


def test_the_price_pass_agrees_with_its_slow_twin():
    random = np.random.default_rng(8)
    costs, loads, prices = random.random((12, 3)), random.random((12, 2)), random.normal(size=(3, 2))
    gradient = np.zeros((3, 2))
    soft, exact = price_pass(costs, loads, prices, np.ones(12), 0.3, gradient)
    values = costs + loads @ prices.T
    odds = np.exp(-values / 0.3)
    assert exact == pytest.approx(values.min(axis=1).sum())
    assert soft == pytest.approx(-0.3 * np.log(odds.sum(axis=1)).sum(), rel=1e-5)
    np.testing.assert_allclose(gradient, (odds / odds.sum(axis=1, keepdims=True)).T @ loads, atol=1e-4)
