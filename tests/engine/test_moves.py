from dataclasses import replace

import numpy as np
import pytest

from balancing.engine.components import lay_out
from balancing.engine.geometry import weighted_centroids
from balancing.engine.instance import Instance
from balancing.engine.moves import Reason, ordered_moves
from tests.engine import naive
from tests.engine.drawn import drawn, labels_of, random_map


def moves_to(problem, labels, **options):
    instance = Instance.of(problem, lay_out(problem, from_current=True))
    centres = weighted_centroids(problem.points, problem.weights[:, 0], labels, problem.n_territories)
    return ordered_moves(instance, labels, centres, **options)


def strip(n_units, *, from_west, to_west):
    """A row of units: A has the first ones today, and more or fewer of them in the new plan."""
    columns = np.arange(n_units)
    problem = drawn(" ".join("1" * n_units), 2, current=np.where(columns < from_west, 0, 1))
    return problem, np.where(columns < to_west, 0, 1).astype(np.int32)


def test_the_list_leads_from_today_to_the_new_plan_and_stays_connected():
    """
    today  A A A A B B    new  A A A B B B
           A A A A B B         A A A B B B
    """
    problem = drawn("1 1 1 1 1 1\n1 1 1 1 1 1", 2, current=labels_of("A A A A B B\nA A A A B B"))
    goal = labels_of("A A A B B B\nA A A B B B")
    moves = moves_to(problem, goal)
    now = problem.current.copy()
    for move in moves:
        assert now[move.unit] == move.source
        now[move.unit] = move.target
        for k in range(2):
            assert naive.is_connected(problem, np.flatnonzero(now == k).tolist())
    assert now.tolist() == goal.tolist()
    assert all(move.is_connected for move in moves)


def test_the_violation_falls_from_step_to_step_and_links_up():
    problem = drawn("1 1 1 1 1 1", 2, current=labels_of("A A A A A B"), metric_names=("accounts",))
    moves = moves_to(problem, labels_of("A A A B B B"))
    assert [move.unit for move in moves] == [4, 3]
    assert moves[0].violation_before > moves[0].violation_after == moves[1].violation_before
    assert moves[1].violation_after == pytest.approx(0)
    assert moves[0].reason is Reason.GIVES_UP_OVERLOAD
    assert moves[0].metric == "accounts"
    assert moves[0].weights == (1.0,)


def test_a_short_receiver_is_the_reason_where_the_giver_is_not_too_full():
    """
    targets of 6, tolerance 30 %: A holds 7, B 4, C 7
    """
    problem = drawn("5 2 4 2 5", 3, tolerance=0.3, current=labels_of("A A B C C"), metric_names=("accounts",))
    (move,) = moves_to(problem, labels_of("A B B C C"))
    assert (move.reason, move.metric) == (Reason.FILLS_SHORTAGE, "accounts")


def test_units_without_a_territory_are_assigned():
    problem = drawn("1 1 1 1", 2, current=labels_of("A A ? B"))
    (move,) = moves_to(problem, labels_of("A A B B"))
    assert move.source == -1
    assert move.reason is Reason.ASSIGNS_UNASSIGNED


def test_a_change_that_only_saves_distance_says_so():
    """
    today A B A B, new A A B B: balance is the same
    """
    problem = drawn("1 1 1 1\n1 1 1 1", 2, current=labels_of("A B A B\nA A B B"), tolerance=0.5)
    moves = moves_to(problem, labels_of("A A B B\nA A B B"))
    assert {move.unit for move in moves} == {1, 2}
    assert all(move.reason is Reason.SHORTENS_DISTANCE and move.distance_change_km < 0 for move in moves)


def test_without_a_current_plan_there_is_nothing_to_move():
    assert moves_to(drawn("1 1 1 1", 2), labels_of("A A B B")) == ()


def test_a_swap_that_no_single_step_can_make_is_listed_and_marked():
    """
    A B   to   B A: neither unit can leave first without emptying its territory
    """
    problem = drawn("1 1", 2, current=labels_of("A B"))
    moves = moves_to(problem, labels_of("B A"))
    assert len(moves) == 2
    assert sorted(move.unit for move in moves) == [0, 1]


def test_a_long_list_still_ends_at_the_new_plan():
    problem = random_map(9, 120, 4, current=np.random.default_rng(2).integers(0, 4, 120))
    goal = np.random.default_rng(3).integers(0, 4, 120).astype(np.int32)
    now = problem.current.copy()
    for move in moves_to(problem, goal):
        now[move.unit] = move.target
    assert now.tolist() == goal.tolist()


def test_a_cancel_is_heard_while_the_moves_are_ordered():
    class CancelledError(Exception):
        pass

    asked = []

    def cancelled():
        asked.append(1)
        if len(asked) == 10:
            raise CancelledError
        return False

    problem, goal = strip(200, from_west=20, to_west=100)
    with pytest.raises(CancelledError):
        moves_to(problem, goal, is_over=cancelled)


def test_where_time_is_up_the_list_is_whole_all_the_same_after_few_looks():
    asked = []

    def over():
        asked.append(1)
        return True

    problem = random_map(3, 300, 4)
    today = np.argsort(np.argsort(problem.points[:, 0])) // 75
    goal = np.argsort(np.argsort(problem.points[:, 1])) // 75
    problem = replace(problem, current=today.astype(np.int32))
    hurried, careful = (moves_to(problem, goal.astype(np.int32), **options) for options in ({"is_over": over}, {}))
    assert sorted(move.unit for move in hurried) == sorted(move.unit for move in careful)
    assert len(asked) <= 41
    now = problem.current.copy()
    for move in hurried:
        assert now[move.unit] == move.source
        now[move.unit] = move.target
    assert (now == goal).all()
    assert hurried[-1].violation_after == pytest.approx(careful[-1].violation_after)
