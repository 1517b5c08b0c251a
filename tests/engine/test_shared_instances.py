"""Public instances beside the checkout: every plan judged by the independent verdict."""

from pathlib import Path

import numpy as np
import pytest

from balancing.engine.certificates import find_certificates
from balancing.engine.problem import Problem
from balancing.engine.solve import solve
from balancing.engine.verify import verify

INSTANCES = Path(__file__).resolve().parents[3] / "shared" / "bench" / "instances"
pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not INSTANCES.is_dir(), reason="no shared bench instances beside the checkout"),
]


@pytest.mark.parametrize(
    ("name", "tolerances", "most_km"),
    [
        ("counties_ga_k6", [0.05, np.inf, np.inf], 56.8),
        ("counties_ga_k6", [0.05, 0.15, 0.15], 57.4),
        ("counties_tx_k8", [0.05, 0.15, 0.15], 107.0),
        ("acc_1k_k10", [0.05, np.inf, np.inf], 265.0),
        ("acc_1k_k10", [0.05, 0.15, 0.15], 268.0),
    ],
)
def test_a_public_instance_is_solved_within_tolerance_connected_and_short(name, tolerances, most_km):
    with np.load(INSTANCES / f"{name}.npz", allow_pickle=False) as file:
        problem = Problem.from_degrees(
            file["lon"], file["lat"], file["W"], file["E"], int(file["K"]), tolerances=tolerances
        )
    result = solve(problem)
    verdict = verify(problem, result.labels)
    assert verdict.meets(tuple(tolerances), pieces=problem.n_territories)
    assert result.mean_km < most_km
    assert result.gap < 0.03


def test_an_infeasible_public_instance_names_the_unit_in_the_way():
    with np.load(INSTANCES / "counties_us_k50_raw_infeasible.npz", allow_pickle=False) as file:
        problem = Problem.from_degrees(
            file["lon"], file["lat"], file["W"], file["E"], int(file["K"]), tolerances=[0.05, np.inf, np.inf]
        )
    codes = [certificate.code for certificate in find_certificates(problem, problem.edges)]
    assert "unit_too_big" in codes
