"""Fewest cut edges: short borders, everything else kept."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balancing.engine.components import lay_out
from balancing.engine.cut_annealing import Heat, Steps, anneal_cuts, fill_state
from balancing.engine.cut_edges import fewest_cuts
from balancing.engine.cut_state import CutState, CutTerrain, SplitTree
from balancing.engine.instance import Instance
from balancing.engine.parameters import SolveParameters
from balancing.engine.stop import NoLimit
from balancing.engine.verify import verify
from tests.benchmarks import bench_cuts
from tests.engine import naive
from tests.engine.drawn import drawn, labels_of, random_map

few = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
QUICK = SolveParameters(starts=1, effort=0.005, max_rounds=1)


def instance_of(problem):
    return Instance.of(problem, lay_out(problem, from_current=bool(problem.locked.any())))


def fewest(problem, parameters=QUICK, stop=None, watch=lambda fraction, found: None):
    return fewest_cuts(instance_of(problem), parameters, 0, stop or NoLimit(), watch)


def count_cuts(problem, labels):
    pairs = {tuple(sorted(pair)) for pair in problem.edges.tolist()}
    return sum(labels[i] != labels[j] for i, j in pairs)


def pieces_are_whole(problem, labels):
    members = [np.flatnonzero(labels == k).tolist() for k in range(problem.n_territories)]
    return all(units and naive.is_connected(problem, units) for units in members)


@st.composite
def grids(draw, **options):
    """Grids of up to 6 × 6 units of weight 1 to 9 with some barriers, but none in the first row."""
    columns, rows = draw(st.integers(3, 6)), draw(st.integers(3, 6))
    lines = []
    for row in range(rows):
        between = st.sampled_from(" " if row == 0 else "  |")
        marks = [draw(st.sampled_from("1234569")) + draw(between) for _ in range(columns)]
        lines.append("".join(marks)[:-1])
    tolerance = draw(st.sampled_from([0.02, 0.1, 0.5]))
    return drawn("\n".join(lines), draw(st.integers(1, 4)), tolerance=tolerance, **options)


@pytest.mark.parametrize(
    ("picture", "n_territories", "tolerance"),
    [
        ("1 1 1 1\n1 1 1 1\n1 1 1 1", 2, 0.01),
        ("1 3 1 2\n2 1 4 1\n1 2 1 5", 2, 0.01),
        ("1 3 1 2\n2|1 4 1\n1 2|1 5", 2, 0.2),
        ("1 1 1\n1 1 1\n1 1 1", 3, 0.01),
        ("1 3 1 2\n2 1 4 1\n1 2 1 5", 3, 0.1),
    ],
)
def test_no_plan_of_a_small_grid_cuts_fewer(picture, n_territories, tolerance):
    problem = drawn(picture, n_territories, tolerance=tolerance)
    found = fewest(problem, SolveParameters(starts=1, effort=0.05))
    assert found.cost == min(count_cuts(problem, labels) for labels in naive.plans(problem, connected=True))
    assert found.cost == count_cuts(problem, found.labels)
    assert found.excess == 0


@few
@given(grids())
def test_territories_are_whole_and_cuts_are_counted(problem):
    found = fewest(problem)
    assert pieces_are_whole(problem, found.labels)
    assert found.cost == count_cuts(problem, found.labels)
    within = max(verify(problem, found.labels).worst_deviations) <= problem.tolerances[0] + 1e-9
    assert (found.excess == 0) == within


@few
@given(st.integers(0, 10_000), st.integers(8, 60), st.integers(1, 5))
def test_same_seed_same_plan(seed, n_units, n_territories):
    problem = random_map(seed, n_units, n_territories)
    first, again = fewest(problem), fewest(problem)
    np.testing.assert_array_equal(first.labels, again.labels)
    assert first.cost == again.cost


@few
@given(grids(), st.data())
def test_locked_units_stay(problem, data):
    today = fewest(problem).labels
    locked = np.array(data.draw(st.lists(st.booleans(), min_size=len(today), max_size=len(today))))
    held = replace(problem, current=today, locked=locked)
    found = fewest(held)
    np.testing.assert_array_equal(found.labels[locked], today[locked])
    assert pieces_are_whole(held, found.labels)


@few
@given(grids(), st.data())
def test_locked_units_stay_wherever_they_lie(problem, data):
    territories = st.integers(0, problem.n_territories - 1)
    size = problem.n_units
    current = data.draw(st.lists(territories, min_size=size, max_size=size))
    locked = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    found = fewest(replace(problem, current=np.array(current, dtype=np.int32), locked=locked))
    np.testing.assert_array_equal(found.labels[locked], np.array(current)[locked])
    assert found.cost == count_cuts(problem, found.labels)


def test_a_locked_corner_makes_a_split_across_the_grid_impossible():
    """
    A . . .   without locks the grid is cut in the middle, 3 edges; a locked
    . . . .   corner of B beside A leaves more
    B . . .
    """
    current = [0, -1, -1, -1, -1, -1, -1, -1, 1, -1, -1, -1]
    locked = np.array(current) >= 0
    free = drawn("1 1 1 1\n1 1 1 1\n1 1 1 1", 2, tolerance=0.01)
    held = drawn("1 1 1 1\n1 1 1 1\n1 1 1 1", 2, tolerance=0.01, current=current, locked=locked)
    assert fewest(free).cost == 3
    least = min(count_cuts(held, labels) for labels in naive.plans(held, connected=True) if labels[0] < labels[8])
    assert fewest(held).cost == least > 3


def test_forbidden_pairs_are_kept():
    """The best cut is down the middle; two units on the left are kept from A, two from B."""
    forbidden = [(0, 0), (4, 0), (3, 1), (7, 1)]
    problem = drawn("1 1 1 1\n1 1 1 1", 2, tolerance=0.01, forbidden=forbidden)
    found = fewest(problem)
    assert found.cost == 2
    np.testing.assert_array_equal(found.labels, labels_of("B B A A B B A A"))


def test_shares_may_differ():
    problem = drawn("1 1 1 1\n1 1 1 1\n1 1 1 1", 2, tolerance=0.01, shares=[0.75, 0.25])
    found = fewest(problem)
    assert (found.cost, found.excess) == (3, 0)
    assert np.bincount(found.labels).tolist() == [9, 3]


def test_each_metric_keeps_its_own_tolerance():
    problem = random_map(3, 60, 3, tolerances=[0.05, 0.1])
    found = fewest(problem, SolveParameters(starts=1, effort=0.05))
    assert verify(problem, found.labels).meets((0.05, 0.1), pieces=3)


def test_parts_that_barriers_make_are_divided_apart():
    """
    1 1 1|1 1 1
    1 1 1|1 1 1
    1 1 1|1 1 1
    1 1 1|1 1 1
    """
    problem = drawn("\n".join(["1 1 1|1 1 1"] * 4), 4, tolerance=0.01)
    found = fewest(problem)
    assert (found.cost, found.excess) == (6, 0)
    assert pieces_are_whole(problem, found.labels)


def test_where_no_plan_is_within_tolerance_the_nearest_is_found():
    """3 | 1 1: one territory must have 3 of 5."""
    found = fewest(drawn("3 1 1", 2, tolerance=0.01))
    assert found.cost == 1
    assert found.excess > 0
    assert found.labels[0] != found.labels[1] == found.labels[2]


def test_it_reports_its_best_and_stops_when_told():
    problem = random_map(7, 60, 4)
    told = []
    fewest(problem, watch=lambda fraction, found: told.append((fraction, found)))
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] <= 1
    assert all(not earlier.is_better_than(later) for (_, earlier), (_, later) in itertools.pairwise(told))
    stopped = []
    found = fewest(problem, stop=lambda cost: True, watch=lambda fraction, found: stopped.append(found))
    assert stopped == [found]
    assert pieces_are_whole(problem, found.labels)


GRID = "\n".join(["1 2 1 3 1 2"] * 6)
STEPS = {
    "flips": Steps(swap_chance=0.0, resplit_chance=0.0, reach=100),
    "swaps": Steps(swap_chance=1.0, resplit_chance=0.0, reach=100),
    "resplits": Steps(swap_chance=0.0, resplit_chance=1.0, reach=100),
    "all": Steps(swap_chance=0.4, resplit_chance=0.2, reach=100),
}


def kernel_state(problem, seed):
    terrain = CutTerrain.of(instance_of(problem))
    rows = np.arange(problem.n_units) * problem.n_territories // problem.n_units
    state = CutState.empty(terrain, rows.astype(np.int32), seed=seed)
    fill_state(terrain, state)
    return terrain, state, SplitTree.empty(terrain)


@pytest.mark.parametrize("kind", STEPS)
def test_after_many_steps_the_state_agrees_with_its_labels(kind):
    current = np.arange(36) * 3 // 36
    locked = np.arange(36) % 11 == 0
    problem = drawn(GRID, 3, tolerance=0.02, current=current, locked=locked, forbidden=[(1, 2), (20, 1), (34, 0)])
    terrain, state, tree = kernel_state(problem, 5)
    before = state.labels.copy()
    anneal_cuts(terrain, state, tree, Heat((5.0, 1.0), (10.0, 100.0)), STEPS[kind], (0.0, 1.0), 3000)
    assert (state.labels != before).any()
    assert (state.labels[locked] == before[locked]).all()
    assert pieces_are_whole(problem, state.labels)
    listed = state.cut_edges[: state.counters[0]]
    ends = state.labels[terrain.edges]
    assert sorted(listed.tolist()) == np.flatnonzero(ends[:, 0] != ends[:, 1]).tolist()
    np.testing.assert_allclose(state.loads, np.array(naive.loads(problem, state.labels)) / problem.totals)
    assert state.sizes.tolist() == np.bincount(state.labels, minlength=3).tolist()
    np.testing.assert_allclose(state.violations, violations(problem, state.labels), atol=1e-9)
    assert state.counters[1] == np.count_nonzero(state.violations)


def violations(problem, labels):
    deviations = np.abs(np.array(naive.loads(problem, labels)) / problem.totals * problem.n_territories - 1)
    outside = np.maximum(0, deviations - problem.tolerances).sum(axis=1)
    broken = [sum(labels[unit] == k for unit, k in problem.forbidden if k == own) for own in range(len(outside))]
    return outside + broken


@pytest.mark.parametrize("kind", STEPS)
def test_cold_steps_never_raise_the_objective(kind):
    problem = drawn(GRID, 3, tolerance=0.02, forbidden=[(1, 2), (20, 1), (34, 0)])
    terrain, state, tree = kernel_state(problem, 2)

    def objective():
        return count_cuts(problem, state.labels) + 50 * violations(problem, state.labels).sum()

    anneal_cuts(terrain, state, tree, Heat((50.0, 50.0), (1.0, 1.0)), STEPS["all"], (0.0, 1.0), 300)
    first = before = objective()
    for _ in range(50):
        anneal_cuts(terrain, state, tree, Heat((1e-9, 1e-9), (50.0, 50.0)), STEPS[kind], (0.0, 1.0), 10)
        after = objective()
        assert after <= before + 1e-6
        before = after
    assert before < first


def test_the_kernels_are_compiled_for_one_signature_only():
    """A second one would cost every worker seconds at its first run."""
    fewest(random_map(4, 40, 3, forbidden=[(3, 1)], current=[0] * 40, locked=[True] + [False] * 39))
    fewest(random_map(4, 40, 3, tolerances=[np.inf, np.inf]))
    assert [len(kernel.signatures) for kernel in (anneal_cuts, fill_state)] == [1, 1]


@pytest.mark.shared_data
@pytest.mark.skipif(not bench_cuts.DATA.is_dir(), reason="no published maps beside the checkout")
@pytest.mark.parametrize("name", ["county-ID", "county-NE", "county-NM", "county-WV", "tract-ID"])
def test_a_published_optimum_is_reached(name):
    (entry,) = [entry for entry in bench_cuts.published_maps() if entry.name == name]
    assert bench_cuts.is_optimal(entry, fewest(entry.problem, SolveParameters(effort=0.2)))
