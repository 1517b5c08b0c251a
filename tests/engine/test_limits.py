import numpy as np
import pytest

from balancing.engine.certificates import certify
from balancing.engine.exceptions import ProblemError
from balancing.engine.parameters import SolveParameters
from balancing.engine.solve import solve
from balancing.engine.verify import verify
from tests.engine import naive
from tests.engine.drawn import drawn, labels_of, random_map


def codes(problem):
    return {certificate.code for certificate in certify(problem)}


def test_a_most_holds_one_territory_below_the_others():
    """
    1 1 1 1 1 1 1 1   B may have two at most
    """
    result = solve(drawn("1 1 1 1 1 1 1 1", 2, tolerance=np.inf, most=[[8], [2]]))
    assert result.feasible
    assert result.loads[1, 0] <= 2


def test_a_least_lifts_one_territory_above_the_others():
    result = solve(drawn("1 1 1 1 1 1 1 1", 2, tolerance=np.inf, least=[[0], [6]]))
    assert result.feasible
    assert result.loads[1, 0] >= 6


def test_a_limit_holds_on_a_metric_that_is_not_balanced():
    weights = [[1, w] for w in (9, 9, 1, 1, 1, 1)]
    problem = drawn("1 1 1 1 1 1", 2, weights=weights, tolerance=[1.0, np.inf], most=[[9, 20], [9, 20]])
    result = solve(problem)
    assert result.feasible
    assert result.loads[:, 1].max() <= 20
    assert verify(problem, result.labels).broken_limits == 0


def test_limits_that_nobody_can_keep_are_told_beforehand():
    assert codes(drawn("1 1 1 1", 2, tolerance=np.inf, most=[[1], [2]])) == {"limits_too_low"}
    assert codes(drawn("1 1 1 1", 2, tolerance=np.inf, least=[[3], [2]])) == {"limits_too_high"}


def test_a_limit_outside_the_tolerance_says_which_tolerance_would_do():
    """
    1 1 1 1   targets of 2; A must have 3
    """
    found = {c.code: c for c in certify(drawn("1 1 1 1", 2, least=[[3], [0]]))}["limit_outside_band"]
    assert found.territory == 0
    assert found.smallest_tolerance == pytest.approx(0.5)


def test_a_least_above_the_most_is_refused_by_row():
    with pytest.raises(ProblemError, match=r"most\[1\] is \[1\.\], expected at least what `least` says"):
        drawn("1 1 1 1", 2, least=[[0], [2]], most=[[4], [1]])


def test_a_soft_tolerance_is_missed_where_keeping_it_costs_more():
    """
    9 . . 1   far apart, two territories: only the price says whether the nine may stay whole
    """
    picture = "9 9 9 1"
    cheap = solve(drawn(picture, 2, tolerance=0.01, tolerance_prices=[0.001]))
    dear = solve(drawn(picture, 2, tolerance=0.01))
    assert cheap.feasible
    assert cheap.soft_km > 0
    assert not dear.feasible
    assert cheap.certificates == ()


def test_a_soft_tolerance_worth_its_price_is_kept():
    """
    4 4 1 1 1 1   even is possible, at some distance
    """
    result = solve(drawn("4 4 1 1 1 1", 2, tolerance=0.4, tolerance_prices=[1e6]))
    assert np.abs(result.deviations).max() <= 0.4
    assert result.soft_km == 0


@pytest.mark.parametrize("price_km", [0.0, 0.5, 50.0])
def test_the_bound_counts_what_soft_tolerances_cost(price_km):
    problem = random_map(5, 40, 4, tolerances=[0.3, 0.05], tolerance_prices=[np.inf, price_km])
    result = solve(problem, SolveParameters(effort=0.2))
    assert result.bound_km <= result.mean_km + result.soft_km + 1e-9


def test_a_soft_barrier_is_not_crossed_for_a_little_distance():
    """
    1 1 1 1   a river after the first unit: nobody spans it when that is dear
    """
    barriers = {"barriers": [(0, 1)], "tolerance": 1.0}
    free = solve(drawn("1 1 1 1", 2, **barriers, barrier_prices=[0.0]))
    dear = solve(drawn("1 1 1 1", 2, **barriers, barrier_prices=[100.0]))
    assert free.labels[0] == free.labels[1]
    assert dear.labels[0] != dear.labels[1]
    assert dear.soft_km == 0


def test_a_soft_barrier_is_crossed_where_balance_needs_it():
    problem = drawn("1 1 1 1", 2, barriers=[(0, 1)], barrier_prices=[100.0], tolerance=0.01)
    result = solve(problem)
    assert result.feasible
    assert result.soft_km == pytest.approx(100.0)


def test_a_required_pair_is_kept_whatever_today_says():
    problem = drawn("1 1 1 1", 2, required=[(0, 1)], current=labels_of("A A B B"))
    for parameters in (SolveParameters(), SolveParameters(disruption_price=0.1)):
        result = solve(problem, parameters)
        assert result.labels[0] == 1
        assert result.feasible
        assert verify(problem, result.labels).broken_locks == 0


def test_a_required_pair_names_the_territory_of_a_clean_sheet():
    result = solve(drawn("1 1 1 1 1 1", 3, required=[(0, 2), (5, 0)]))
    assert result.labels.tolist() == [2, 2, 1, 1, 0, 0]


def test_a_pair_both_required_and_forbidden_is_a_certificate():
    assert "required_and_forbidden" in codes(drawn("1 1 1 1", 2, required=[(1, 0)], forbidden=[(1, 0)]))


def test_a_unit_required_twice_is_refused():
    with pytest.raises(ProblemError, match="one territory for each unit"):
        drawn("1 1 1 1", 2, required=[(1, 0), (1, 1)])


def test_a_group_stays_together_and_connected():
    """
    1 1 1
    1 1 1   the middle column is one city
    """
    problem = drawn("1 1 1\n1 1 1", 2, groups=[-1, 4, -1, -1, 4, -1], tolerance=0.5)
    result = solve(problem)
    assert result.feasible
    assert result.labels[1] == result.labels[4]
    for k in range(2):
        assert naive.is_connected(problem, np.flatnonzero(result.labels == k).tolist())


def test_a_group_too_heavy_for_a_target_is_told_beforehand():
    result = solve(drawn("1 1 1 1", 2, groups=[0, 0, 0, -1]))
    assert {certificate.code for certificate in result.certificates} == {"unit_too_big"}
    assert result.labels[0] == result.labels[1] == result.labels[2]


def test_a_group_in_pieces_is_refused_unless_books_are_asked_for():
    problem = drawn("1 1 1 1", 2, groups=[0, -1, -1, 0], tolerance=0.05)
    with pytest.raises(ProblemError, match="group 0 is in pieces that do not touch"):
        solve(problem)
    books = solve(problem, SolveParameters(contiguous=False))
    assert books.labels[0] == books.labels[3]


def test_a_group_with_a_locked_unit_follows_it():
    problem = drawn("1 1 1 1", 2, groups=[-1, 7, 7, -1], current=labels_of("A A B B"), locked=[0, 1, 0, 0], tolerance=1)
    assert solve(problem).labels[2] == 0


def test_a_group_locked_in_two_territories_is_refused():
    problem = drawn("1 1 1 1", 2, groups=[-1, 7, 7, -1], current=labels_of("A A B B"), locked=[0, 1, 1, 0])
    with pytest.raises(ProblemError, match="group 7 has units locked in different territories"):
        solve(problem)


def test_a_frozen_territory_neither_gives_nor_takes():
    """
    A A B B B B C C   B is frozen with four, A and C share the rest as they like
    """
    problem = drawn(
        "1 1 1 1 1 1 1 1", 3, current=labels_of("A A B B B B C C"), frozen=[False, True, False], tolerance=0.6
    )
    result = solve(problem)
    assert np.flatnonzero(result.labels == 1).tolist() == [2, 3, 4, 5]
    assert result.feasible


def test_a_frozen_territory_out_of_band_makes_the_plan_infeasible():
    problem = drawn("1 1 1 1 1 1", 2, current=labels_of("A A A A B B"), frozen=[True, False])
    result = solve(problem)
    assert not result.feasible
    assert result.labels.tolist() == [0, 0, 0, 0, 1, 1]


def test_nothing_is_left_to_divide_when_all_is_frozen():
    with pytest.raises(ProblemError, match="all territories are frozen"):
        solve(drawn("1 1", 2, current=labels_of("A B"), frozen=[True, True]))


@pytest.mark.parametrize("seed", range(4))
def test_groups_and_frozen_territories_do_not_depend_on_the_order_of_rows(seed):
    random = np.random.default_rng(seed)
    whole = random_map(seed, 30, 3, tolerances=[0.5, np.inf])
    today = solve(whole, SolveParameters(effort=0.1)).labels
    pair = next((int(i), int(j)) for i, j in whole.edges if today[i] == today[j] == 0 and i != j)
    groups = np.full(30, -1)
    groups[list(pair)] = 5
    wishes = {"current": today, "frozen": [False, False, True]}
    problem = random_map(seed, 30, 3, tolerances=[0.5, np.inf], groups=groups, **wishes)
    order = random.permutation(30)
    position = np.argsort(order)
    shuffled = type(problem).from_points(
        problem.points[order],
        problem.weights[order],
        position[problem.edges],
        3,
        tolerances=[0.5, np.inf],
        groups=groups[order],
        current=today[order],
        frozen=[False, False, True],
    )
    quick = SolveParameters(effort=0.1)
    np.testing.assert_array_equal(solve(problem, quick).labels[order], solve(shuffled, quick).labels)
