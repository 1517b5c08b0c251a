"""A run from the request to the decision: a new draft, verified, and the alignment itself untouched."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Account
from balancing.models import Run
from territory.models import AccountAssignment, AccountOverride, Alignment, Territory, UnitAssignment
from tests.balancing.grid import Land, assign_accounts, make_land
from tests.balancing.running import body, finish, start
from tests.cast import Cast
from workspace.models import Change, Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]


def lopsided(cast: Cast, **values: Any) -> Land:
    """Two rows of eight units: West holds two columns, East the other six."""
    columns = {"West": [0, 1, 8, 9], "East": [2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15]}
    with workspace(cast.workspace.id):
        return make_land(cast.home, 2, 8, **{"territories": list(columns.items())} | values)


def keep_with(land: Land, name: str, accounts: list[Account]) -> None:
    here = {**land.tenant, "alignment": land.alignment, "territory": land.territories[name], "reason": "Named"}
    AccountOverride.objects.bulk_create(AccountOverride(account=account, **here) for account in accounts)
    assign_accounts(land, land.alignment)


def test_a_run_brings_a_lopsided_alignment_into_balance(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    client = client_of(cast.manager)
    run = finish(client, land)
    result = run["result"]
    assert (result["is_feasible"], result["certificates"]) == (True, [])
    (accounts,) = result["metrics"]
    assert (accounts["before_worst"], accounts["after_worst"]) == (0.5, 0)
    assert accounts["after_index"] == 100
    card = client.get(f"/api/v1/alignments/{run['result_alignment_id']}/scorecard").json()
    assert [row["values"]["accounts"] for row in card["territories"]] == [8, 8]
    assert [row["n_pieces"] for row in card["territories"]] == [1, 1]


def test_the_alignment_itself_is_untouched(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    with workspace(cast.workspace.id):
        before = land.owner_of_units()
    finish(client_of(cast.manager), land)
    with workspace(cast.workspace.id):
        assert land.owner_of_units() == before
        live = Alignment.objects.get(pk=land.alignment.pk)
        assert (live.state, live.revision) == ("live", 1)


def test_the_proposal_is_a_new_draft_that_keeps_reps_colours_and_shares(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    run = finish(client_of(cast.manager), land)
    with workspace(cast.workspace.id):
        draft = Alignment.objects.get(pk=run["result_alignment_id"])
        assert (draft.state, draft.is_proposal, draft.parent_id) == ("draft", True, land.alignment.pk)
        names = ("code", "name", "colour", "rep_id", "target_share", "is_locked", "position")
        twins = [list(Territory.objects.filter(alignment=which).values(*names)) for which in (land.alignment, draft)]
        assert twins[0] == twins[1]
        assert AccountAssignment.objects.filter(alignment=draft, territory__isnull=False).count() == 16
        assert all(territory.boundary is not None for territory in Territory.objects.filter(alignment=draft))


def test_the_moves_lead_from_today_to_the_proposal(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    client = client_of(cast.manager)
    run = finish(client, land)
    moves = client.get(f"/api/v1/runs/{run['id']}/moves?page_size=500").json()["results"]
    assert [move["position"] for move in moves] == list(range(1, run["result"]["n_moves"] + 1))
    with workspace(cast.workspace.id):
        owners = land.owner_of_units()
        number = {unit.pk: i for i, unit in enumerate(land.units)}
        for move in moves:
            assert owners[number[move["unit_id"]]] == move["from_territory"]["name"]
            owners[number[move["unit_id"]]] = move["to_territory"]["name"]
        assert owners == land.owner_of_units(Alignment.objects.get(pk=run["result_alignment_id"]))
    first = moves[0]
    assert first["reason"]
    assert first["effect"][0]["metric"] == "accounts"
    assert first["effect"][0]["to_before"] == -0.5
    assert moves[-1]["effect"][0]["to_after"] == 0
    assert run["result"]["n_accounts_moved"] == sum(move["n_accounts"] for move in moves)
    assert run["result"]["disruption"]["accounts"] == run["result"]["n_accounts_moved"] / 16


def test_moves_come_page_by_page(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    client = client_of(cast.manager)
    run = finish(client, land)
    first = client.get(f"/api/v1/runs/{run['id']}/moves?page_size=3").json()
    second = client.get(first["next"]).json()
    assert [move["position"] for move in first["results"] + second["results"]] == list(
        range(1, run["result"]["n_moves"] + 1)
    )


def test_a_proven_bound_never_exceeds_what_was_reached(cast: Cast, client_of: ClientOf) -> None:
    result = finish(client_of(cast.manager), lopsided(cast))["result"]
    assert 0 < result["bound_km"] <= result["mean_km"] * 1.000001
    assert result["gap"] == pytest.approx(result["mean_km"] / result["bound_km"] - 1)
    assert "no plan" in result["bound_proves"]


def test_the_same_data_and_seed_give_the_same_plan_and_hash(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    client = client_of(cast.manager)
    one, other = finish(client, land), finish(client, land)
    assert (one["data_hash"], len(one["data_hash"])) == (other["data_hash"], 64)
    assert one["engine_version"]
    with workspace(cast.workspace.id):
        plans = [land.owner_of_units(Alignment.objects.get(pk=run["result_alignment_id"])) for run in (one, other)]
    assert plans[0] == plans[1]


def test_a_locked_territory_keeps_exactly_its_units(cast: Cast, client_of: ClientOf) -> None:
    columns = {"West": [0, 8], "Middle": [1, 2, 3, 9, 10, 11], "East": [4, 5, 6, 7, 12, 13, 14, 15]}
    land = lopsided(cast, territories=list(columns.items()))
    with workspace(cast.workspace.id):
        Territory.objects.filter(pk=land.territories["West"].pk).update(is_locked=True)
    run = finish(client_of(cast.manager), land)
    with workspace(cast.workspace.id):
        after = land.owner_of_units(Alignment.objects.get(pk=run["result_alignment_id"]))
    assert sorted(unit for unit, name in after.items() if name == "West") == [0, 8]
    assert sorted(after.values()).count("Middle") == 7
    assert not run["result"]["is_feasible"]
    assert any("Locked" in note for note in run["result"]["notes"])


def test_named_accounts_stay_and_count_in_the_balance(cast: Cast, client_of: ClientOf) -> None:
    """Four accounts of the far east are kept by West: it needs four units fewer."""
    land = lopsided(cast, accounts=[2] * 16)
    with workspace(cast.workspace.id):
        kept = list(Account.objects.filter(external_id__in=["A7-0", "A7-1", "A15-0", "A15-1"]))
        for account in kept:
            AccountOverride.objects.create(
                **land.tenant,
                alignment=land.alignment,
                account=account,
                territory=land.territories["West"],
                reason="Named",
            )
        assign_accounts(land, land.alignment)
    run = finish(client_of(cast.manager), land)
    with workspace(cast.workspace.id):
        draft = Alignment.objects.get(pk=run["result_alignment_id"])
        rows = AccountAssignment.objects.filter(alignment=draft, account__in=kept).select_related("territory")
        assert {row.territory.name for row in rows} == {"West"}
        assert {row.source for row in rows} == {"override"}
    assert run["result"]["metrics"][0]["after_worst"] == 0


def test_without_keeping_them_named_accounts_follow_their_unit(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    with workspace(cast.workspace.id):
        account = Account.objects.get(external_id="A7-0")
        keep_with(land, "West", [account])
    run = finish(client_of(cast.manager), land, keep_overrides=False)
    with workspace(cast.workspace.id):
        row = AccountAssignment.objects.get(alignment_id=run["result_alignment_id"], account=account)
        assert (row.source, row.territory.name) == ("unit", "East")


def test_a_limit_on_moves_is_kept(cast: Cast, client_of: ClientOf) -> None:
    result = finish(client_of(cast.manager), lopsided(cast), max_moved_fraction=0.125)["result"]
    assert result["moved_fraction"] <= 0.125
    assert not result["is_feasible"]


def test_a_clean_sheet_covers_what_nobody_had(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast, territories=[("West", []), ("East", [])])
    run = finish(client_of(cast.manager), land, **{"from": "scratch"})
    with workspace(cast.workspace.id):
        assert UnitAssignment.objects.filter(alignment_id=run["result_alignment_id"]).count() == 16
    assert run["result"]["is_feasible"]
    assert run["result"]["before_mean_km"] is None


def test_a_unit_too_big_for_any_territory_is_a_certificate_with_the_smallest_tolerance(
    cast: Cast, client_of: ClientOf
) -> None:
    land = lopsided(cast, accounts=[30] + [1] * 15)
    result = finish(client_of(cast.manager), land)["result"]
    certificate = next(entry for entry in result["certificates"] if entry["code"] == "unit_too_big")
    assert certificate["smallest_tolerance"] == pytest.approx(30 / 22.5 - 1)
    assert "Square 0 alone" in certificate["detail"]
    assert not result["is_feasible"]


def test_homes_are_used_as_centres(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    result = finish(client_of(cast.manager), land, use_homes=True)["result"]
    assert any("No home is known for West, East" in note for note in result["notes"])
    assert "these homes" in result["bound_proves"]


def test_no_unit_goes_farther_from_home_than_allowed(cast: Cast, client_of: ClientOf) -> None:
    with workspace(cast.workspace.id):
        halves = [("West", [0, 1]), ("East", [2, 3])]
        land = make_land(cast.home, 1, 4, territories=halves, accounts=[3, 3, 2, 10])
    client = client_of(cast.manager)
    free = finish(client, land, use_homes=True, metrics=[{"key": "accounts", "tolerance": 0.2}])
    near = finish(client, land, use_homes=True, metrics=[{"key": "accounts", "tolerance": 0.2}], max_distance_km=90)
    with workspace(cast.workspace.id):
        owners = [land.owner_of_units(Alignment.objects.get(pk=run["result_alignment_id"])) for run in (free, near)]
    assert owners[0] == {0: "West", 1: "West", 2: "West", 3: "East"}
    assert owners[1] == {0: "West", 1: "West", 2: "East", 3: "East"}
    assert (free["result"]["is_feasible"], near["result"]["is_feasible"]) == (True, False)


def test_units_that_no_home_reaches_are_named_with_the_limit_that_would_do(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    result = finish(client_of(cast.manager), land, use_homes=True, max_distance_km=30)["result"]
    certificate = next(entry for entry in result["certificates"] if entry["code"] == "unit_forbidden_everywhere")
    least_km = int(re.search(r"a limit of ([\d,]+) km would reach all", certificate["detail"])[1].replace(",", ""))
    assert "farther than 30 km from every home" in certificate["detail"]
    again = finish(client_of(cast.manager), land, use_homes=True, max_distance_km=least_km)["result"]
    assert "unit_forbidden_everywhere" not in {entry["code"] for entry in again["certificates"]}


def test_two_reps_and_fifty_accounts_are_enough(cast: Cast, client_of: ClientOf) -> None:
    with workspace(cast.workspace.id):
        counts = [3, 7, 5, 4, 6, 9, 8, 8]
        land = make_land(cast.home, 2, 4, territories=[("West", [0]), ("East", [1, 2, 3, 4, 5, 6, 7])], accounts=counts)
    result = finish(client_of(cast.manager), land, metrics=[{"key": "accounts", "tolerance": 0.1}])["result"]
    assert result["is_feasible"]


def test_accepting_makes_the_proposal_a_scenario_of_that_name(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    client = client_of(cast.manager)
    run = finish(client, land)
    accepted = client.post(f"/api/v1/runs/{run['id']}/accept", {"name": "Balanced"})
    assert (accepted.status_code, accepted.json()["name"], accepted.json()["is_proposal"]) == (200, "Balanced", False)
    assert client.get(f"/api/v1/runs/{run['id']}").json()["accepted"] is True
    with workspace(cast.workspace.id):
        change = Change.objects.filter(subject_kind="alignment", subject_id=run["result_alignment_id"]).first()
        assert (change.operation, change.revision_after) == ("accept_run", accepted.json()["revision"])
    again = client.post(f"/api/v1/runs/{run['id']}/accept", {"name": "Twice"})
    assert again.status_code == 409


def test_discarding_deletes_the_proposal_and_keeps_the_run(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    client = client_of(cast.manager)
    run = finish(client, land)
    discarded = client.post(f"/api/v1/runs/{run['id']}/discard").json()
    assert (discarded["result_alignment_id"], discarded["state"]) == (None, "done")
    assert discarded["result"]["is_feasible"]
    with workspace(cast.workspace.id):
        assert list(Alignment.objects.all()) == [land.alignment]
    assert client.post(f"/api/v1/runs/{run['id']}/discard").status_code == 409
    assert len(client.get(f"/api/v1/runs/{run['id']}/moves").json()["results"]) == run["result"]["n_moves"]


def test_an_unfinished_run_has_no_proposal_to_decide_on(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    run = start(client, lopsided(cast))
    assert client.post(f"/api/v1/runs/{run['id']}/accept", {"name": "Soon"}).status_code == 409
    assert client.post(f"/api/v1/runs/{run['id']}/discard").status_code == 409


def test_the_same_idempotency_key_gives_the_same_run(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    client = client_of(cast.manager)
    once = {"Idempotency-Key": "once"}
    answers = [client.post("/api/v1/runs", body(land), headers=once) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert answers[0]["Location"] == f"/api/v1/jobs/{answers[0].json()['job']['id']}"
    with workspace(cast.workspace.id):
        assert Run.objects.count() == 1


def test_runs_of_one_alignment_are_listed_newest_first(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    client = client_of(cast.manager)
    ids = [start(client, land)["id"] for _ in range(2)]
    assert [run["id"] for run in client.get(f"/api/v1/runs?alignment={land.alignment.pk}").json()["results"]] == ids[
        ::-1
    ]
    assert client.get("/api/v1/runs?alignment=987654321").json()["results"] == []


def test_a_foreign_run_answers_like_one_that_does_not_exist(cast: Cast, client_of: ClientOf) -> None:
    run = start(client_of(cast.manager), lopsided(cast))
    stranger = client_of(cast.foreign.members["admin"])
    for path in ("", "/moves"):
        foreign, random = (stranger.get(f"/api/v1/runs/{pk}{path}") for pk in (run["id"], 987654321))
        assert (foreign.status_code, foreign.content) == (404, random.content)
    for path in ("cancel", "accept", "discard"):
        assert stranger.post(f"/api/v1/runs/{run['id']}/{path}", {"name": "Mine"}).status_code == 404


def test_a_run_on_a_foreign_alignment_is_not_found(cast: Cast, client_of: ClientOf) -> None:
    land = lopsided(cast)
    stranger = client_of(cast.foreign.members["admin"])
    assert stranger.post("/api/v1/runs", body(land)).status_code == 404
