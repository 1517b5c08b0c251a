import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balancing.engine.canonical import reordered
from balancing.engine.exceptions import ParameterError, ProblemError
from balancing.engine.files import load_problem, save_problem
from balancing.engine.graph import count_pieces
from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import Problem
from balancing.engine.reduction import part_of
from balancing.engine.regions import Whole, divide, join, outline, region_seed, solve_by_regions, solve_region
from balancing.engine.solve import solve
from balancing.engine.triangulation import neighbour_edges
from balancing.engine.verify import verify
from tests.engine import naive
from tests.engine.drawn import drawn, labels_of, random_map

QUICK = SolveParameters(starts=2, effort=0.05, max_rounds=1)
few = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
seeds, sizes, counts = st.integers(0, 10_000), st.integers(12, 60), st.integers(2, 6)


def town(n_units: int = 3_000, n_territories: int = 24, **options) -> Problem:
    """Bare points, denser in the middle."""
    random = np.random.default_rng(5)
    places = [random.normal(middle, 0.8, n_units) for middle in (-83, 33)]
    problem = Problem.from_degrees(*places, random.integers(1, 4, n_units), [], n_territories, tolerances=0.05)
    return Problem.from_points(
        problem.points, problem.weights, neighbour_edges(problem.points), n_territories, tolerances=0.05, **options
    )


@few
@given(seeds, sizes, counts, st.data())
def test_every_territory_is_connected_and_none_is_empty(seed, n_units, n_territories, data):
    problem = random_map(seed, n_units, n_territories)
    labels = solve_by_regions(problem, data.draw(st.integers(1, n_territories)), QUICK)
    assert set(labels.tolist()) == set(range(n_territories))
    for k in range(n_territories):
        assert naive.is_connected(problem, np.flatnonzero(labels == k).tolist())


@few
@given(seeds, sizes, counts)
def test_locks_required_and_forbidden_pairs_are_kept(seed, n_units, n_territories):
    today = solve(random_map(seed, n_units, n_territories), QUICK).labels
    random = np.random.default_rng(seed)
    locked = random.random(n_units) < 0.2
    free = np.flatnonzero(~locked)[:2]
    problem = random_map(
        seed, n_units, n_territories, current=today, locked=locked,
        required=np.column_stack((free[:1], today[free[:1]])),
        forbidden=np.column_stack((free[1:], (today[free[1:]] + 1) % n_territories)),
    )  # fmt: skip
    labels = solve_by_regions(problem, 2, QUICK)
    verdict = verify(problem, labels)
    assert (verdict.broken_locks, verdict.broken_forbidden, verdict.n_empty) == (0, 0, 0)


@few
@given(seeds, sizes, counts)
def test_the_order_of_the_rows_does_not_matter(seed, n_units, n_territories):
    problem = random_map(seed, n_units, n_territories)
    order = np.random.default_rng(seed + 1).permutation(n_units)
    expected = solve_by_regions(problem, 2, QUICK)[order]
    np.testing.assert_array_equal(solve_by_regions(reordered(problem, order), 2, QUICK), expected)


def test_a_town_is_balanced_and_hardly_farther_than_in_one_piece():
    problem = town()
    labels = solve_by_regions(problem, 4)
    verdict, whole = verify(problem, labels), solve(problem, SolveParameters(with_bound=False))
    assert whole.feasible
    assert verdict.meets((0.05,), pieces=24)
    assert verdict.mean_km <= 1.03 * whole.mean_km


def test_regions_may_be_solved_in_any_order_and_more_than_once():
    whole = Whole.of(town(1_000, 12), 3)
    regions = outline(whole.problem, 3)
    labels = np.full(1_000, -1, dtype=np.int32)
    there, back = (
        {place: solve_region(regions[place].problem, QUICK, seed=region_seed(0, 0, place)) for place in order}
        for order in ([0, 1, 2], [2, 0, 2, 1])
    )
    grounds = [region.ground for region in regions]
    first = join(labels, grounds, [there[place] for place in range(3)])
    np.testing.assert_array_equal(first, join(labels, grounds, [back[place] for place in range(3)]))
    assert first.min() == 0


def test_regions_share_out_all_units_and_territories_with_their_part_of_the_loads():
    problem = Whole.of(town(1_000, 12), 3).problem
    regions = outline(problem, 3)
    assert sorted(np.concatenate([region.ground.units for region in regions])) == list(range(1_000))
    assert sorted(np.concatenate([region.ground.territories for region in regions])) == list(range(12))
    for part, ground in regions:
        target = problem.totals[0] * len(ground.territories) / 12
        assert part.totals[0] == pytest.approx(target, rel=0.03)


@pytest.mark.parametrize("bound", [False, True])
def test_a_map_is_divided_along_coarse_cells_wherever_territories_are_bound_to(bound):
    required, forbidden = (np.array([[100, 5], [20_000, 2]]), np.array([[7, 0], [8, 0]])) if bound else (None, None)
    asked = town(32_000, 8, required=required, forbidden=forbidden)
    whole = Whole.of(asked, 2)
    regions = outline(whole.problem, 2, SolveParameters(starts=2, effort=0.2))
    owner = np.empty(32_000, dtype=np.int64)
    for number, (part, ground) in enumerate(regions):
        owner[ground.units] = number
        assert part.totals[0] == pytest.approx(whole.problem.totals[0] * len(ground.territories) / 8, rel=0.04)
        assert count_pieces(np.zeros(part.n_units, dtype=np.int32), part.edges) == 1
    for unit, k in whole.problem.required:
        assert k in regions[owner[unit]].ground.territories


def test_a_later_round_cuts_elsewhere():
    problem = Whole.of(town(1_000, 12), 3).problem
    labels = solve(problem, QUICK).labels
    first, second = (divide(problem, labels, 3, number) for number in (1, 2))
    together = [{tuple(region.ground.territories) for region in regions} for regions in (first, second)]
    assert together[0] != together[1]


def test_territories_that_do_not_touch_are_not_in_one_region():
    problem = drawn("1 1 1 1|1 1 1 1", 4)
    labels = labels_of("A A B B C C D D")
    grounds = [tuple(region.ground.territories) for region in divide(problem, labels, 1, 1)]
    assert grounds == [(0, 1), (2, 3)]


def test_territories_keep_to_their_homes():
    homes = {"home_longitudes": [-83, -82.9, -82.4, -82.3], "home_latitudes": [33, 33, 33, 33]}
    problem = drawn("1 1 1 1 1 1 1 1", 4, **homes)
    np.testing.assert_array_equal(solve_by_regions(problem, 2), labels_of("A A B B C C D D"))


def test_frozen_territories_and_groups_stay_as_they_are():
    today = labels_of("A A B B C C D D")
    problem = drawn(
        "1 1 1 1 1 1 1 1", 4, tolerance=1.0, current=today, frozen=[True, False, False, False],
        groups=[-1, -1, 7, 7, 7, -1, -1, -1],
    )  # fmt: skip
    labels = solve_by_regions(problem, 2)
    assert ((labels == 0) == (today == 0)).all()
    assert len(set(labels[2:5])) == 1


def test_territories_are_named_like_today():
    problem = drawn("1 1 1 1 1 1 1 1", 4, current=labels_of("D D C C B B A A"))
    np.testing.assert_array_equal(solve_by_regions(problem, 2), problem.current)


def test_islands_get_whole_numbers_of_territories():
    problem = drawn("1 1 1 1|1 1 1 1 1 1 1 1", 6)
    labels = solve_by_regions(problem, 3)
    assert np.bincount(labels).tolist() == [2] * 6
    assert count_pieces(labels, problem.edges) == 6


@pytest.mark.parametrize(
    ("n_regions", "parameters", "sentence"),
    [
        (0, {}, "n_regions is 0, expected 1 to the 2 territories"),
        (3, {}, "n_regions is 3, expected 1 to the 2 territories"),
        (1, {"max_moved_fraction": 0.1}, "max_moved_fraction and disruption_price are for the whole"),
        (1, {"contiguous": False}, "contiguous is False"),
    ],
)
def test_what_cannot_be_judged_by_region_is_refused(n_regions, parameters, sentence):
    with pytest.raises(ParameterError, match=sentence):
        solve_by_regions(drawn("1 1 1 1", 2), n_regions, SolveParameters(**parameters))


def test_a_metric_that_counts_the_ways_is_refused():
    problem = drawn("1 1 1 1", 2, trip_metric=0, trip_loads=[1, 1, 1, 1], metric_names=("workload",))
    with pytest.raises(ProblemError, match="workload counts the ways to the centres"):
        solve_by_regions(problem, 2)


def test_a_part_of_a_problem_keeps_what_the_whole_allows_it():
    problem = drawn("1 2 3 4", 4, tolerance=0.1, required=[(2, 1), (3, 3)], forbidden=[(1, 1), (1, 2)])
    part = part_of(problem, np.array([1, 2]), np.array([1, 2]))
    assert part.edges.tolist() == [[0, 1]]
    assert (part.required.tolist(), part.forbidden.tolist()) == ([[1, 0]], [[0, 0], [0, 1]])
    np.testing.assert_allclose((part.least[:, 0], part.most[:, 0]), [[2.25] * 2, [2.75] * 2])


def test_a_soft_barrier_is_worth_as_much_in_a_part_as_in_the_whole():
    problem = drawn("1 1 1 1", 4, barriers=[(1, 2)], barrier_prices=[3.0])
    part = part_of(problem, np.array([1, 2]), np.array([1, 2]))
    assert (part.barriers.tolist(), part.barrier_prices.tolist()) == ([[0, 1]], [6.0])


def test_a_problem_comes_back_from_its_file_as_it_was(tmp_path):
    homes = {"home_longitudes": [-83, -82, -81], "home_latitudes": [33, 34, 32]}
    problem = random_map(1, 20, 3, current=np.zeros(20), metric_names=("a", "b"), **homes)
    save_problem(tmp_path / "problem.npz", problem, units=np.arange(20))
    found = load_problem(tmp_path / "problem.npz")
    assert (found.metric_names, found.n_territories, found.trip_metric) == (("a", "b"), 3, -1)
    np.testing.assert_array_equal(found.weights, problem.weights)
    np.testing.assert_array_equal(found.homes, problem.homes)
