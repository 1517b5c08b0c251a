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


def test_a_limit_on_moves_too_tight_for_the_tolerance_is_told_with_both_ways_out(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    """West has 3 of 12 and needs 5.7 for ±5 %; with a tenth of all moved it comes to 4.2, 30 % below."""
    made = land(1, 12, territories=[("West", [0, 1, 2]), ("East", list(range(3, 12)))])
    client = client_of(cast.manager)
    (certificate,) = check(client, made, max_moved_fraction=0.1)["certificates"]
    assert (certificate["code"], certificate["metric"]) == ("limits_conflict", "accounts")
    assert certificate["smallest_tolerance"] == pytest.approx(0.3, abs=1e-5)
    assert certificate["detail"].startswith(
        "These cannot be kept together: at most 10 % moved; accounts within 5 %. With the others kept it takes 22.5 % "
        "of accounts that may move, or a tolerance of 30.0 % on accounts ("
    )
    assert check(client, made, max_moved_fraction=0.25)["certificates"] == []
    assert (
        check(client, made, max_moved_fraction=0.1, metrics=[{"key": "accounts", "tolerance": 0.31}])["certificates"]
        == []
    )


def test_a_longest_distance_that_no_balance_is_possible_within_is_told(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    """90 km from the middle of a half reach that half alone: 6 and 8 of 14 accounts."""
    made, client = land(1, 4, territories=HALVES, accounts=[3, 3, 4, 4]), client_of(cast.manager)
    (certificate,) = check(
        client, made, metrics=[{"key": "accounts", "tolerance": 0.1}], use_homes=True, max_distance_km=90
    )["certificates"]
    assert "no unit farther from home than 90 km; accounts within 10 %" in certificate["detail"]
    assert certificate["smallest_tolerance"] == pytest.approx(1 / 7, abs=1e-5)


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
