"""The scorecard of an alignment as it is served."""

from typing import Any

import numpy as np

from accounts.metrics import METRICS, Metric
from balancing.formulas import spread
from balancing.formulas.concentration import lorenz, top_share
from balancing.formulas.density import per_km2
from balancing.scorecard.balance import COLUMN, KEYS, Balance, data_date, measure_balance
from balancing.scorecard.cadence import Visits, measure_visits
from balancing.scorecard.shapes import Shape, measure_shapes
from territory.models import Alignment
from territory.travel_estimate import described
from workspace.models import TeamKind

NO_TRAVEL = {
    "method": "none",
    "road_factor": None,
    "speed_kmh": None,
    "visits_per_trip": None,
    "note": "Inside teams do not travel.",
}


def scorecard(alignment: Alignment) -> dict[str, Any]:
    """Every figure of an alignment beside its target, with the date of the data."""
    balance = measure_balance(alignment)
    shapes = measure_shapes(alignment, balance.territories)
    visits = measure_visits(alignment, balance.territories)
    return {
        "alignment_id": alignment.pk,
        "revision": alignment.revision,
        "data_date": data_date(alignment.workspace_id),
        "currency": alignment.workspace.currency,
        "metrics": [metric_summary(balance, metric) for metric in METRICS],
        "balance_index": known(balance.mean_index),
        "territories": [_territory(balance, k, shapes[k], visits[k]) for k in range(len(shapes))],
        "travel_source": travel_source(alignment),
    }


def travel_source(alignment: Alignment) -> dict[str, Any]:
    """How travel was estimated."""
    if alignment.team.kind == TeamKind.INSIDE:
        return NO_TRAVEL
    return described()


def metric_summary(balance: Balance, metric: Metric) -> dict[str, Any]:
    """Spread of one metric over the territories; what is unassigned stands beside it."""
    column = COLUMN[metric.key]
    values, deviations = balance.values[:, column], balance.deviations[:, column]
    tolerance = float(balance.tolerances[column])
    return {
        "key": metric.key,
        "label": metric.label,
        "unit": metric.unit,
        "tolerance": tolerance,
        "total": float(values.sum()),
        "unassigned": float(balance.unassigned[column]),
        "mean": float(values.mean()) if len(values) else 0.0,
        "min": float(values.min(initial=np.inf)) if len(values) else 0.0,
        "max": float(values.max(initial=0.0)),
        "cv": known(spread.coefficient_of_variation(values)),
        "max_min_ratio": known(spread.max_min_ratio(values)),
        "gini": known(spread.gini(values)),
        "concentration": {
            "top_territory_id": balance.territories[int(values.argmax())].pk if values.sum() > 0 else None,
            "top_share": known(top_share(values)),
            "lorenz": lorenz(values).tolist(),
        },
        "balance_index": known(balance.index(metric.key)),
        "worst": _worst(balance, column),
        "n_out_of_band": int((~spread.in_band(deviations, tolerance)).sum()),
        "formula_url": metric.formula_url,
    }


def known(value: float) -> float | None:
    """JSON has no NaN: what has no meaning is null."""
    return None if np.isnan(value) else float(value)


def _worst(balance: Balance, column: int) -> dict[str, Any] | None:
    place = spread.worst(balance.deviations[:, column])
    if place is None:
        return None
    return {
        "territory_id": balance.territories[place].pk,
        "deviation": float(balance.deviations[place, column]),
    }


def _territory(balance: Balance, k: int, shape: Shape, visits: Visits | None) -> dict[str, Any]:
    values, deviations = balance.values[k], balance.deviations[k]
    n_accounts, revenue_minor = float(values[COLUMN["accounts"]]), float(values[COLUMN["revenue"]])
    needed_h = float(values[COLUMN["workload"]] + values[COLUMN["travel"]])
    capacity_h = known(balance.capacities_h[k])
    used = needed_h / capacity_h if capacity_h else None
    accounts_per_km2 = per_km2(n_accounts, shape.area_km2)
    return {
        "territory_id": balance.territories[k].pk,
        "values": {key: float(value) for key, value in zip(KEYS, values, strict=True)},
        "targets": {key: float(value) for key, value in zip(KEYS, balance.targets[k], strict=True)},
        "deviations": {key: known(value) for key, value in zip(KEYS, deviations, strict=True)},
        "in_band": {
            key: None if np.isnan(deviation) else bool(spread.in_band(deviation, float(balance.tolerances[column])))
            for column, (key, deviation) in enumerate(zip(KEYS, deviations, strict=True))
        },
        "workload_h": float(values[COLUMN["workload"]]),
        "travel_h": float(values[COLUMN["travel"]]),
        "capacity_h": capacity_h,
        "capacity_used": used,
        "fte": used,
        "cadence": visits.cadence if visits else None,
        "area_km2": shape.area_km2,
        "accounts_per_km2": accounts_per_km2,
        "accounts_per_1000_km2": None if accounts_per_km2 is None else 1000 * accounts_per_km2,
        "revenue_minor_per_km2": per_km2(revenue_minor, shape.area_km2),
        "polsby_popper": shape.polsby_popper,
        "moment_of_inertia": shape.moment_of_inertia,
        "n_pieces": shape.n_pieces,
        "is_contiguous": shape.is_contiguous,
    }
