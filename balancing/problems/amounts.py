"""Loads in words: "900 accounts", "2,000,000 EUR of revenue", "1,480 h of workload"."""

import math

from accounts.importing.parsing import exponent_of
from accounts.metrics import METRIC_BY_KEY

_WHOLE_FROM = 100  # decimals of larger figures say nothing


def label(metric: str | None) -> str:
    return METRIC_BY_KEY[metric].label.lower() if metric else ""


def amount(metric: str, value: float, currency: str) -> str:
    """Money in minor units, shown in major ones."""
    known = METRIC_BY_KEY[metric]
    if known.is_money:
        return f"{_number(value / 10 ** exponent_of(currency))} {currency} of {label(metric)}"
    if known.aggregation == "count":
        return f"{_number(value)} {label(metric)}"
    return f"{_number(value)} h of {label(metric)}"


def percent(fraction: float) -> str:
    """Rounded up to a tenth: as a limit, the figure that is named does."""
    return f"{math.ceil(1000 * fraction) / 10:.1f} %"


def named(names: list[str], shown: int = 3) -> str:
    """The first few names and how many more there are."""
    more = len(names) - shown
    return ", ".join(names[:shown]) + (f" and {more} more" if more > 0 else "")


def much(metric: str | None) -> str:
    """ "many" accounts, "much" revenue."""
    return "many" if metric is not None and METRIC_BY_KEY[metric].aggregation == "count" else "much"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or value >= _WHOLE_FROM else f"{value:,.1f}"


_SCALES = ((9, " billion"), (6, " million"), (3, " thousand"))


def money(minor: int, currency: str) -> str:
    """`3.4 million USD`, `950 EUR`: an amount in minor units, as a sentence tells it."""
    major = minor / 10 ** exponent_of(currency)
    for power, word in _SCALES:
        if abs(major) >= 10**power:
            return f"{major / 10**power:,.1f}{word} {currency}"
    return f"{major:,.0f} {currency}"
