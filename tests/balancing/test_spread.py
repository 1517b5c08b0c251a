"""Deviation, band and spread, each beside a slow obvious twin."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balancing.formulas import spread

amounts = st.lists(st.floats(0, 1e9).map(lambda value: round(value, 3)), min_size=1, max_size=30)


def slow_gini(values: list[float]) -> float:
    """Mean absolute difference of all pairs ÷ (2 × mean)."""
    pairs = [abs(a - b) for a in values for b in values]
    return statistics.fmean(pairs) / (2 * statistics.fmean(values))


def slow_index(values: list[float], targets: list[float]) -> float:
    total = sum(values)
    misplaced = sum(abs(value - target) for value, target in zip(values, targets, strict=True))
    return 100 * (1 - misplaced / (2 * total * (1 - min(targets) / total)))


@given(amounts)
def test_gini_is_half_the_relative_mean_difference_and_stays_in_its_bounds(values: list[float]) -> None:
    found = spread.gini(np.array(values))
    if sum(values) == 0:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(slow_gini(values), abs=1e-6)
        assert 0 <= found <= (len(values) - 1) / len(values) + 1e-9


@given(amounts)
def test_variation_is_deviation_over_mean(values: list[float]) -> None:
    found = spread.coefficient_of_variation(np.array(values))
    if sum(values) == 0:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(statistics.pstdev(values) / statistics.fmean(values), abs=1e-9)


@given(st.lists(st.floats(1, 1e6), min_size=2, max_size=20))
def test_the_index_is_100_when_everyone_is_on_target(targets: list[float]) -> None:
    assert spread.balance_index(np.array(targets), np.array(targets)) == pytest.approx(100)


@given(st.integers(2, 20), st.floats(1, 1e9), st.data())
def test_the_index_is_0_when_one_of_equals_has_all(count: int, total: float, data: st.DataObject) -> None:
    values = np.zeros(count)
    values[data.draw(st.integers(0, count - 1))] = total
    assert spread.balance_index(values, np.full(count, total / count)) == pytest.approx(0, abs=1e-9)


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0.01, 1)), min_size=2, max_size=20))
def test_the_index_lies_between_0_and_100_and_follows_its_formula(rows: list[tuple[float, float]]) -> None:
    values = [value for value, _ in rows]
    total, weight = sum(values), sum(share for _, share in rows)
    targets = [total * share / weight for _, share in rows]
    found = spread.balance_index(np.array(values), np.array(targets))
    if total == 0:
        assert math.isnan(found)
    else:
        assert 0 <= found <= 100
        assert found == pytest.approx(max(0, slow_index(values, targets)), abs=1e-6)


def test_one_territory_alone_is_in_balance() -> None:
    assert spread.balance_index(np.array([5.0]), np.array([5.0])) == 100


def test_a_deviation_equal_to_the_tolerance_is_in_band() -> None:
    deviations = spread.deviations(np.array([110.0, 90.0, 110.1]), np.array([100.0, 100.0, 100.0]))
    assert spread.in_band(deviations, 0.1).tolist() == [True, True, False]


def test_without_a_target_there_is_no_deviation_and_nothing_is_out_of_band() -> None:
    deviations = spread.deviations(np.array([0.0]), np.array([0.0]))
    assert np.isnan(deviations).all()
    assert spread.in_band(deviations, 0.1).all()
    assert spread.worst(deviations) is None


def test_the_ratio_of_most_to_least_has_no_meaning_where_the_least_is_nothing() -> None:
    assert spread.max_min_ratio(np.array([4.0, 2.0])) == 2
    assert math.isnan(spread.max_min_ratio(np.array([4.0, 0.0])))


def test_the_worst_deviation_is_the_largest_by_size() -> None:
    assert spread.worst(np.array([0.2, np.nan, -0.3])) == 2
