import subprocess
import sys

import numpy as np
import pytest

from balancing.engine.annealing import Terms, anneal
from balancing.engine.components import lay_out
from balancing.engine.instance import Instance
from balancing.engine.search import empty_state
from tests.engine import naive
from tests.engine.drawn import drawn, labels_of, random_map


def terms(instance, labels, **changes):
    n_metrics = instance.terrain.unit_loads.shape[1]
    values = {
        "centres": instance.centres(labels),
        "sites": np.arange(instance.problem.n_territories),
        "prices": np.zeros((instance.problem.n_territories, n_metrics)),
        "penalty": 500.0,
        "disruption": 0.0,
        "most_moved": 1.0,
        "forbidden": 1e5,
        "swap_chance": 0.4,
        "reach": 10_000,
    }
    return Terms(**{**values, **changes})


def instance_of(problem):
    return Instance.of(problem, lay_out(problem, from_current=False))


def thirds(problem):
    """Vertical stripes, made connected by the drawing being a full grid."""
    longitude = np.arctan2(problem.points[:, 1], problem.points[:, 0])
    return (np.argsort(np.argsort(longitude)) * 3 // problem.n_units).astype(np.int32)


GRID = "\n".join(["1 2 1 3 1 2"] * 5)


@pytest.mark.parametrize("seed", range(3))
def test_after_many_steps_the_state_agrees_with_its_labels(seed):
    problem = drawn(GRID, 3, tolerance=0.1)
    instance = instance_of(problem)
    state = empty_state(instance, thirds(problem), seed)
    anneal(instance.terrain, state, terms(instance, state.labels), 5.0, 0.05, 4000)
    assert state.counters[2] > 50
    expected = np.array(naive.loads(problem, state.labels.tolist())) / problem.totals
    np.testing.assert_allclose(state.loads, expected, atol=1e-12)
    listed = sorted(state.boundary[: state.counters[0]].tolist())
    on_boundary = [
        u
        for u in range(problem.n_units)
        if any(state.labels[v] != state.labels[u] for v in naive.neighbours(problem, u))
    ]
    assert listed == on_boundary
    for k in range(3):
        members = np.flatnonzero(state.labels == k).tolist()
        assert len(members) == state.sizes[k] > 0
        assert naive.is_connected(problem, members)


def test_cold_steps_never_raise_the_objective():
    problem = drawn(GRID, 3, tolerance=0.1)
    instance = instance_of(problem)
    state = empty_state(instance, thirds(problem), 1)
    held = terms(instance, state.labels)

    def objective():
        cost = 0.0
        for unit, label in enumerate(state.labels):
            kilometres = naive.kilometres(problem.points[unit], held.centres[label])
            cost += instance.terrain.travel_weights[unit] * kilometres
        for k, (load,) in enumerate(naive.loads(problem, state.labels.tolist())):
            share = problem.shares[k]
            deviation = abs(load / problem.totals[0] / share - 1)
            edge, beyond = max(0.0, deviation - 0.095), max(0.0, deviation - 0.1)
            cost += held.penalty * share * (2 * edge**2 + beyond + 10 * beyond**2)
        return cost

    before = objective()
    for _ in range(20):
        anneal(instance.terrain, state, held, 1e-9, 1e-10, 50)
        after = objective()
        assert after <= before + 1e-6
        before = after


def test_locked_units_stay_however_hot_it_is():
    problem = drawn(GRID, 3, current=[0] * 30, locked=[i % 7 == 0 for i in range(30)])
    instance = instance_of(problem)
    state = empty_state(instance, thirds(problem), 3)
    before = state.labels.copy()
    anneal(instance.terrain, state, terms(instance, state.labels), 1e3, 1e2, 3000)
    assert (state.labels[problem.locked] == before[problem.locked]).all()
    assert (state.labels != before).any()


def test_no_more_moves_from_today_than_the_limit_allows():
    problem = drawn(GRID, 3, current=np.arange(30) % 6 // 2)
    instance = instance_of(problem)
    state = empty_state(instance, problem.current.copy(), 3)
    anneal(instance.terrain, state, terms(instance, state.labels, most_moved=0.1), 1e3, 1e2, 3000)
    moved = problem.weights[state.labels != problem.current, 0].sum() / problem.totals[0]
    assert 0 < moved <= 0.1 + 1e-9
    assert state.moved[0] == pytest.approx(moved)


def test_a_forbidden_pair_is_left_and_not_entered_again():
    """
    A A B B   unit 1 forbidden in A
    """
    problem = drawn("1 1 1 1", 2, tolerance=1.0, forbidden=[(1, 0)])
    instance = instance_of(problem)
    state = empty_state(instance, labels_of("A A B B"), 1)
    anneal(instance.terrain, state, terms(instance, state.labels), 1.0, 0.1, 500)
    assert state.labels[1] == 1


def test_same_seed_same_steps():
    problem = random_map(5, 50, 3)
    instance = instance_of(problem)
    runs = []
    for seed in (1, 1, 2):
        state = empty_state(instance, thirds(problem), seed)
        anneal(instance.terrain, state, terms(instance, state.labels), 50.0, 1.0, 500)
        runs.append((state.labels.tolist(), int(state.random[0]), state.counters.tolist()))
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


SIGNATURES = """
from numba.core.registry import CPUDispatcher
from balancing.engine import annealing, bound, contiguity, delaunay, geometry, graph, places, power_diagram
from balancing.engine import triangulation
from balancing.engine.parameters import SolveParameters
from balancing.engine.solve import solve
from balancing.engine.warm_up import warm_up
from tests.engine.drawn import random_map

warm_up()
for parameters in (SolveParameters(), SolveParameters(max_moved_fraction=0.3)):
    solve(random_map(5, 60, 3, current=[i % 3 for i in range(60)]), parameters)
for module in (annealing, bound, contiguity, delaunay, geometry, graph, places, power_diagram, triangulation):
    for name, kernel in vars(module).items():
        if isinstance(kernel, CPUDispatcher) and len(kernel.signatures) > 1:
            print(name, *kernel.signatures, sep="\\n")
"""


def test_each_kernel_is_compiled_for_one_signature_only():
    """A second one would cost every worker seconds at its first run."""
    done = subprocess.run([sys.executable, "-c", SIGNATURES], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr
