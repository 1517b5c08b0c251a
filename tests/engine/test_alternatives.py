import itertools

import numpy as np
import pytest

from balancing.engine.alternatives import alternatives
from balancing.engine.exceptions import ProblemError
from balancing.engine.parameters import SolveParameters
from balancing.engine.robustness import robustness
from balancing.engine.solve import solve
from tests.engine.drawn import drawn, labels_of, random_map

QUICK = SolveParameters(effort=0.1, starts=2, max_rounds=1)


def lopsided(seed, n_units=80):
    """A map whose territories today were balanced on other weights."""
    random = np.random.default_rng(seed)
    problem = random_map(seed, n_units, 4, tolerances=[0.1, np.inf])
    today = solve(problem, QUICK).labels
    weights = problem.weights * np.array([0.6, 0.9, 1.2, 1.6])[today][:, None] * random.uniform(0.9, 1.1, (n_units, 1))
    return random_map(seed, n_units, 4, tolerances=[0.1, np.inf], weights=weights, current=today)


@pytest.mark.parametrize("seed", range(2))
def test_no_plan_on_the_curve_beats_another(seed):
    curve = alternatives(lopsided(seed), QUICK)
    assert 3 <= len(curve) <= 8
    for one, other in itertools.permutations(curve, 2):
        assert not one.beats(other)


def test_the_curve_leads_from_today_to_balance_by_what_moves():
    problem = lopsided(3)
    curve = alternatives(problem, QUICK)
    moved = [one.result.moved_fraction for one in curve]
    assert moved == sorted(moved)
    np.testing.assert_array_equal(curve[0].result.labels, problem.current)
    assert curve[0].imbalance > 1
    assert any(one.result.feasible for one in curve)


def test_each_plan_can_be_had_again_from_its_parameters():
    problem = lopsided(4, n_units=40)
    for one in alternatives(problem, QUICK)[1:3]:
        np.testing.assert_array_equal(solve(problem, one.parameters).labels, one.result.labels)


def test_the_curve_is_the_same_on_two_threads():
    problem = lopsided(5, n_units=40)
    curves = [alternatives(problem, SolveParameters(effort=0.1, starts=2, threads=threads)) for threads in (1, 2)]
    for one, other in zip(*curves, strict=True):
        np.testing.assert_array_equal(one.result.labels, other.result.labels)


def test_without_a_plan_today_there_is_nothing_to_choose_from():
    with pytest.raises(ProblemError, match="no current plan"):
        alternatives(drawn("1 1 1 1", 2))


def test_progress_is_told_while_the_curve_grows():
    seen = []
    alternatives(lopsided(6, n_units=40), QUICK, callbacks=[seen.append])
    fractions = [progress.fraction for progress in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] > 0.5


def test_progress_is_told_of_the_first_solve_too():
    seen = []
    alternatives(lopsided(6, n_units=40), QUICK, callbacks=[seen.append])
    first = list(itertools.takewhile(lambda progress: progress.phase != "alternatives", seen))
    assert {progress.phase for progress in first} >= {"starts", "search", "done"}
    assert max(progress.fraction for progress in first) == pytest.approx(0.1)


def test_imbalance_is_measured_against_limits_where_no_tolerance_is_given():
    """Today 5 and 1 of 6; each may have 2 to 4, so that 5 is twice as far from the middle as allowed."""
    problem = drawn("1 1 1 1 1 1", 2, tolerance=np.inf, least=2, most=4, current=labels_of("A A A A A B"))
    curve = alternatives(problem, QUICK)
    assert curve[0].imbalance == pytest.approx(2)
    assert any(one.imbalance <= 1 + 1e-9 for one in curve)


def test_a_wide_band_is_always_kept_and_a_narrow_one_rarely():
    weights = [1.0] * 40
    labels = labels_of("A " * 20 + "B " * 20)
    picture = " ".join(["1"] * 40)
    assert robustness(drawn(picture, 2, weights=weights, tolerance=0.3), labels).in_band == 1.0
    narrow = robustness(drawn(picture, 2, weights=weights, tolerance=0.001), labels)
    assert narrow.in_band < 0.2
    assert narrow.territories.shape == (2, 1)


def test_a_territory_at_its_most_leaves_it_in_half_of_the_resamples():
    problem = drawn(" ".join(["1"] * 40), 2, tolerance=np.inf, most=[[40], [20]])
    judged = robustness(problem, labels_of("A " * 20 + "B " * 20), samples=400)
    assert judged.territories[0, 0] == 1.0
    assert judged.territories[1, 0] == pytest.approx(0.5, abs=0.1)


def test_the_same_seed_draws_the_same_samples():
    problem, labels = random_map(1, 50, 4), np.arange(50) % 4
    first, again = (robustness(problem, labels, samples=50, rng=3) for _ in range(2))
    assert first.in_band == again.in_band
    np.testing.assert_array_equal(first.territories, again.territories)
