"""Target shares: by hand, else by capacity, else equal."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balancing.formulas.targets import target_shares, targets

NAN = float("nan")
maybe_share = st.one_of(st.just(NAN), st.floats(0.001, 1.0))
maybe_hours = st.one_of(st.just(NAN), st.just(0.0), st.floats(1.0, 5000.0))


def shares(by_hand: list[float], hours: list[float]) -> list[float]:
    return target_shares(np.array(by_hand), np.array(hours)).tolist()


def test_without_capacities_every_territory_gets_the_same() -> None:
    assert shares([NAN] * 4, [NAN] * 4) == [0.25] * 4


def test_capacity_divides_the_whole() -> None:
    assert shares([NAN, NAN], [1600, 800]) == pytest.approx([2 / 3, 1 / 3])


def test_a_vacant_territory_counts_with_the_mean_capacity() -> None:
    assert shares([NAN, NAN, NAN], [1000, 2000, NAN]) == pytest.approx([1000 / 4500, 2000 / 4500, 1500 / 4500])


def test_a_share_set_by_hand_holds_and_the_rest_is_divided_by_capacity() -> None:
    assert shares([0.5, NAN, NAN], [100, 1000, 3000]) == pytest.approx([0.5, 0.125, 0.375])


def test_shares_set_by_hand_that_leave_nothing_are_all_scaled_together() -> None:
    assert shares([0.9, 0.6, NAN], [1000, 1000, 1000]) == pytest.approx(np.array([0.9, 0.6, 1 / 3]) / (1.5 + 1 / 3))


@given(st.lists(st.tuples(maybe_share, maybe_hours), min_size=1, max_size=12))
def test_shares_are_positive_and_sum_to_one(rows: list[tuple[float, float]]) -> None:
    found = shares(*map(list, zip(*rows, strict=True)))
    assert sum(found) == pytest.approx(1)
    assert min(found) > 0


@given(
    st.integers(1, 8).flatmap(
        lambda k: st.lists(st.lists(st.floats(0, 1e9), min_size=3, max_size=3), min_size=k, max_size=k)
    ),
    st.randoms(use_true_random=False),
)
def test_targets_sum_to_the_total_of_each_metric(rows: list[list[float]], random: object) -> None:
    values = np.array(rows)
    hours = np.array([random.uniform(100, 2000) for _ in rows])
    goals = targets(values, target_shares(np.full(len(rows), NAN), hours))
    assert goals.sum(axis=0) == pytest.approx(values.sum(axis=0))
