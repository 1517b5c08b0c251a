"""Tolerances that may be missed where keeping them costs more, and where a plan does miss them."""

from typing import Any

import numpy as np

from balancing.problems.amounts import label, named
from balancing.problems.statement import FloatArray, Statement


def what_was_missed(stated: Statement, loads: FloatArray) -> list[dict[str, Any]]:
    """For each metric that a plan with these loads (K, M) misses where it may: how far at worst, and where."""
    missed, deviations = stated.missed(loads), stated.deviations(loads)
    found = []
    for m in np.flatnonzero(missed.any(axis=0) & ~stated.wanted.is_hard):
        places = np.flatnonzero(missed[:, m])
        places = places[np.argsort(-np.abs(deviations[places, m]), kind="stable")]
        worst, key = float(deviations[places[0], m]), stated.columns[m]
        names = [stated.territories[k].name for k in places]
        price_km = stated.wanted.prices_km[m] / 100
        tolerance = f"± {100 * stated.wanted.tolerances[m]:g} %"
        detail = (
            f"{label(key).capitalize()} is outside {tolerance} in {named(names)}, at worst "
            f"{100 * abs(worst):.1f} % {'above' if worst > 0 else 'below'} target: keeping it would cost more than "
            f"{price_km:g} km for each per cent."
        )
        found.append({"metric": key, "detail": detail, "n_territories": len(places), "worst": worst})
    return found
