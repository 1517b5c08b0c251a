"""What no run can aim at is refused before it starts, by field, value and bound."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from balancing.models import Run
from territory.models import Alignment, Territory
from tests.balancing.grid import Land
from tests.balancing.running import body
from tests.cast import Cast
from workspace.models import Job, Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]
HALVES = [("West", [0, 1]), ("East", [2, 3])]


def refusal(client: APIClient, land: Land, **values: Any) -> dict[str, Any]:
    response = client.post("/api/v1/runs", body(land, **values))
    assert response.status_code in {400, 409}, response.json()
    with workspace(land.company.workspace.id):
        assert (Run.objects.count(), Job.objects.count()) == (0, 0)
    return response.json()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"metrics": []}, "metrics"),
        ({"metrics": "accounts"}, "metrics"),
        ({"metrics": [{"key": "accounts", "tolerance": 0.0001}]}, "metrics.0.tolerance"),
        ({"metrics": [{"key": "accounts", "tolerance": 1.5}]}, "metrics.0.tolerance"),
        ({"metrics": [{"key": "luck", "tolerance": 0.1}]}, "metrics.0.key"),
        ({"metrics": [{"key": "travel", "tolerance": 0.1}]}, "metrics.0.key"),
        ({"metrics": [{"key": "accounts", "tolerance": 0.1}] * 2}, "metrics.0.key"),
        ({"metrics": [{"key": "accounts", "tolerance": 0.1, "is_primary": True},
                      {"key": "revenue", "tolerance": 0.1, "is_primary": True}]}, "metrics"),
        ({"max_moved_fraction": -0.1}, "max_moved_fraction"),
        ({"max_moved_fraction": 1.1}, "max_moved_fraction"),
        ({"max_moved_fraction": 0.1, "from": "scratch"}, "max_moved_fraction"),
        ({"disruption_price": -1}, "disruption_price"),
        ({"disruption_price": 1000.1}, "disruption_price"),
        ({"disruption_price": 1, "from": "scratch"}, "disruption_price"),
        ({"with_curve": True, "from": "scratch"}, "with_curve"),
        ({"with_curve": True, "max_moved_fraction": 0.1}, "with_curve"),
        ({"with_curve": True, "disruption_price": 1}, "with_curve"),
        ({"max_distance_km": 100}, "max_distance_km"),
        ({"max_distance_km": 0.5, "use_homes": True}, "max_distance_km"),
        ({"max_distance_km": "far", "use_homes": True}, "max_distance_km"),
        ({"metrics": [{"key": "accounts", "tolerance": 0.1, "miss_price_km": -1}]}, "metrics.0.miss_price_km"),
        ({"metrics": [{"key": "accounts", "tolerance": 0.1, "miss_price_km": 1, "is_primary": True}]},
         "metrics.0.miss_price_km"),
        ({"limits": [{"key": "travel", "most": 1}]}, "limits.0.key"),
        ({"limits": [{"key": "accounts"}]}, "limits.0"),
        ({"limits": [{"key": "accounts", "most": -1}]}, "limits.0.most"),
        ({"limits": [{"key": "accounts", "most": 1}] * 2}, "limits.1.key"),
        ({"limits": [{"key": "accounts", "least": 3, "most": 2}]}, "limits.0.least"),
        ({"limits": [{"key": "accounts", "most": 2, "territory_id": 2**40}]}, "limits.0.territory_id"),
        ({"limits": [{"key": "accounts", "most": 2}], "headroom": 0.6}, "headroom"),
        ({"limits": [{"key": "accounts", "least": 2}], "headroom": 0.1}, "headroom"),
        ({"limits": [{"key": "accounts", "least": 2, "most": 2.1}], "headroom": 0.1}, "headroom"),
        ({"limits": [{"key": "accounts", "most": 2}],
          "metrics": [{"key": "accounts", "tolerance": 0.1, "miss_price_km": 1}]}, "limits.0.key"),
        ({"objective": "beauty", "from": "scratch"}, "objective"),
        ({"objective": "borders"}, "objective"),
        ({"connected": False}, "connected"),
        ({"connected": False, "from": "scratch", "objective": "borders"}, "connected"),
        ({"objective": "borders", "from": "scratch",
          "metrics": [{"key": "accounts", "tolerance": 0.1, "miss_price_km": 1}]}, "objective"),
        ({"keep_together": "colour"}, "keep_together"),
        ({"keep_together": "hexagon_7"}, "keep_together"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**63}, "seed"),
        ({"from": "yesterday"}, "from"),
        ({"alignment_id": 2**63}, "alignment_id"),
        ({"alignment_id": None}, "alignment_id"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_refused_by_its_name(
    values: dict[str, Any], field: str, cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    problem = refusal(client_of(cast.manager), land(1, 4, territories=HALVES), **values)
    assert [error["field"] for error in problem["errors"]] == [field]


def test_more_territories_than_units_is_refused_in_words(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 2, territories=[("A", [0]), ("B", [1]), ("C", [])])
    problem = refusal(client_of(cast.manager), made)
    assert "more territories (3) than units (2)" in problem["detail"]


def test_no_accounts_is_refused_in_words(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    problem = refusal(client_of(cast.manager), land(1, 4, territories=HALVES, accounts=[0] * 4))
    assert "No account lies in a unit of this layer" in problem["detail"]


def test_no_territory_is_refused_in_words(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    problem = refusal(client_of(cast.manager), land(1, 4, territories=[]))
    assert "has no territory" in problem["detail"]


def test_only_locked_territories_are_refused_in_words(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 4, territories=HALVES)
    with workspace(cast.workspace.id):
        Territory.objects.update(is_locked=True)
    assert "only locked territories" in refusal(client_of(cast.manager), made)["detail"]


def test_a_drawn_alignment_is_refused_in_words(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 4, territories=HALVES)
    with workspace(cast.workspace.id):
        Alignment.objects.update(basis="drawn")
    assert "needs a units alignment" in refusal(client_of(cast.manager), made)["detail"]


def test_an_archived_alignment_is_refused_in_words(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 4, territories=HALVES)
    with workspace(cast.workspace.id):
        Alignment.objects.update(state="archived")
    problem = refusal(client_of(cast.manager), made)
    assert (problem["code"], "archived" in problem["detail"]) == ("conflict", True)


@pytest.mark.parametrize("role", ["ops", "viewer", "rep"])
def test_only_planners_start_runs(role: str, cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made = land(1, 4, territories=HALVES)
    assert client_of(cast.home.members[role]).post("/api/v1/runs", body(made)).status_code == 403
