"""Figures as the reports print them."""

from accounts.importing.parsing import exponent_of

_SCALES = ((9, "B"), (6, "M"), (3, "K"))


def signed(fraction: float | None) -> str:
    """`+12 %`, `−3 %`; a dash where there is none."""
    if fraction is None:
        return "–"
    percent = round(100 * fraction)
    return f"{'+' if percent > 0 else '−' if percent < 0 else ''}{abs(percent)} %"


def short_money(minor: float, currency: str) -> str:
    """`14.7M`, `506.7K`, `950`: an amount in minor units, without its currency."""
    major = minor / 10 ** exponent_of(currency)
    for power, letter in _SCALES:
        if abs(major) >= 10**power:
            return f"{major / 10**power:,.1f}{letter}"
    return f"{major:,.0f}"
