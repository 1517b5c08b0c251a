"""Some of a run's moves as a scenario: what they would do, what is made of them, and what no longer fits."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Account
from balancing.models import Run
from territory.models import AccountOverride, Alignment, Territory
from tests.balancing.grid import Land, assign_accounts
from tests.balancing.running import finish, start
from tests.cast import Cast
from workspace.models import Change, Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]
EVEN = [("West", [0, 1, 2]), ("East", [3, 4, 5, 6, 7, 8, 9, 10, 11])]


def moves_of(client: APIClient, run: dict[str, Any]) -> list[dict[str, Any]]:
    return client.get(f"/api/v1/runs/{run['id']}/moves?page_size=500").json()["results"]


def preview(client: APIClient, run: dict[str, Any], positions: list[int]) -> dict[str, Any]:
    response = client.post(f"/api/v1/runs/{run['id']}/moves/preview", {"positions": positions})
    assert response.status_code == 200, response.json()
    return response.json()


def keep(client: APIClient, run: dict[str, Any], positions: list[int], name: str = "Some of it") -> Any:
    return client.post(f"/api/v1/runs/{run['id']}/accept", {"name": name, "positions": positions})


def edit(client: APIClient, land: Land, **operation: Any) -> None:
    """One edit of the alignment, made a draft for it."""
    with workspace(land.company.workspace.id):
        land.alignment.refresh_from_db()
        land.alignment.state = "draft"
        land.alignment.save(update_fields=["state"])
    address = f"/api/v1/alignments/{land.alignment.pk}/edits"
    response = client.post(address, operation, headers={"If-Match": f'"{land.alignment.revision}"'})
    assert response.status_code == 200, response.json()


def give(client: APIClient, land: Land, number: int, name: str) -> None:
    edit(client, land, op="assign_units", unit_ids=[land.units[number].pk], territory_id=land.territories[name].pk)


def test_only_the_chosen_moves_are_made_and_the_rest_stays(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 12, territories=EVEN), client_of(cast.manager)
    run = finish(client, made)
    first, second, third = moves_of(client, run)
    kept = keep(client, run, [1, 2])
    assert (kept.status_code, kept.json()["name"]) == (200, "Some of it")
    assert (kept.json()["is_proposal"], kept.json()["state"]) == (False, "draft")
    with workspace(cast.workspace.id):
        today = made.owner_of_units()
        then = made.owner_of_units(Alignment.objects.get(pk=kept.json()["id"]))
    number = {unit.pk: i for i, unit in enumerate(made.units)}
    changed = {number[move["unit_id"]]: "West" for move in (first, second)}
    assert then == today | changed
    assert number[third["unit_id"]] not in changed


def test_the_preview_says_what_the_scenarios_scorecard_says_then(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    """With named accounts, a locked territory, white space and unequal sizes."""
    territories = [("West", [0, 1]), ("Middle", [2, 3, 4, 5, 6, 7]), ("East", [8, 9]), ("North", [10])]
    made, client = (
        land(1, 12, territories=territories, accounts=[3, 1, 4, 1, 5, 2, 2, 6, 5, 3, 4, 2]),
        client_of(cast.manager),
    )
    with workspace(cast.workspace.id):
        Territory.objects.filter(pk=made.territories["North"].pk).update(is_locked=True)
        for external_id in ("A2-0", "A6-1"):
            AccountOverride.objects.create(
                **made.tenant,
                alignment=made.alignment,
                account=Account.objects.get(external_id=external_id),
                territory=made.territories["East"],
                reason="Named",
            )
        assign_accounts(made, made.alignment)
    aims = [{"key": "accounts", "tolerance": 0.2}, {"key": "revenue", "tolerance": 0.2}]
    run = finish(client, made, metrics=aims)
    n_moves = len(moves_of(client, run))
    assert n_moves >= 2
    for count in range(1, n_moves + 1):
        shown = preview(client, run, list(range(1, count + 1)))
        kept = keep(client, run, list(range(1, count + 1)), name=f"First {count}").json()
        card = client.get(f"/api/v1/alignments/{kept['id']}/scorecard").json()
        worst = {metric["key"]: abs(metric["worst"]["deviation"]) for metric in card["metrics"] if metric["worst"]}
        for metric in shown["metrics"]:
            assert metric["after_worst"] == pytest.approx(worst[metric["key"]])
        pieces = sum(row["n_pieces"] - 1 for row in card["territories"] if row["n_pieces"])
        assert shown["extra_pieces"] == pieces
        compared = client.get(f"/api/v1/alignments/{made.alignment.pk}/comparison?with={kept['id']}").json()
        gained = sum(row["after"]["values"]["accounts"] for row in compared["territories"])
        gained -= sum(row["before"]["values"]["accounts"] for row in compared["territories"])
        assert shown["n_accounts"] == compared["n_accounts_moved"] + gained


def test_no_move_leaves_everything_as_it_is(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 12, territories=EVEN), client_of(cast.manager)
    shown = preview(client, finish(client, made), [])
    assert shown["metrics"] == [{"key": "accounts", "tolerance": 0.05, "before_worst": 0.5, "after_worst": 0.5}]
    assert (shown["n_moves"], shown["n_accounts"], shown["is_connected"]) == (0, 0, True)


def test_a_move_that_leaves_a_piece_behind_is_named(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    """The third square goes to West only if the one between goes too."""
    made, client = land(1, 12, territories=EVEN), client_of(cast.manager)
    run = finish(client, made)
    moves = moves_of(client, run)
    assert [move["unit_name"] for move in moves] == ["Square 3", "Square 4", "Square 5"]
    shown = preview(client, run, [2])
    assert (shown["is_connected"], shown["extra_pieces_before"], shown["extra_pieces"]) == (False, 0, 2)
    (loose,) = shown["loose"]
    assert (loose["position"], loose["unit_name"]) == (2, "Square 4")
    assert loose["reason"] == "would lie apart from the rest of West and cuts 1 unit off from the rest of East"
    assert preview(client, run, [1, 2])["loose"] == []


def test_the_moves_are_one_step_that_can_be_undone(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 12, territories=EVEN), client_of(cast.manager)
    run = finish(client, made)
    kept = keep(client, run, [1, 2]).json()
    assert kept["can_undo"] == {"label": "Gave 2 units to “West”"}
    address = f"/api/v1/alignments/{kept['id']}/undo"
    undone = client.post(address, headers={"If-Match": f'"{kept["revision"]}"'})
    assert undone.status_code == 200
    with workspace(cast.workspace.id):
        assert made.owner_of_units(Alignment.objects.get(pk=kept["id"])) == made.owner_of_units()
        change = Change.objects.get(subject_kind="run", operation="keep_moves")
        assert change.label == "Kept 2 moves of an optimizer run as Some of it"


def test_a_second_click_finds_the_scenario_of_the_first(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 12, territories=EVEN), client_of(cast.manager)
    run = finish(client, made)
    ids = [keep(client, run, positions).json()["id"] for positions in ([1, 2], [2, 1, 1])]
    assert ids[0] == ids[1]
    others = [keep(client, run, [1]).json()["id"], keep(client, run, [1, 2], name="Another").json()["id"]]
    assert len({ids[0], *others}) == 3
    with workspace(cast.workspace.id):
        Alignment.objects.get(pk=ids[0]).delete()
    assert keep(client, run, [1, 2]).json()["id"] not in {*ids, *others}


def test_the_proposal_waits_for_its_own_decision(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 12, territories=EVEN), client_of(cast.manager)
    run = finish(client, made)
    assert keep(client, run, [1]).status_code == 200
    shown = client.get(f"/api/v1/runs/{run['id']}").json()
    assert (shown["accepted"], shown["result_alignment_id"]) == (False, run["result_alignment_id"])
    assert client.post(f"/api/v1/runs/{run['id']}/accept", {"name": "All of it"}).status_code == 200
    assert keep(client, run, [2], name="After that").status_code == 200


def test_units_that_are_elsewhere_now_are_named_and_nothing_is_made(
    cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made, client = land(1, 12, territories=EVEN), client_of(cast.manager)
    run = finish(client, made)
    give(client, made, 3, "West")
    with workspace(cast.workspace.id):
        before = Alignment.objects.count()
    refused = keep(client, run, [1, 2, 3])
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    (blocked,) = refused.json()["blocked"]
    assert (blocked["position"], blocked["unit_name"], blocked["reason"]) == (1, "Square 3", "West has it already")
    assert refused.json()["positions_left"] == [2, 3]
    assert "Square 3 (West has it already)" in refused.json()["detail"]
    with workspace(cast.workspace.id):
        assert Alignment.objects.count() == before
        assert not Change.objects.filter(operation="keep_moves").exists()
    shown = preview(client, run, [1, 2, 3])
    assert (shown["n_moves"], shown["blocked"], shown["is_connected"]) == (2, [blocked], True)
    assert keep(client, run, [2, 3]).status_code == 200


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        ({"op": "assign_units", "units": [3], "territory": None}, "nobody has it now"),
        ({"op": "update_territory", "territory": "East", "is_locked": True}, "East is locked now"),
        ({"op": "remove_territory", "territory": "West"}, "the territory it was to go to was removed"),
        ({"op": "add_territory", "units": [3], "name": "New"}, "New has it now"),
    ],
)
def test_why_a_move_no_longer_fits_is_said(
    operation: dict[str, Any], reason: str, cast: Cast, land: MakeLand, client_of: ClientOf
) -> None:
    made, client = land(1, 12, territories=EVEN), client_of(cast.manager)
    run = finish(client, made)
    named = dict(operation)
    if "units" in named:
        named["unit_ids"] = [made.units[number].pk for number in named.pop("units")]
    if "territory" in named:
        name = named.pop("territory")
        named["territory_id"] = name and made.territories[name].pk
    edit(client, made, **named)
    assert preview(client, run, [1])["blocked"][0]["reason"] == reason
    assert keep(client, run, [1]).status_code == 409


def test_an_edit_elsewhere_does_not_stand_in_the_way(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 12, territories=EVEN), client_of(cast.manager)
    run = finish(client, made)
    edit(client, made, op="assign_units", unit_ids=[made.units[11].pk], territory_id=None)
    kept = keep(client, run, [1]).json()
    with workspace(cast.workspace.id):
        then = made.owner_of_units(Alignment.objects.get(pk=kept["id"]))
    assert (then[3], 11 in then) == ("West", False)


def test_a_choice_that_names_no_move_is_refused(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 12, territories=EVEN), client_of(cast.manager)
    run = finish(client, made)
    for positions in ([], [0], [99], ["one"]):
        refused = keep(client, run, positions)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "positions")
    waiting = start(client, made)
    assert keep(client, waiting, [1]).status_code == 409


def test_only_planners_choose_and_only_their_own(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 12, territories=EVEN), client_of(cast.manager)
    run = finish(client, made)
    for member, status in ((cast.viewer, 403), (cast.foreign.members["admin"], 404)):
        assert keep(client_of(member), run, [1]).status_code == status
        asked = client_of(member).post(f"/api/v1/runs/{run['id']}/moves/preview", {"positions": [1]})
        assert asked.status_code == status
    with workspace(cast.workspace.id):
        assert Run.objects.count() == 1
