"""What is known of a run before it starts: the reasons why limits cannot be met, and nothing written."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from balancing.models import Run
from territory.models import AccountOverride, Territory
from tests.balancing.grid import Land, add_account, assign_accounts
from tests.balancing.running import body, finish
from tests.cast import Cast
from workspace.models import Change, Job, Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]
HALVES = [("West", [0, 1]), ("East", [2, 3])]


def check(client: APIClient, land: Land, **values: Any) -> dict[str, Any]:
    response = client.post("/api/v1/runs/check", body(land, **values))
    assert response.status_code == 200, response.json()
    return response.json()


def test_nothing_speaks_against_what_can_be_met(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    outlook = check(client_of(cast.manager), land(1, 4, territories=HALVES))
    assert outlook == {"n_units": 4, "n_territories": 2, "certificates": [], "notes": []}


def test_a_unit_too_big_is_known_before_the_run_with_the_tolerance_that_would_do(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made, client = land(1, 4, territories=HALVES, accounts=[6, 1, 1, 1]), client_of(cast.manager)
    (certificate,) = check(client, made)["certificates"]
    assert (certificate["code"], certificate["metric"]) == ("unit_too_big", "accounts")
    assert certificate["smallest_tolerance"] == pytest.approx(6 / 4.5 - 1)
    wide = [{"key": "accounts", "tolerance": certificate["smallest_tolerance"] + 1e-9}]
    assert check(client, made, metrics=wide)["certificates"] == []
    assert finish(client, made, metrics=wide)["result"]["is_feasible"]


def test_a_run_gives_the_same_reasons_as_the_check(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 4, territories=HALVES, accounts=[6, 1, 1, 1]), client_of(cast.manager)
    assert finish(client, made)["result"]["certificates"] == check(client, made)["certificates"]


def test_a_locked_territory_out_of_band_is_named_with_its_metric(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made = land(1, 6, territories=[("West", [0]), ("Middle", [1, 2]), ("East", [3, 4, 5])])
    with workspace(cast.workspace.id):
        Territory.objects.filter(pk=made.territories["West"].pk).update(is_locked=True)
    outlook = check(client_of(cast.manager), made)
    assert (outlook["n_units"], outlook["n_territories"]) == (5, 2)
    (certificate,) = outlook["certificates"]
    assert (certificate["code"], certificate["metric"]) == ("locked_out_of_band", "accounts")
    assert certificate["smallest_tolerance"] == pytest.approx(0.5)
    assert outlook["notes"] == ["Locked territories keep exactly their units: West."]


def test_named_accounts_make_nothing_impossible_that_is_not(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    """The search aims at less than 10 %, which square 3 alone exceeds; [1 + 4 + 2 and a named one | 9] keeps it."""
    made, client = land(1, 4, territories=HALVES, accounts=[1, 4, 2, 9]), client_of(cast.manager)
    with workspace(cast.workspace.id):
        AccountOverride.objects.create(
            **made.tenant,
            alignment=made.alignment,
            account=add_account(made, 0, revenue_minor=0),
            territory=made.territories["West"],
            reason="Named",
        )
        assign_accounts(made, made.alignment)
    aims = [{"key": "accounts", "tolerance": 0.1}, {"key": "revenue", "tolerance": 0.8}]
    assert check(client, made, metrics=aims)["certificates"] == []
    assert finish(client, made, metrics=aims)["result"]["is_feasible"]


def test_checking_writes_nothing(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    check(client_of(cast.manager), land(1, 4, territories=HALVES))
    with workspace(cast.workspace.id):
        assert (Run.objects.count(), Job.objects.count(), Change.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"metrics": []}, "metrics"), ({"max_distance_km": 100}, "max_distance_km"), ({"seed": -1}, "seed")],
)
def test_what_no_run_can_aim_at_is_refused_here_too(
    values: dict[str, Any], field: str, cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    response = client_of(cast.manager).post("/api/v1/runs/check", body(land(1, 4, territories=HALVES), **values))
    assert (response.status_code, [error["field"] for error in response.json()["errors"]]) == (400, [field])


def test_a_foreign_alignment_is_not_found(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    stranger = client_of(cast.foreign.members["admin"])
    assert stranger.post("/api/v1/runs/check", body(land(1, 4, territories=HALVES))).status_code == 404
