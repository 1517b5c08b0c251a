"""Segments get a number that stays, and account tiles carry it, with the amount one asks for."""

import pytest
from rest_framework.test import APIClient

from accounts.models import Segment
from accounts.models.segment import NUMBERS_MAX
from accounts.services.accounts import update_account
from territory.models import AccountAssignment, Alignment
from territory.services.create_alignment import create_alignment
from territory.tiles import account_tile
from tests.territory.mvt import features
from tests.territory.world import World

GROUPED, SINGLE = (5, 8, 12), (12, 1095, 1659)


def numbers() -> dict[str, int]:
    return dict(Segment.objects.values_list("name", "number"))


def kept(alignment: Alignment) -> list[int]:
    rows = AccountAssignment.objects.filter(alignment=alignment).order_by("account_id")
    return list(rows.values_list("segment", flat=True))


@pytest.fixture
def plan(world: World) -> Alignment:
    """Two schools and a bank in one square, and an account of no segment."""
    for segment in ("School", "Bank", "School", ""):
        world.account(
            0, 0, segment=segment, revenue=100, potential_minor=7, visits_per_year=3, service_min_per_visit=30
        )
    alignment = world.alignment()
    world.territory(alignment, "West", "0-0")
    return alignment


def test_a_segment_keeps_its_number_whatever_comes(world: World, plan: Alignment) -> None:
    assert numbers() == {"School": 1, "Bank": 2}
    world.account(1, 1, segment="Abbey")
    assert numbers() == {"School": 1, "Bank": 2, "Abbey": 3}
    assert kept(plan) == [1, 2, 1, 0, 3]


def test_an_account_that_changes_its_segment_changes_its_number_in_every_alignment(
    world: World, plan: Alignment
) -> None:
    copy = create_alignment(name="Copy", team=plan.team, basis="units", source="copy", copy_of=plan, actor=world.actor)
    assert kept(copy) == [1, 2, 1, 0]
    account = AccountAssignment.objects.filter(alignment=plan).order_by("account_id")[3].account
    update_account(account, actor=world.actor, segment="Zoo")
    assert (kept(plan), kept(copy)) == ([1, 2, 1, 3], [1, 2, 1, 3])


def test_segments_beyond_the_last_number_are_like_none(world: World) -> None:
    Segment.objects.create(workspace=world.workspace, number=NUMBERS_MAX, name="Last")
    world.account(0, 0, segment="One too many")
    assert numbers() == {"Last": NUMBERS_MAX}
    assert kept(world.alignment()) == [0]


@pytest.mark.parametrize("place", [GROUPED, SINGLE])
def test_a_tile_has_segments_only_on_wish(plan: Alignment, place: tuple[int, int, int]) -> None:
    plain = features(account_tile(plan, *place))
    assert all("s" not in feature for feature in plain)
    assert sum(int(str(feature["n"])) for feature in plain) == 4
    by_segment: dict[object, int] = {}
    for feature in features(account_tile(plan, *place, has_segments=True)):
        by_segment[feature["s"]] = by_segment.get(feature["s"], 0) + int(str(feature["n"]))
    assert by_segment == {1: 2, 2: 1, 0: 1}


@pytest.mark.parametrize(("amount", "total"), [("revenue", 400), ("potential", 28), ("pipeline", 0), ("workload", 6)])
@pytest.mark.parametrize("place", [GROUPED, SINGLE])
def test_a_tile_sums_the_amount_one_asks_for(
    plan: Alignment, place: tuple[int, int, int], amount: str, total: int
) -> None:
    found = features(account_tile(plan, *place, amount=amount))
    assert sum(float(str(feature["r"])) for feature in found) == total


def test_tiles_of_different_looks_are_told_apart_and_unknown_amounts_refused(
    manager: APIClient, plan: Alignment
) -> None:
    url = f"/api/v1/alignments/{plan.pk}/tiles/accounts/5/8/12.mvt"
    looks = ["", "?segments=true", "?amount=potential", "?amount=potential&segments=true"]
    assert len({manager.get(url + look)["ETag"] for look in looks}) == len(looks)
    refused = manager.get(f"{url}?amount=age")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "amount")


def test_names_of_segments_are_listed_by_number(manager: APIClient, plan: Alignment) -> None:
    assert manager.get("/api/v1/segments").json() == [
        {"number": 1, "name": "School"},
        {"number": 2, "name": "Bank"},
    ]
