"""Lorenz curve and concentration, by hand and by property."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balancing.formulas.concentration import lorenz, top_share
from balancing.formulas.spread import gini

AMOUNTS = st.lists(st.floats(0, 1e9), min_size=1, max_size=40).filter(lambda values: sum(values) > 1)


def test_the_curve_adds_up_from_the_smallest() -> None:
    assert lorenz(np.array([5.0, 1.0, 4.0])).tolist() == pytest.approx([0.0, 0.1, 0.5, 1.0])


def test_equal_amounts_make_a_straight_line() -> None:
    assert lorenz(np.full(4, 7.0)).tolist() == pytest.approx([0.0, 0.25, 0.5, 0.75, 1.0])


def test_the_top_share_is_the_part_of_the_largest() -> None:
    assert top_share(np.array([5.0, 1.0, 4.0])) == pytest.approx(0.5)


def test_nothing_has_no_curve_and_no_top() -> None:
    assert lorenz(np.zeros(3)).size == 0
    assert np.isnan(top_share(np.zeros(3)))
    assert np.isnan(top_share(np.zeros(0)))


@given(values=AMOUNTS)
def test_the_gini_coefficient_is_twice_the_area_between_curve_and_diagonal(values: list[float]) -> None:
    curve = lorenz(np.array(values))
    area = (curve[1:] + curve[:-1]).sum() / (2 * len(values))
    assert gini(np.array(values)) == pytest.approx(1 - 2 * area, abs=1e-9)


@given(values=AMOUNTS, factor=st.floats(0.001, 1000))
def test_neither_scale_nor_order_matters(values: list[float], factor: float) -> None:
    amounts = np.array(values)
    assert lorenz(amounts[::-1] * factor) == pytest.approx(lorenz(amounts))
    assert top_share(amounts[::-1] * factor) == pytest.approx(top_share(amounts))
