import numpy as np
import pytest

from balancing.engine.coarsening import Cells, coarse_cells
from balancing.engine.contiguity import nearest_by_price
from balancing.engine.geometry import great_circle_km, plane_km, unit_vectors, weighted_centroids
from balancing.engine.power_diagram import Balancer, Bounds, Diagram, nearest_candidates, newton_step, soft_pass
from balancing.engine.starts import diagram_at
from tests.engine import naive


@pytest.fixture
def cloud():
    random = np.random.default_rng(4)
    points = unit_vectors(random.uniform(5, 9, 40), random.uniform(45, 49, 40))
    weights = random.uniform(1, 3, 40)
    return Cells(points, weights / weights.sum()), points[[3, 17, 29, 33]].copy()


def test_candidates_are_the_nearest_by_distance_plus_price(cloud):
    cells, centres = cloud
    prices = np.array([0.0, 30.0, -20.0, 5.0])
    found = np.zeros((40, 2), dtype=np.int32)
    nearest_candidates(cells.points, centres, prices, found)
    gaps = 6371.0088 * np.linalg.norm(cells.points[:, None] - centres, axis=2) + prices
    np.testing.assert_array_equal(found, np.argsort(gaps, axis=1)[:, :2])


def test_nearest_by_price_agrees_with_the_first_candidate(cloud):
    cells, centres = cloud
    prices = np.array([0.0, 30.0, -20.0, 5.0])
    labels = np.zeros(40, dtype=np.int32)
    nearest_by_price(cells.points, centres, prices, labels)
    gaps = np.array([[naive.kilometres(point, centre) for centre in centres] for point in cells.points])
    np.testing.assert_array_equal(labels, (gaps + prices).argmin(axis=1))


def test_the_soft_pass_agrees_with_its_slow_twin(cloud):
    cells, centres = cloud
    prices, eps = np.array([0.0, 30.0, -20.0, 5.0]), 40.0
    candidates = np.tile(np.arange(4, dtype=np.int32), (40, 1))
    loads, sums, hessian = np.zeros(4), np.zeros((4, 3)), np.zeros((4, 4))
    mean_km, value = soft_pass(cells.points, cells.weights, centres, prices, candidates, eps, loads, sums, hessian)
    expected_loads, expected_km, expected_value = naive.soft_assignment(
        cells.points, cells.weights, centres, prices, eps
    )
    # The kernel leaves out chances below exp(-8).
    np.testing.assert_allclose(loads, expected_loads, atol=2e-3)
    assert mean_km == pytest.approx(expected_km, rel=1e-2)
    assert value == pytest.approx(expected_value, rel=1e-3)
    np.testing.assert_allclose(sums.sum(axis=0), cells.weights @ cells.points, atol=1e-12)


def test_the_hessian_is_the_slope_of_the_loads(cloud):
    cells, centres = cloud
    candidates = np.tile(np.arange(4, dtype=np.int32), (40, 1))

    def loads_at(prices):
        loads, sums, hessian = np.zeros(4), np.zeros((4, 3)), np.zeros((4, 4))
        soft_pass(cells.points, cells.weights, centres, prices, candidates, 60.0, loads, sums, hessian)
        return loads, hessian

    prices = np.array([0.0, 10.0, -5.0, 5.0])
    _, hessian = loads_at(prices)
    step = np.array([0.0, 1e-4, 0.0, 0.0])
    slope = (loads_at(prices + step)[0] - loads_at(prices - step)[0]) / 2e-4
    np.testing.assert_allclose(slope, -hessian[:, 1], atol=1e-5)


def test_a_diagram_at_fixed_centres_is_balanced_and_keeps_them(cloud):
    cells, centres = cloud
    bounds = Bounds(np.full(4, 0.24), np.full(4, 0.26))
    diagram = diagram_at(cells.points, cells.weights, bounds, centres)
    np.testing.assert_array_equal(diagram.centres, centres)
    loads, _, _ = naive.soft_assignment(cells.points, cells.weights, centres, diagram.prices, 2.0)
    assert max(loads) < 0.28
    assert min(loads) > 0.22


def test_prices_push_out_of_full_territories_only(cloud):
    """With bounds nobody reaches, every price stays zero."""
    cells, centres = cloud
    balancer = Balancer(
        cells,
        Bounds(np.zeros(4), np.ones(4)),
        Diagram(centres, np.zeros(4)),
        scale_km=50.0,
        fixed=np.ones(4, dtype=bool),
    )
    diagram = balancer.run([10.0, 5.0], steps=2, refresh=1, last_steps=6)
    assert diagram.prices.tolist() == [0, 0, 0, 0]


def test_coarse_cells_keep_weight_and_middle():
    random = np.random.default_rng(1)
    points = unit_vectors(random.uniform(170, 190, 4000) % 360 - 180, random.uniform(-5, 5, 4000))
    weights = random.uniform(0, 1, 4000)
    cells = coarse_cells(points, weights, 200)
    assert len(cells.points) == 200
    assert cells.weights.sum() == pytest.approx(1)
    middle, coarse_middle = weights @ points, cells.weights @ cells.points
    gap = great_circle_km(middle / np.linalg.norm(middle), coarse_middle / np.linalg.norm(coarse_middle))
    assert float(gap) < 1


def test_the_plane_keeps_distances_across_the_antimeridian():
    points = unit_vectors(np.array([179.5, -179.5]), np.array([0.0, 0.0]))
    plane = plane_km(points)
    assert np.linalg.norm(plane[0] - plane[1]) == pytest.approx(111.2, rel=1e-2)


def test_a_territory_without_weight_still_has_a_centre():
    points = unit_vectors(np.array([0.0, 2.0, 4.0]), np.zeros(3))
    centres = weighted_centroids(points, np.array([0.0, 0.0, 1.0]), np.array([0, 0, 1], dtype=np.int32), 2)
    np.testing.assert_allclose(centres[0], unit_vectors(np.array([1.0]), np.zeros(1))[0], atol=1e-9)


@pytest.mark.parametrize("cap", [1e9, 0.5])
@pytest.mark.parametrize("seed", range(6))
def test_a_newton_step_is_that_of_its_slow_twin(seed, cap):
    random = np.random.default_rng(seed)
    prices = random.choice([-2.0, 0.0, 3.0], 6)
    loads, low, high = random.uniform(0, 0.4, 6), np.full(6, 0.15), np.full(6, 0.18)
    root = random.normal(size=(6, 6))
    hessian, ridge = root @ root.T, 0.3
    over = (prices > 0) | ((prices == 0) & (loads > high))
    under = (prices < 0) | ((prices == 0) & (loads < low))
    at = np.flatnonzero(over | under)
    missing = (loads - np.where(over, high, low))[at]
    step = np.linalg.solve(hessian[np.ix_(at, at)] + ridge * np.eye(len(at)), missing)
    expected = prices.copy()
    expected[at] += step * min(1, cap / np.abs(step).max())
    expected = np.where(over, np.maximum(expected, 0), np.where(under, np.minimum(expected, 0), expected))
    np.testing.assert_allclose(newton_step(prices, loads, hessian, low, high, ridge, cap), expected, atol=1e-12)


def test_prices_stay_where_every_load_is_within_its_bounds():
    zero, load = np.zeros(3), np.full(3, 1 / 3)
    np.testing.assert_array_equal(newton_step(zero, load, np.eye(3), 0.9 * load, 1.1 * load, 0.1, 1.0), zero)
