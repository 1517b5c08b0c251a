import numpy as np
import pytest

from balancing.engine.parameters import SolveParameters
from balancing.engine.problem import Problem
from balancing.engine.result import Status
from balancing.engine.solve import solve
from balancing.engine.verify import verify
from balancing.engine.version import ENGINE_VERSION
from tests.engine import naive
from tests.engine.drawn import drawn, labels_of, random_map


def test_a_small_map_is_divided_as_well_as_trying_everything():
    """
    1 2 1 1
    2 1 1 2
    1 1 2 1
    """
    problem = drawn(test_a_small_map_is_divided_as_well_as_trying_everything.__doc__, 2, tolerance=0.13)
    best = min(naive.mean_km(problem, labels) for labels in naive.plans(problem, connected=True))
    result = solve(problem)
    assert result.feasible
    assert result.mean_km <= best * 1.0001


def test_three_territories_on_nine_units_are_as_good_as_can_be():
    """
    1 1 1
    1 1 1
    1 1 1
    """
    problem = drawn("1 1 1\n1 1 1\n1 1 1", 3, tolerance=0.0)
    best = min(naive.mean_km(problem, labels) for labels in naive.plans(problem, connected=True))
    result = solve(problem)
    assert result.feasible
    assert result.mean_km == pytest.approx(best)


def test_a_lump_near_a_whole_target_gets_a_territory_with_what_fits():
    """
    1 1 1 1 1
    1 9 1 1 1   targets of 8: nine is 12.5 % over and nothing may join it
    1 1 1 1 1
    1 1 . . .
    """
    problem = drawn("1 1 1 1 1\n1 9 1 1 1\n1 1 1 1 1\n1 1", 3, tolerance=0.13)
    assert problem.totals[0] == 25
    result = solve(problem)
    lump = int(np.argmax(problem.weights[:, 0]))
    assert result.feasible
    assert (result.labels == result.labels[lump]).sum() == 1


def test_an_impossible_tolerance_gives_the_best_plan_and_the_reason():
    """
    8 1 1 1   targets of 5.5
    """
    result = solve(drawn("8 1 1 1", 2, metric_names=("accounts",)))
    assert not result.feasible
    assert result.status is Status.PROVED_IMPOSSIBLE
    assert result.gap is None
    assert result.certificates[0].smallest_tolerance == pytest.approx(8 / 5.5 - 1)
    assert np.abs(result.deviations).max() == pytest.approx(8 / 5.5 - 1)
    assert result.extra_pieces == 0


def test_unequal_shares_are_met():
    problem = drawn("\n".join(["1 1 1 1 1 1"] * 4), 3, shares=[0.5, 0.25, 0.25], tolerance=0.01)
    result = solve(problem)
    assert result.feasible
    assert result.loads[:, 0].tolist() == [12, 6, 6]


def test_several_metrics_are_balanced_together():
    random = np.random.default_rng(5)
    weights = np.column_stack((np.ones(64), random.uniform(1, 3, 64)))
    picture = "\n".join(["1 1 1 1 1 1 1 1"] * 8)
    result = solve(drawn(picture, 4, weights=weights, tolerance=[0.05, 0.05]))
    assert result.feasible
    assert np.abs(result.deviations).max() <= 0.05 + 1e-9


def test_a_barrier_is_not_crossed():
    """
    1 1 1|1 1 1
    1 1 1|1 1 1
    """
    problem = drawn("1 1 1|1 1 1\n1 1 1|1 1 1", 2)
    result = solve(problem)
    west, east = set(result.labels.reshape(2, 6)[:, :3].ravel()), set(result.labels.reshape(2, 6)[:, 3:].ravel())
    assert west.isdisjoint(east)
    assert result.feasible


def test_an_island_is_joined_and_its_piece_is_not_blamed():
    """
    1 1 1 1 1 1 1|1   two territories of four
    """
    result = solve(drawn("1 1 1 1 1 1 1|1", 2))
    assert result.feasible
    assert result.n_pieces == 3
    assert result.extra_pieces == 0


def test_two_reps_and_fifty_accounts():
    problem = random_map(7, 50, 2, tolerances=[0.05, np.inf])
    result = solve(problem)
    assert result.feasible
    assert result.status is Status.WITHIN_TOLERANCE


def test_one_territory_takes_all():
    result = solve(drawn("1 1 1", 1))
    assert result.labels.tolist() == [0, 0, 0]
    assert result.feasible


def test_as_many_territories_as_units():
    result = solve(drawn("1 1 1", 3))
    assert sorted(result.labels.tolist()) == [0, 1, 2]
    assert result.mean_km == pytest.approx(0)


def test_units_without_accounts_are_divided_by_place():
    result = solve(drawn("0 0 0 0", 2))
    assert result.feasible
    assert sorted(np.bincount(result.labels).tolist()) == [2, 2]
    assert result.deviations.tolist() == [[0.0], [0.0]]


def test_metrics_without_tolerance_are_reported_only():
    problem = random_map(3, 40, 3, tolerances=[np.inf, np.inf])
    result = solve(problem)
    assert result.feasible
    assert result.loads.shape == (3, 2)


def test_units_at_one_and_the_same_place():
    problem = Problem.from_degrees([5] * 6, [50] * 6, [1] * 6, [(i, i + 1) for i in range(5)], 2, tolerances=0.01)
    result = solve(problem)
    assert result.feasible
    assert result.mean_km == pytest.approx(0, abs=1e-6)


def test_units_on_both_sides_of_the_antimeridian_are_neighbours():
    longitudes = [179.7, 179.9, -179.9, -179.7, 175, 175.2, 175.4, 175.6]
    problem = Problem.from_degrees(
        longitudes,
        [0] * 8,
        [1] * 8,
        [(i, i + 1) for i in range(3)] + [(4, 5), (5, 6), (6, 7), (0, 7)],
        2,
        tolerances=0.01,
    )
    result = solve(problem)
    assert len(set(result.labels[:4].tolist())) == 1
    assert result.mean_km < 40


def test_homes_stay_the_centres_and_keep_their_territory():
    """
    1 1 1 1 1 1   home of 0 in the east, of 1 in the west
    """
    problem = drawn("1 1 1 1 1 1", 2, home_longitudes=[-82.5, -83.0], home_latitudes=[33, 33])
    result = solve(problem)
    assert result.labels.tolist() == [1, 1, 1, 0, 0, 0]
    np.testing.assert_array_equal(result.centres, problem.homes)
    assert "from these homes" in result.bound_proves


def test_locked_units_keep_their_territory():
    problem = drawn("1 1 1 1 1 1", 2, current=labels_of("? ? ? ? B A"), locked=[False] * 5 + [True])
    result = solve(problem)
    assert result.labels[5] == 0
    assert result.feasible


def test_a_forbidden_pair_is_kept_apart():
    problem = drawn("1 1 1 1\n1 1 1 1", 2, forbidden=[(0, 0)])
    result = solve(problem)
    assert result.labels[0] == 1
    assert result.feasible


def test_a_forbidden_pair_of_today_is_undone():
    """
    A A B B   the north-west corner is forbidden in A from now on
    A A B B
    """
    current = labels_of("A A B B\nA A B B")
    problem = drawn("1 1 1 1\n1 1 1 1", 2, current=current, forbidden=[(0, 0)])
    result = solve(problem, SolveParameters(disruption_price=0.1))
    assert verify(problem, result.labels).broken_forbidden == 0
    assert result.extra_pieces == 0


def test_names_follow_todays_plan_on_a_clean_sheet():
    problem = drawn("1 1 1 1\n1 1 1 1", 2, current=labels_of("B B A A\nB B A A"))
    result = solve(problem)
    assert result.labels.tolist() == problem.current.tolist()
    assert result.moves == ()


def test_the_result_agrees_with_the_independent_verdict():
    problem = random_map(8, 120, 5, tolerances=[0.1, 0.3])
    result = solve(problem, rng=4)
    verdict = verify(problem, result.labels)
    np.testing.assert_allclose(np.abs(result.deviations).max(axis=0), verdict.worst_deviations)
    assert result.mean_km == pytest.approx(verdict.mean_km)
    assert result.n_pieces == verdict.n_pieces == 5
    assert result.bound_km <= result.mean_km
    assert result.gap == pytest.approx(result.mean_km / result.bound_km - 1)
    assert result.engine_version == ENGINE_VERSION
    assert result.feasible == verdict.meets((0.1, 0.3), pieces=5)


def test_progress_runs_from_nothing_to_done_with_figures():
    seen = []
    solve(random_map(1, 30, 3), callbacks=[seen.append])
    fractions = [progress.fraction for progress in seen]
    assert fractions == sorted(fractions)
    assert (seen[0].phase, seen[0].fraction) == ("starts", 0.0)
    assert (seen[-1].phase, seen[-1].fraction) == ("done", 1.0)
    searching = [progress for progress in seen if progress.phase == "search"]
    assert len(searching) > 10
    assert all(len(progress.worst_deviations) == 2 and progress.mean_km > 0 for progress in searching)
    assert all(progress.labels.shape == (30,) and progress.seconds > 0 for progress in searching)
    assert searching[-1].gap >= 0


def test_the_bound_can_be_left_out():
    result = solve(drawn("1 1 1 1", 2), SolveParameters(with_bound=False))
    assert result.bound_km is None
    assert result.gap is None
