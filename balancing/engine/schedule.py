"""How long and how hot to search: by step count, never by clock, so that runs repeat."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """How many searches, and what one round of annealing is like.

    searches       on a clean sheet; the best is kept. A long one ends no better than the best of short ones
    segments       prices and centres are renewed after each
    effort         multiplies the steps per segment
    heat           first temperature, in multiples of mean distance x sum of squared weights
    price_rate     how fast a missed tolerance raises a territory's price
    inner_band     part of the tolerance that prices aim at
    """

    searches: int
    segments: int
    effort: float
    heat: float
    price_rate: float
    inner_band: float

    @classmethod
    def of(cls, n_units: int, n_metrics: int, narrowest: float, effort: float) -> Schedule:
        """For so many balanced metrics, the narrowest within this part of its target up and down.

        Tuned on public instances of 159 to 1,000,000 units.
        """
        single = n_metrics <= 1
        if single:
            size = _by_size(n_units, (500, 2_000, 50_000), (1.0, 0.4, 0.15, 0.04))
            heat = 0.1 if n_units <= 20_000 else 0.02
            band = 0.99 if narrowest >= 0.049 else 0.95
        else:
            size = _by_size(n_units, (2_000, 15_000, 50_000), (2.0, 0.7, 0.2, 0.1))
            heat = _by_size(n_units, (5_000, 15_000), (0.05, 0.3, 0.1))
            band = 0.95
        segments = 120 if single else 300
        searches = 4 if n_units <= 15_000 else 1
        return cls(
            searches=searches,
            segments=segments if n_units <= 50_000 else segments // 2,
            effort=size * effort / searches,
            heat=heat,
            price_rate=20.0 if single else 60.0,
            inner_band=band,
        )

    def steps(self, n_units: int, boundary: int) -> int:
        """Steps of one segment."""
        base = 60 * boundary + max(n_units, 20_000)
        return max(1, int(self.effort * base * 60 / self.segments))


def _by_size(n_units: int, limits: tuple[int, ...], values: tuple[float, ...]) -> float:
    return values[sum(n_units > limit for limit in limits)]
