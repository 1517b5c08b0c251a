"""One example of each resource for the OpenAPI document."""

from typing import Any

_VALUES = {"accounts": 412.0, "revenue": 98_120_000.0, "potential": 141_000_000.0, "pipeline": 12_400_000.0}
_WORK = {"workload": 1480.0, "travel": 310.0}
_DEVIATIONS = {
    "accounts": 0.04,
    "revenue": 0.17,
    "potential": 0.09,
    "pipeline": -0.02,
    "workload": 0.24,
    "travel": -0.11,
}

SCORECARD: dict[str, Any] = {
    "alignment_id": 7,
    "revision": 12,
    "data_date": "2026-03-01T08:30:00Z",
    "currency": "USD",
    "metrics": [
        {
            "key": "workload", "label": "Workload", "unit": "h/year", "tolerance": 0.1, "total": 28640.0,
            "unassigned": 130.0, "mean": 1193.3, "min": 840.0, "max": 1480.0, "cv": 0.142, "max_min_ratio": 1.76,
            "gini": 0.08,
            "concentration": {"top_territory_id": 31, "top_share": 0.052, "lorenz": [0.0, 0.029, 0.06, 1.0]},
            "balance_index": 94.1, "worst": {"territory_id": 31, "deviation": 0.24},
            "n_out_of_band": 6, "formula_url": "/docs/metrics/#workload",
        }
    ],
    "balance_index": 91.7,
    "territories": [
        {
            "territory_id": 31, "values": _VALUES | _WORK, "targets": _VALUES | _WORK, "deviations": _DEVIATIONS,
            "in_band": {key: abs(value) <= 0.1 for key, value in _DEVIATIONS.items()}, "workload_h": 1480.0,
            "travel_h": 310.0, "capacity_h": 1600.0, "capacity_used": 1.119, "fte": 1.119, "area_km2": 8120.4,
            "accounts_per_km2": 0.0507, "accounts_per_1000_km2": 50.7, "revenue_minor_per_km2": 12083.1,
            "polsby_popper": 0.41, "moment_of_inertia": 0.78, "n_pieces": 1, "is_contiguous": True,
        }
    ],
    "travel_source": {
        "method": "estimate", "road_factor": 1.3, "speed_kmh": 70.0, "visits_per_trip": 4.0,
        "note": "Great-circle distance from home to each account, there and back, times 1.3.",
    },
}  # fmt: skip

FINDING: dict[str, Any] = {
    "id": "overloaded-31",
    "kind": "overloaded",
    "severity": "high",
    "title": "Atlanta East is overloaded",
    "detail": "Workload 1,480 h is 24 % above the target of 1,193 h.",
    "territory_ids": [31],
    "n_accounts": 80,
    "revenue_minor": 18_990_000,
    "potential_minor": 27_290_000,
    "money_minor": 18_990_000,
    "area_km2": 8120.4,
    "geometry": {"type": "Polygon", "coordinates": [[[-84.5, 33.4], [-84.0, 33.4], [-84.0, 33.9], [-84.5, 33.4]]]},
    "bbox": [-84.5, 33.4, -84.0, 33.9],
    "action": {"kind": "rebalance", "label": "Rebalance"},
    "accepted": None,
}

SNAPSHOT: dict[str, Any] = {
    "id": 3,
    "measured_on": "2026-01-01",
    "alignment_name": "Field 2026",
    "metrics": {"revenue": {"cv": 0.21, "worst": 0.38, "balance_index": 88.4}},
    "balance_index": 90.2,
}

NEW_RUN: dict[str, Any] = {
    "alignment_id": 7,
    "metrics": [
        {"key": "accounts", "tolerance": 0.05, "is_primary": True, "miss_price_km": None},
        {"key": "revenue", "tolerance": 0.15, "is_primary": False, "miss_price_km": 0.5},
    ],
    "max_moved_fraction": None,
    "keep_overrides": True,
    "use_homes": False,
    "max_distance_km": None,
    "seed": 7,
    "from": "current",
    "disruption_price": None,
    "with_curve": False,
    "limits": [
        {"key": "accounts", "territory_id": None, "least": None, "most": 900.0},
        {"key": "revenue", "territory_id": 31, "least": 200_000_000.0, "most": None},
    ],
    "headroom": 0.05,
    "objective": "distance",
    "connected": True,
    "keep_together": None,
}

OUTLOOK: dict[str, Any] = {
    "n_units": 159,
    "n_territories": 12,
    "certificates": [
        {
            "code": "unit_too_big",
            "detail": "Fulton alone has more accounts than the largest target allows: the smallest possible tolerance "
            "is 12.4 %. A finer unit layer would divide it.",
            "metric": "accounts",
            "smallest_tolerance": 0.1236,
        }
    ],
    "notes": ["Locked territories keep exactly their units: Savannah."],
}

RUN: dict[str, Any] = {
    "id": 5,
    "alignment_id": 7,
    "base_revision": 12,
    "base_changed": False,
    "n_base_changes": 0,
    "settings": {key: value for key, value in NEW_RUN.items() if key != "alignment_id"},
    "seed": 7,
    "engine_version": "2.0.0",
    "data_hash": "5f2a9c",
    "state": "done",
    "job": None,
    "result_alignment_id": 9,
    "accepted": False,
    "result": {
        "is_feasible": True,
        "status": "Every limit that must be kept is kept; what may be missed is missed in places.",
        "mean_km": 56.1, "before_mean_km": 63.0, "missed_km": 0.2,
        "missed": [
            {"metric": "revenue", "detail": "Revenue is outside ± 15 % in Macon, at worst 15.4 % above target: "
             "keeping it would cost more than 0.5 km for each per cent.", "n_territories": 1, "worst": 0.154},
        ],
        "bound_km": 55.4, "gap": 0.0126,
        "bound_proves": "Within these tolerances no plan with the same centres has a mean distance below 55.400 km.",
        "seconds": 6.2, "was_stopped": False, "n_cut_borders": 214, "before_cut_borders": 241,
        "n_pieces": 12, "extra_pieces": 0, "n_moves": 31,
        "n_accounts_moved": 2210, "moved_fraction": 0.041,
        "disruption": {"accounts": 0.041, "revenue": 0.037, "workload": 0.044},
        "metrics": [
            {"key": "accounts", "tolerance": 0.05, "before_worst": 0.31, "after_worst": 0.048,
             "before_index": 86.0, "after_index": 98.9},
        ],
        "certificates": [],
        "notes": ["Locked territories keep exactly their units: Savannah."],
        "plan_hash": "c41d07",
        "n_moves_enough": 18,
        "curve": [
            {"moved_fraction": 0.041, "n_moves": 31, "mean_km": 56.1, "worst": {"accounts": 0.048},
             "is_feasible": True, "is_proposal": True, "was_stopped": False,
             "max_moved_fraction": 1.0, "disruption_price": 0.0, "from": "current"},
        ],
    },
    "created_at": "2026-03-01T09:00:00Z",
    "member_name": "Maria Santos",
}  # fmt: skip

MOVE: dict[str, Any] = {
    "position": 1,
    "unit_id": 1201,
    "unit_name": "Bibb County",
    "n_accounts": 96,
    "revenue_minor": 14_210_000,
    "workload_h": 210.5,
    "from_territory": {"id": 31, "name": "Atlanta East", "colour": "#336699"},
    "to_territory": {"id": 33, "name": "Macon", "colour": "#993366"},
    "reason": "Atlanta East has too much revenue",
    "effect": [
        {"metric": "revenue", "from_before": 0.24, "from_after": 0.17, "to_before": -0.18, "to_after": -0.11},
    ],
}
