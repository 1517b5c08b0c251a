"""GET findings/proposals: ways out of an overlap or white space, and that each does what it says."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from rest_framework.test import APIClient

from territory.models import AccountAssignment, AccountUnit, Alignment, Territory
from tests.balancing.grid import Land, add_account, assign_accounts, square
from tests.cast import Cast
from workspace.models import Member
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]


def findings(client: APIClient, land: Land, kind: str) -> list[dict[str, Any]]:
    every = client.get(f"/api/v1/findings?alignment={land.alignment.pk}").json()
    return [finding for finding in every if finding["kind"] == kind]


def proposals(client: APIClient, land: Land, kind: str) -> dict[str, dict[str, Any]]:
    """Of the only finding of that kind, by key."""
    (finding,) = findings(client, land, kind)
    answer = client.get(f"/api/v1/findings/proposals?alignment={land.alignment.pk}&finding={finding['id']}")
    assert answer.status_code == 200, answer.json()
    return {way["key"]: way for way in answer.json()}


def carry_out(client: APIClient, land: Land, way: dict[str, Any]) -> None:
    revision = client.get(f"/api/v1/alignments/{land.alignment.pk}").json()["revision"]
    address = f"/api/v1/alignments/{land.alignment.pk}/edits"
    answer = client.post(address, way["edit"], headers={"If-Match": f'"{revision}"'})
    assert answer.status_code == 200, answer.json()


def gains(land: Land, way: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Territory → accounts and revenue in whole money that it gains."""
    name = {territory.pk: name for name, territory in land.territories.items()}
    return {name[e["territory_id"]]: (e["n_accounts"], e["revenue_minor"] // 100) for e in way["effects"]}


def held(land: Land) -> dict[str, int]:
    """Territory → accounts that it holds now."""
    rows = AccountAssignment.objects.filter(alignment=land.alignment, territory__isnull=False)
    names = list(rows.values_list("territory__name", flat=True))
    return {name: names.count(name) for name in land.territories}


@pytest.fixture
def overlap(cast: Cast, land: MakeLand) -> Land:
    """West over squares 0 and 1, East over 1, 2 and 3; the two accounts of square 1 are claimed by both."""
    made = land(1, 4, territories=[("West", []), ("East", [])], accounts=[1, 2, 1, 0])
    with workspace(cast.workspace.id):
        Alignment.objects.filter(pk=made.alignment.pk).update(basis="drawn", state="draft")
        for name, column, width in (("West", 0, 2), ("East", 1, 3)):
            Territory.objects.filter(pk=made.territories[name].pk).update(boundary=square(column, 0, columns=width))
        assign_accounts(made, made.alignment)
        rows = AccountAssignment.objects.filter(alignment=made.alignment)
        rows.update(territory=made.territories["West"])
        rows.filter(account__external_id__startswith="A2-").update(territory=made.territories["East"])
        rows.filter(account__external_id__startswith="A1-").update(is_overlap=True)
    return made


def test_an_overlap_may_go_to_either_or_be_split_and_the_one_with_less_comes_first(
    cast: Cast, overlap: Land, client_of: ClientOf
) -> None:
    ways = proposals(client_of(cast.manager), overlap, "overlap")
    east, west = overlap.territories["East"].pk, overlap.territories["West"].pk
    assert list(ways) == [f"keep-{east}", f"keep-{west}", "middle"]
    assert "50 % below target" in ways[f"keep-{east}"]["detail"]
    assert gains(overlap, ways[f"keep-{east}"]) == {"West": (-2, -200), "East": (2, 200)}
    assert gains(overlap, ways[f"keep-{west}"]) == {}
    effect = next(e for e in ways[f"keep-{east}"]["effects"] if e["territory_id"] == east)
    assert (effect["load_before"], effect["load_after"]) == (pytest.approx(-0.5), pytest.approx(0.5))


def test_giving_an_overlap_to_one_ends_it(cast: Cast, overlap: Land, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    carry_out(client, overlap, proposals(client, overlap, "overlap")[f"keep-{overlap.territories['East'].pk}"])
    assert findings(client, overlap, "overlap") == []
    with workspace(cast.workspace.id):
        west, east = (Territory.objects.get(pk=overlap.territories[name].pk) for name in ("West", "East"))
        assert west.boundary.extent == (-85, 33, -84, 34)
        assert east.boundary.extent == (-84, 33, -81, 34)
        assert held(overlap) == {"West": 1, "East": 3}


def test_split_along_the_middle_each_half_goes_to_the_nearer(cast: Cast, overlap: Land, client_of: ClientOf) -> None:
    """Bodies of their own: West's middle is at 84.5° W, East's at 82° W; halfway lies 83.25° W, east of the overlap."""
    client = client_of(cast.manager)
    way = proposals(client, overlap, "overlap")["middle"]
    carry_out(client, overlap, way)
    assert findings(client, overlap, "overlap") == []
    with workspace(cast.workspace.id):
        west, east = (Territory.objects.get(pk=overlap.territories[name].pk) for name in ("West", "East"))
        assert west.boundary.extent == pytest.approx((-85, 33, -83.25, 34))
        assert east.boundary.extent == pytest.approx((-83.25, 33, -81, 34))
        assert west.boundary.intersection(east.boundary).area == 0


def test_a_locked_territory_gives_no_ground(cast: Cast, overlap: Land, client_of: ClientOf) -> None:
    with workspace(cast.workspace.id):
        Territory.objects.filter(pk=overlap.territories["West"].pk).update(is_locked=True)
    assert list(proposals(client_of(cast.manager), overlap, "overlap")) == [f"keep-{overlap.territories['West'].pk}"]


@pytest.fixture
def gap(cast: Cast, land: MakeLand) -> Land:
    """Squares 2 to 4 are nobody's; West's rep lives at its end, East has most room, Far touches none of them."""
    made = land(
        1, 7, territories=[("Far", [0]), ("West", [1]), ("East", [5, 6])], accounts=[1, 4, 1, 1, 1, 1, 0],
    )  # fmt: skip
    with workspace(cast.workspace.id):
        Alignment.objects.filter(pk=made.alignment.pk).update(state="draft")
        for name, column in (("Far", 0), ("West", 1), ("East", 5)):
            rep = made.territories[name].rep
            rep.home = Point(-84.5 + column, 33.5, srid=4326)
            rep.save()
    return made


def test_white_space_goes_to_the_nearest_neighbour_to_the_idlest_or_to_each_the_nearer(
    cast: Cast, gap: Land, client_of: ClientOf
) -> None:
    """The middle of the gap lies 2 squares from either home; Far is idle too, but it does not touch the gap."""
    ways = proposals(client_of(cast.manager), gap, "white_space")
    assert list(ways) == ["nearest", "least_loaded", "nearer"]
    assert gains(gap, ways["nearest"]) == {"West": (3, 300)}
    assert "from the home of Rep West" in ways["nearest"]["detail"]
    assert gains(gap, ways["least_loaded"]) == {"East": (3, 300)}
    assert gains(gap, ways["nearer"]) == {"West": (2, 200), "East": (1, 100)}


@pytest.mark.parametrize(
    ("key", "after"),
    [
        ("nearest", {"Far": 1, "West": 7, "East": 1}),
        ("least_loaded", {"Far": 1, "West": 4, "East": 4}),
        ("nearer", {"Far": 1, "West": 6, "East": 2}),
    ],
)
def test_each_way_does_what_it_says(
    cast: Cast, gap: Land, client_of: ClientOf, key: str, after: dict[str, int]
) -> None:
    client = client_of(cast.manager)
    carry_out(client, gap, proposals(client, gap, "white_space")[key])
    assert findings(client, gap, "white_space") == []
    with workspace(cast.workspace.id):
        assert held(gap) == after


def test_accounts_outside_of_all_units_become_named_ones(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    made, client = land(1, 2, territories=[("West", [0]), ("East", [1])]), client_of(cast.manager)
    with workspace(cast.workspace.id):
        Alignment.objects.filter(pk=made.alignment.pk).update(state="draft")
        lost = add_account(made, 1, revenue_minor=70_00)
        AccountUnit.objects.filter(account=lost).delete()
        assign_accounts(made, made.alignment)
        AccountAssignment.objects.filter(account=lost).update(territory=None)
    way = proposals(client, made, "white_space")["nearest"]
    assert (way["edit"]["op"], way["edit"]["account_ids"]) == ("set_overrides", [lost.pk])
    carry_out(client, made, way)
    assert findings(client, made, "white_space") == []


def test_ground_between_drawn_territories_may_be_split(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    """West over square 0, East over square 3; the accounts of squares 1 and 2 are nobody's."""
    made, client = land(1, 4, territories=[("West", []), ("East", [])]), client_of(cast.manager)
    with workspace(cast.workspace.id):
        Alignment.objects.filter(pk=made.alignment.pk).update(basis="drawn", state="draft")
        for name, column in (("West", 0), ("East", 3)):
            Territory.objects.filter(pk=made.territories[name].pk).update(boundary=square(column, 0))
            rows = AccountAssignment.objects.filter(alignment=made.alignment)
            rows.filter(account__external_id__startswith=f"A{column}-").update(territory=made.territories[name])
    found = findings(client, made, "white_space")
    address = f"/api/v1/findings/proposals?alignment={made.alignment.pk}&finding="
    (first, *_) = found
    ways = {way["key"]: way for way in client.get(address + first["id"]).json()}
    assert "nearest" in ways
    for finding in found:
        (way, *_) = client.get(address + finding["id"]).json()
        carry_out(client, made, way)
    assert findings(client, made, "white_space") == []
    assert findings(client, made, "overlap") == []
    with workspace(cast.workspace.id):
        assert held(made) == {"West": 2, "East": 2}


def test_findings_of_other_kinds_and_such_as_are_gone_have_no_ways_out(
    cast: Cast, gap: Land, client_of: ClientOf
) -> None:
    client = client_of(cast.viewer)
    for finding_id in ("overloaded-1", "overlap-1-2", "white_space-unit-gone", "", "\x00"):
        answer = client.get("/api/v1/findings/proposals", {"alignment": gap.alignment.pk, "finding": finding_id})
        assert (answer.status_code, answer.json()) == (200, [])
