"""On which days a review is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balancing.models.review import Every
from balancing.reviews.calendar import next_date

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("every", "weekday", "day", "after", "due"),
    [
        ("weekly", 0, None, MONDAY, date(2026, 3, 9)),
        ("weekly", 0, None, date(2026, 3, 8), date(2026, 3, 9)),
        ("weekly", 4, None, MONDAY, date(2026, 3, 6)),
        ("monthly", None, 1, MONDAY, date(2026, 4, 1)),
        ("monthly", None, 2, date(2026, 3, 1), MONDAY),
        ("monthly", None, 31, date(2026, 1, 31), date(2026, 2, 28)),
        ("monthly", None, 31, date(2028, 1, 31), date(2028, 2, 29)),
        ("quarterly", None, 15, date(2026, 1, 14), date(2026, 1, 15)),
        ("quarterly", None, 15, date(2026, 1, 15), date(2026, 4, 15)),
        ("quarterly", None, 1, date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_the_next_day_is_the_first_that_fits(
    every: str, weekday: int | None, day: int | None, after: date, due: date
) -> None:
    assert next_date(every, weekday=weekday, day=day, after=after) == due


@given(
    every=st.sampled_from(list(Every)),
    weekday=st.integers(0, 6),
    day=st.integers(1, 31),
    after=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_it_lies_ahead_and_no_other_day_that_fits_lies_between(
    every: Every, weekday: int, day: int, after: date
) -> None:
    """The slow twin: walk day by day until one fits."""

    def fits(one: date) -> bool:
        if every == Every.WEEKLY:
            return one.weekday() == weekday
        is_last = (one + timedelta(days=1)).month != one.month
        in_month = one.day == day or (is_last and one.day < day)
        return in_month and (every == Every.MONTHLY or one.month % 3 == 1)

    walked = after + timedelta(days=1)
    while not fits(walked):
        walked += timedelta(days=1)
    assert next_date(every, weekday=weekday, day=day, after=after) == walked
