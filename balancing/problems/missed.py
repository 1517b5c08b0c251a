"""Where a plan misses tolerances that may be missed, and limits in a metric's own unit that may not."""

from typing import Any

import numpy as np

from balancing.problems.amounts import amount, label, named
from balancing.problems.statement import ROUNDING, FloatArray, Statement


def what_was_missed(stated: Statement, loads: FloatArray) -> list[dict[str, Any]]:
    """Of a plan with these loads (K, M): for each metric how far at worst, in how many territories, and in words."""
    return _given_up(stated, loads) + _broken(stated, loads)


def _broken(stated: Statement, loads: FloatArray) -> list[dict[str, Any]]:
    """Limits that the plan breaks, by the territory that breaks them most."""
    wanted, deviations = stated.wanted, stated.deviations(loads)
    slack = ROUNDING * np.maximum(stated.stake.totals, 1.0)
    beyond = np.maximum(loads - wanted.most, wanted.least - loads)
    found = []
    for m in np.flatnonzero((beyond > slack).any(axis=0)):
        key, k = stated.columns[m], int(np.argmax(beyond[:, m]))
        n_territories = int((beyond[:, m] > slack[m]).sum())
        currency = stated.alignment.workspace.currency
        is_most = loads[k, m] > wanted.most[k, m]
        limit = amount(key, float((wanted.most if is_most else wanted.least)[k, m]), currency)
        others = f", and {n_territories - 1} more miss theirs" if n_territories > 1 else ""
        detail = (
            f"{stated.territories[k].name} has {amount(key, float(loads[k, m]), currency)} and "
            f"{'may have at most' if is_most else 'must have at least'} {limit}{others}."
        )
        found.append(
            {"metric": key, "detail": detail, "n_territories": n_territories, "worst": float(deviations[k, m])}
        )
    return found


def _given_up(stated: Statement, loads: FloatArray) -> list[dict[str, Any]]:
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
