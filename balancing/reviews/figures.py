"""What a review keeps of an alignment, as JSON."""

from typing import Any

from balancing.comparison import spread_of
from balancing.formulas.spread import in_band
from balancing.scorecard.balance import COLUMN, KEYS, Balance
from balancing.scorecard.card import known


def metric_figures(balance: Balance, watched: set[str]) -> dict[str, dict[str, Any]]:
    """By key: the spread that snapshots hold, the band, how many territories lie outside, and whether it is watched."""
    found = {}
    for key in KEYS:
        column = COLUMN[key]
        tolerance = float(balance.tolerances[column])
        outside = ~in_band(balance.deviations[:, column], tolerance)
        found[key] = spread_of(balance, key) | {
            "tolerance": tolerance,
            "n_out_of_band": int(outside.sum()),
            "is_watched": key in watched,
        }
    return found


def territory_figures(balance: Balance) -> list[dict[str, Any]]:
    return [
        {
            "territory_id": territory.pk,
            "code": territory.code,
            "name": territory.name,
            "values": {key: float(value) for key, value in zip(KEYS, balance.values[k], strict=True)},
            "deviations": {key: known(value) for key, value in zip(KEYS, balance.deviations[k], strict=True)},
        }
        for k, territory in enumerate(balance.territories)
    ]


def identity(territory: dict[str, Any]) -> str:
    """What makes it the same territory in another plan: its code, which copies keep; without one its name."""
    return str(territory["code"] or territory["name"])
