"""Where alignments come from, how they go live, and who sees what of them."""

import datetime
from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from accounts.importing.followers import accounts_changed
from accounts.models import Account
from territory.models import AccountAssignment, AccountOverride, Alignment, AlignmentState, Territory
from territory.reading.boundaries import geojson
from territory.services.alignments import publish_alignment
from territory.services.create_alignment import create_alignment
from territory.totals import territory_totals, white_space_totals
from tests.cast import Cast
from tests.territory.world import World, middle, square
from workspace.models import Member
from workspace.tenancy import workspace


def publish(world: World, alignment: Alignment) -> Alignment:
    alignment.refresh_from_db()
    return publish_alignment(alignment.pk, revision=alignment.revision, actor=world.actor)


def by_name(alignment: Alignment) -> dict[str | None, set[str]]:
    """Territory name → names of its accounts."""
    found: dict[str | None, set[str]] = {}
    for row in AccountAssignment.objects.filter(alignment=alignment).select_related("account", "territory"):
        found.setdefault(row.territory.name if row.territory else None, set()).add(row.account.name)
    return found


def test_from_the_crm_every_owned_account_ends_with_its_owner(world: World) -> None:
    world.rep("Ann Lee")
    for name, owner, place in [
        ("a1", "ann lee", (0, 0)), ("a2", "ann lee", (0.1, 0)), ("b1", "R-Ben", (0.2, 0)), ("b2", "R-Ben", (2, 2)),
        ("c1", "Nobody Known", (1, 1)), ("a3", "ann lee", (None, None)), ("x", "", (2, 0)), ("x2", "", (0, 0.2)),
    ]:  # fmt: skip
        world.account(*place, name=name, crm_owner=owner)
    alignment = world.alignment(source="crm_owner")
    assert by_name(alignment) == {
        "Ann Lee": {"a1", "a2", "a3", "x2"}, "R-Ben": {"b1", "b2"}, "Nobody Known": {"c1"}, None: {"x"},
    }  # fmt: skip
    overrides = AccountOverride.objects.filter(alignment=alignment).select_related("account")
    assert {(o.account.name, o.reason) for o in overrides} == {("b1", "CRM owner"), ("a3", "CRM owner")}
    assert [t.rep and t.rep.name for t in Territory.objects.filter(alignment=alignment).order_by("name")] == [
        "Ann Lee", None, None,
    ]  # fmt: skip


def test_a_unit_with_as_many_accounts_of_two_owners_goes_to_the_larger_revenue(world: World) -> None:
    world.account(1, 1, crm_owner="Small", revenue=1)
    world.account(1.1, 1, crm_owner="Large", revenue=9)
    alignment = world.alignment(source="crm_owner")
    assert world.owner_of(alignment, "1-1") == "Large"


def test_from_a_layer_each_unit_goes_to_the_nearest_home(world: World) -> None:
    world.rep("West", home=middle(0, 1))
    world.rep("East", home=middle(2, 1))
    world.rep("Homeless")
    alignment = world.alignment(source="unit_layer")
    assert [world.owner_of(alignment, f"{c}-1") for c in (0, 2)] == ["West", "East"]
    assert Territory.objects.get(alignment=alignment, name="Homeless").boundary is None


def test_a_copy_is_independent_and_keeps_owners_exceptions_and_colours(world: World) -> None:
    first = world.account(0, 0)
    world.account(1, 0)
    original = world.alignment()
    west = world.territory(original, "West", "0-0", colour="#123456")
    world.edit(original, "set_overrides", account_ids=[first.pk], territory_id=west.pk, reason="Key")
    copy = world.alignment(source="copy", copy_of=original, unit_layer=None)
    copied = Territory.objects.get(alignment=copy)
    assert (copied.name, copied.colour, copied.code) == ("West", "#123456", "T001")
    assert by_name(copy) == by_name(original)
    world.edit(copy, "remove_territory", territory_id=copied.pk)
    assert by_name(original)["West"] == {first.name}


def test_units_can_be_copied_into_drawn_boundaries_and_back_only_by_a_rule(world: World, manager: APIClient) -> None:
    world.account(0, 0)
    original = world.alignment()
    world.territory(original, "West", "0-0", "0-1")
    body = {"name": "Drawn", "team_id": world.team.pk, "basis": "drawn", "source": "copy", "copy_of": original.pk}
    drawn = manager.post("/api/v1/alignments", body).json()
    assert (drawn["basis"], drawn["unit_layer_id"], drawn["parent_id"]) == ("drawn", None, original.pk)
    back = manager.post("/api/v1/alignments", body | {"basis": "units", "copy_of": drawn["id"]})
    assert (back.status_code, back.json()["errors"][0]["field"]) == (400, "rule")
    back = manager.post("/api/v1/alignments", body | {"basis": "units", "copy_of": drawn["id"], "rule": "area"})
    assert (back.status_code, back.json()["errors"][0]["field"]) == (400, "unit_layer_id")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"unit_layer_id": None}, "unit_layer_id"),
        ({"unit_layer_id": 10**12}, "unit_layer_id"),
        ({"unit_layer_id": 2**70}, "unit_layer_id"),
        ({"team_id": 10**12}, "team_id"),
        ({"source": "copy"}, "copy_of"),
        ({"basis": "drawn", "source": "crm_owner"}, "basis"),
        ({"basis": "hexagons"}, "basis"),
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
    ],
)
def test_an_alignment_that_makes_no_sense_is_refused_naming_the_field(
    world: World, manager: APIClient, change: dict, field: str
) -> None:
    body = {"name": "Plan", "team_id": world.team.pk, "basis": "units", "source": "blank"}
    answer = manager.post("/api/v1/alignments", body | {"unit_layer_id": world.layer.pk} | change)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


def test_without_accounts_everything_works_and_is_empty(world: World) -> None:
    alignment = world.alignment()
    territory = world.territory(alignment, "Empty", "0-0", "0-1")
    assert territory_totals(alignment)[territory.pk].accounts == 0
    assert white_space_totals(alignment).accounts == 0


def test_publishing_archives_the_live_one_and_leaves_one_live_per_team(world: World) -> None:
    first, second = world.alignment(name="First"), world.alignment(name="Second")
    for alignment in (first, second):
        world.territory(alignment, "All")
        publish(world, alignment)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (AlignmentState.ARCHIVED, AlignmentState.LIVE)
    assert second.effective_date == datetime.datetime.now(datetime.UTC).date()


@pytest.mark.parametrize(("fields", "status"), [({}, 409), ({"is_proposal": True}, 409)])
def test_an_empty_alignment_and_an_open_proposal_cannot_go_live(
    world: World, manager: APIClient, fields: dict, status: int
) -> None:
    alignment = world.alignment(**fields)
    answer = manager.post(f"/api/v1/alignments/{alignment.pk}/publish", {}, headers={"If-Match": '"1"'})
    assert answer.status_code == status


def test_proposing_and_deleting_follow_the_states(world: World, manager: APIClient) -> None:
    url = f"/api/v1/alignments/{world.alignment().pk}"
    proposed = manager.post(f"{url}/propose", headers={"If-Match": '"1"'})
    assert proposed.json()["state"] == "proposed"
    assert manager.post(f"{url}/propose", headers={"If-Match": '"2"'}).status_code == 409
    assert manager.delete(url, headers={"If-Match": '"2"'}).status_code == 409
    draft = f"/api/v1/alignments/{world.alignment().pk}"
    assert manager.delete(draft, headers={"If-Match": '"1"'}).status_code == 204
    assert manager.get(draft).status_code == 404


def test_an_archived_scenario_stays_readable_and_can_be_taken_up_again_with_todays_accounts(
    world: World, manager: APIClient
) -> None:
    early = world.account(0, 0, revenue_minor=100)
    plan = world.alignment()
    world.territory(plan, "West", "0-0", "0-1")
    url = f"/api/v1/alignments/{plan.pk}"
    plan.refresh_from_db()
    archived = manager.post(f"{url}/archive", headers={"If-Match": f'"{plan.revision}"'}).json()
    assert archived["state"] == "archived"
    edit = {"op": "assign_units", "unit_ids": world.units("1-1"), "territory_id": None}
    refused = manager.post(f"{url}/edits", edit, headers={"If-Match": f'"{archived["revision"]}"'})
    assert refused.status_code == 409
    manager.patch(f"/api/v1/accounts/{early.pk}", {"revenue_minor": 700})
    late = world.account(0, 1, revenue_minor=30)
    restored = manager.post(f"{url}/restore", headers={"If-Match": f'"{archived["revision"]}"'})
    assert (restored.status_code, restored.json()["state"]) == (200, "draft")
    held = AccountAssignment.objects.filter(alignment=plan, territory__name="West")
    assert set(held.values_list("account_id", "revenue_minor")) == {(early.pk, 700), (late.pk, 30)}


def test_only_scenarios_that_never_were_live_are_taken_up_again(world: World, manager: APIClient) -> None:
    first, second = world.alignment(name="First"), world.alignment(name="Second")
    for alignment in (first, second):
        world.territory(alignment, "All")
        publish(world, alignment)
    for alignment, words in ((first, "was live"), (second, "is not archived")):
        alignment.refresh_from_db()
        headers = {"If-Match": f'"{alignment.revision}"'}
        refused = manager.post(f"/api/v1/alignments/{alignment.pk}/restore", headers=headers)
        assert (refused.status_code, words in refused.json()["detail"]) == (409, True)
    assert manager.post(f"/api/v1/alignments/{second.pk}/archive", headers=headers).status_code == 409


def test_notes_are_kept_with_their_limit(world: World, manager: APIClient) -> None:
    url = f"/api/v1/alignments/{world.alignment().pk}"
    assert manager.get(url).json()["notes"] == ""
    noted = manager.patch(url, {"notes": "After the hire in Macon"}, headers={"If-Match": '"1"'}).json()
    assert (noted["notes"], noted["revision"]) == ("After the hire in Macon", 2)
    assert manager.patch(url, {"notes": "x" * 4001}, headers={"If-Match": '"2"'}).status_code == 400


def test_the_history_names_who_did_what_and_what_is_undone(world: World, manager: APIClient) -> None:
    alignment = world.alignment()
    world.territory(alignment, "North")
    manager.post(f"/api/v1/alignments/{alignment.pk}/undo", headers={"If-Match": '"2"'})
    rows = manager.get(f"/api/v1/alignments/{alignment.pk}/changes?since_revision=1").json()["results"]
    assert [(row["label"], row["is_undone"]) for row in rows] == [
        ("Undid: Added territory “North”", False), ("Added territory “North”", True),
    ]  # fmt: skip
    assert rows[0]["member_name"] == "Acme manager"
    redo = manager.get(f"/api/v1/alignments/{alignment.pk}").json()["can_redo"]
    assert redo == {"label": "Added territory “North”"}


def test_new_and_changed_accounts_join_open_alignments_and_leave_archived_ones_alone(world: World) -> None:
    archived, live = world.alignment(name="Old"), world.alignment(name="New")
    for alignment in (archived, live):
        world.territory(alignment, "West", "0-0")
        publish(world, alignment)
    account = world.account(0, 0, revenue=10)
    assert by_name(live) == {"West": {account.name}}
    assert by_name(archived) == {}
    Account.objects.filter(pk=account.pk).update(revenue_minor=25)
    accounts_changed(workspace_id=world.workspace.pk, account_ids=[account.pk])
    assert [t.revenue_minor for t in territory_totals(live).values()] == [25]


def test_travel_is_estimated_from_home_for_field_teams_and_nil_for_inside_ones(world: World) -> None:
    lon, lat = middle(0, 0)
    rep = world.rep("Ann", home=(lon, lat + 1))
    world.account(0, 0, visits_per_year=8, service_min_per_visit=30)
    alignment = world.alignment()
    territory = world.territory(alignment, "North", "0-0", rep_id=rep.pk)
    totals = territory_totals(alignment)[territory.pk]
    assert totals.travel_km == pytest.approx(8 * 2 * 1.3 * 111.195 / 4, rel=1e-3)
    assert totals.travel_h == pytest.approx(totals.travel_km / 70)
    world.team.kind = "inside"
    world.team.save()
    assert territory_totals(Alignment.objects.get(pk=alignment.pk))[territory.pk].travel_km == 0


def test_a_vacant_territory_is_measured_from_the_middle_of_its_accounts(world: World) -> None:
    world.account(0, 0, visits_per_year=4)
    world.account(1, 0, visits_per_year=4)
    alignment = world.alignment()
    territory = world.territory(alignment, "Vacant", "0-0", "1-0")
    half_km = 0.25 * 111.195 * 0.8457
    assert territory_totals(alignment)[territory.pk].travel_km == pytest.approx(2 * 4 * 2 * 1.3 * half_km / 4, rel=1e-2)


@pytest.fixture
def published(world: World, here: Cast) -> Alignment:
    """Live: Ann (the rep's login) has column 0, Ben column 1; accounts in both and in nobody's column 2."""
    ann = world.rep("Ann", member=here.rep, home=middle(0, 0))
    ben = world.rep("Ben")
    for column in range(3):
        world.account(column, 0, name=f"Account {column}")
    alignment = world.alignment()
    world.territory(alignment, "Ann's", "0-0", "0-1", rep_id=ann.pk)
    world.territory(alignment, "Ben's", "1-0", rep_id=ben.pk)
    return publish(world, alignment)


def test_a_rep_sees_own_territory_and_accounts_and_nothing_else(
    published: Alignment, here: Cast, client_of: Callable[[Member], APIClient]
) -> None:
    client = client_of(here.rep)
    [mine] = client.get("/api/v1/my-territory").json()["territories"]
    assert (mine["name"], mine["totals"]["accounts"], mine["boundary"]["type"]) == ("Ann's", 1, "MultiPolygon")
    rows = client.get("/api/v1/accounts").json()["results"]
    assert [(row["name"], row["territory"]["name"]) for row in rows] == [("Account 0", "Ann's")]
    other = Account.objects.get(name="Account 1")
    bens = Territory.objects.get(alignment=published, name="Ben's")
    assert client.get(f"/api/v1/accounts/{other.pk}").status_code == 404
    assert client.get(f"/api/v1/accounts?territory={bens.pk}").status_code == 404
    assert client.get(f"/api/v1/accounts?search={other.name}").json()["results"] == []
    for path in ("alignments", f"alignments/{published.pk}", f"territories?alignment={published.pk}", "unit-layers"):
        assert client.get(f"/api/v1/{path}").status_code == 403


def test_near_me_lists_the_nearest_first_with_the_distance(
    published: Alignment, here: Cast, manager: APIClient
) -> None:
    lon, lat = middle(1.9, 0)
    rows = manager.get(f"/api/v1/accounts?near={lon},{lat}&page_size=2&alignment={published.pk}").json()["results"]
    assert [row["name"] for row in rows] == ["Account 2", "Account 1"]
    assert rows[0]["distance_km"] == pytest.approx(0.05 * 111.195 * 0.8457, rel=1e-2)
    assert (rows[0]["territory"], rows[1]["territory"]["name"]) == (None, "Ben's")


@pytest.mark.parametrize("near", ["x", "1,2,3", "nan,3", "200,1", "1,91", ""])
def test_a_place_that_is_none_is_refused_or_ignored_when_empty(world: World, manager: APIClient, near: str) -> None:
    assert manager.get(f"/api/v1/accounts?near={near}").status_code == (200 if not near else 400)


@pytest.mark.parametrize("ordering", ["name", "-name", "-revenue_minor", "id"])
def test_pages_show_every_account_once_in_order(world: World, manager: APIClient, ordering: str) -> None:
    for number in range(7):
        world.account(0, 0, name=f"Same {number // 3}", revenue=number // 2)
    seen, url = [], f"/api/v1/accounts?ordering={ordering}&page_size=2"
    while url:
        page = manager.get(url).json()
        seen += page["results"]
        url = page["next"]
    assert len({row["id"] for row in seen}) == len(seen) == 7
    key = ordering.lstrip("-")
    assert [row[key] for row in seen] == sorted((row[key] for row in seen), reverse=ordering.startswith("-"))


def test_an_account_changed_by_hand_moves_to_its_new_territory(published: Alignment, manager: APIClient) -> None:
    account = Account.objects.get(name="Account 2")
    lon, lat = middle(1, 0)
    answer = manager.patch(f"/api/v1/accounts/{account.pk}?alignment={published.pk}", {"lon": lon, "lat": lat})
    assert answer.json()["territory"]["name"] == "Ben's"


FOREIGN = [
    ("get", "alignments/{alignment}", None),
    ("patch", "alignments/{alignment}", {"name": "Mine now"}),
    ("post", "alignments/{alignment}/edits", {"op": "add_territory", "name": "x"}),
    ("post", "alignments/{alignment}/undo", {}),
    ("post", "alignments/{alignment}/publish", {}),
    ("get", "alignments/{alignment}/units", None),
    ("get", "alignments/{alignment}/boundaries", None),
    ("get", "alignments/{alignment}/changes", None),
    ("get", "alignments/{alignment}/tiles/accounts/5/8/12.mvt", None),
    ("post", "alignments/{alignment}/selection", {"area": geojson(square(0, 0))}),
    ("get", "territories?alignment={alignment}", None),
    ("get", "territories/{territory}", None),
    ("get", "accounts?alignment={alignment}", None),
    ("get", "accounts/{account}", None),
    ("get", "unit-layers/{layer}", None),
    ("get", "unit-layers/{layer}/units", None),
]


@pytest.mark.parametrize(("method", "path", "body"), FOREIGN)
def test_what_is_foreign_answers_exactly_like_what_does_not_exist(
    cast: Cast, manager: APIClient, method: str, path: str, body: dict | None
) -> None:
    company = cast.foreign
    with workspace(company.workspace.pk):
        theirs = World(company.workspace, company.team, company.members["manager"])
        alignment = theirs.alignment()
        ids = {"alignment": alignment.pk, "layer": theirs.layer.pk, "account": theirs.account(0, 0).pk}
        ids["territory"] = theirs.territory(alignment, "Theirs", "0-0").pk
    foreign, missing, huge = (
        getattr(manager, method)(f"/api/v1/{path.format(**values)}", body, headers={"If-Match": '"1"'})
        for values in (ids, dict.fromkeys(ids, 987654), dict.fromkeys(ids, 2**70))
    )
    assert foreign.status_code == missing.status_code == huge.status_code == 404
    assert foreign.content == missing.content == huge.content


def test_foreign_ids_in_an_edit_answer_like_unknown_ones(world: World, manager: APIClient, cast: Cast) -> None:
    alignment = world.alignment()
    territory = world.territory(alignment, "Mine")
    with workspace(cast.foreign.workspace.pk):
        company = cast.foreign
        theirs = World(company.workspace, company.team, company.members["manager"])
        foreign_unit, foreign_account = theirs.units("0-0")[0], theirs.account(0, 0).pk
    for edit in (
        {"op": "assign_units", "unit_ids": [foreign_unit], "territory_id": territory.pk},
        {"op": "assign_units", "unit_ids": [987654], "territory_id": territory.pk},
        {"op": "set_overrides", "account_ids": [foreign_account], "territory_id": territory.pk, "reason": "x"},
        {"op": "set_overrides", "account_ids": [987654], "territory_id": territory.pk, "reason": "x"},
        {"op": "assign_units", "unit_ids": world.units("0-0"), "territory_id": 987654},
    ):
        answer = manager.post(f"/api/v1/alignments/{alignment.pk}/edits", edit, headers={"If-Match": '"2"'})
        assert answer.status_code == 400
        assert "there is no such" in answer.json()["errors"][0]["problem"]


@pytest.mark.parametrize(
    "edit",
    [
        {}, [], {"op": "explode"}, {"op": ["assign_units"]}, {"op": "assign_units"},
        {"op": "assign_units", "unit_ids": [], "territory_id": None},
        {"op": "assign_units", "unit_ids": [2**64], "territory_id": None},
        {"op": "assign_units", "unit_ids": [True], "territory_id": None},
        {"op": "assign_units", "unit_ids": [1] * 20_001, "territory_id": None},
        {"op": "add_territory", "name": "x", "colour": "red"},
        {"op": "update_territory", "territory_id": 1, "target_share": 0},
        {"op": "update_territory", "territory_id": 1, "target_share": 1.5},
        {"op": "set_overrides", "account_ids": [1], "territory_id": 1},
    ],
)  # fmt: skip
def test_an_edit_that_makes_no_sense_is_a_400(world: World, manager: APIClient, edit: object) -> None:
    answer = manager.post(
        f"/api/v1/alignments/{world.alignment().pk}/edits", edit, headers={"If-Match": '"1"'}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


@pytest.mark.parametrize(
    "tile", ["accounts/17/0/0", "accounts/2/4/0", "accounts/2/0/4", "roads/2/0/0", "accounts/99/0/0"]
)
def test_a_tile_that_is_not_on_the_grid_is_not_found(world: World, manager: APIClient, tile: str) -> None:
    assert manager.get(f"/api/v1/alignments/{world.alignment().pk}/tiles/{tile}.mvt").status_code == 404


def test_a_team_without_reps_can_be_planned_with_vacant_territories(world: World) -> None:
    alignment = create_alignment(
        name="Vacant", team=world.team, basis="units", source="unit_layer", unit_layer=world.layer, actor=world.actor
    )
    assert not Territory.objects.filter(alignment=alignment).exists()
    assert world.territory(alignment, "Vacant", "0-0").rep is None
