import pytest

from balancing.engine.certificates import certify, find_certificates
from tests.engine.drawn import drawn, labels_of


def certificates(problem):
    return {c.code: c for c in find_certificates(problem, problem.edges)}


def test_a_balanced_problem_has_none():
    assert certificates(drawn("1 1 1 1", 2)) == {}


def test_a_unit_bigger_than_any_target_is_named_with_the_tolerance_it_needs():
    """
    1 8 1   targets of 5
    """
    found = certificates(drawn("1 8 1", 2, metric_names=("accounts",)))["unit_too_big"]
    assert found.unit == 1
    assert found.metric == "accounts"
    assert found.smallest_tolerance == pytest.approx(0.6)
    assert "60.0 %" in found.message


def test_unequal_shares_can_make_room_for_a_big_unit():
    assert certificates(drawn("1 8 1", 2, shares=[0.2, 0.8])) == {}


def test_locked_units_beyond_their_territory_are_named():
    """
    3 3 1 1   the two heavy ones locked in A
    """
    problem = drawn("3 3 1 1", 2, current=labels_of("A A B B"), locked=[True, True, False, False])
    found = certificates(problem)["locked_too_much"]
    assert found.territory == 0
    assert found.smallest_tolerance == pytest.approx(0.5)


def test_a_part_that_no_whole_number_of_territories_divides_is_named():
    """
    1 1 1|1 1 1 1 1   four targets of 2: one and a half in the west
    """
    problem = drawn("1 1 1|1 1 1 1 1", 4)
    west, east = (c for c in certify(problem) if c.code == "part_not_divisible")
    assert west.smallest_tolerance == pytest.approx(0.25)
    assert (west.unit, east.unit) == (0, 3)


def test_a_unit_that_may_be_nowhere_is_named():
    found = certificates(drawn("1 1 1 1", 2, forbidden=[(2, 0), (2, 1)]))["unit_forbidden_everywhere"]
    assert found.unit == 2
    assert found.smallest_tolerance is None
