"""On which days a review is due."""

from calendar import monthrange
from datetime import date, timedelta

from balancing.models.review import Every

QUARTERS = (1, 4, 7, 10)


def next_date(every: str, *, weekday: int | None, day: int | None, after: date) -> date:
    """First due day later than `after`. weekday 0 is Monday; a day that a month lacks is its last.

    A quarter's review is due in its first month.
    """
    if every == Every.WEEKLY:
        return after + timedelta(days=(((weekday or 0) - after.weekday() - 1) % 7) + 1)
    months = QUARTERS if every == Every.QUARTERLY else range(1, 13)
    found = (_in_month(year, month, day or 1) for year in (after.year, after.year + 1) for month in months)
    return next(candidate for candidate in found if candidate > after)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
