"""The history: what a change did, names on its points, and an undo that others came after."""

import pytest
from rest_framework.test import APIClient

from territory.models import Alignment
from territory.services.open_draft import open_draft
from tests.cast import Cast
from tests.territory.world import World


@pytest.fixture
def plan(world: World) -> Alignment:
    alignment = world.alignment()
    world.territory(alignment, "West", "0-0", "0-1")
    world.territory(alignment, "East", "1-0", "1-1")
    alignment.refresh_from_db()
    return alignment


@pytest.fixture
def late(world: World, plan: Alignment, here: Cast) -> Alignment:
    """The manager painted two units; then the admin painted one of them."""
    west, east = (plan.territories.get(name=name) for name in ("West", "East"))
    world.edit(plan, "assign_units", unit_ids=world.units("2-0", "2-1"), territory_id=west.pk)
    world.edit(plan, "assign_units", actor=here.admin, unit_ids=world.units("2-1"), territory_id=east.pk)
    plan.refresh_from_db()
    return plan


def undo(client: APIClient, alignment: Alignment, **body: object) -> tuple[int, dict]:
    answer = client.post(
        f"/api/v1/alignments/{alignment.pk}/undo", body, headers={"If-Match": f'"{alignment.revision}"'}
    )
    return answer.status_code, answer.json()


def test_an_undo_that_would_touch_a_later_edit_says_so_and_what_is_possible(
    late: Alignment, manager: APIClient
) -> None:
    status, body = undo(manager, late)
    assert (status, body["code"], body["undoable"]) == (409, "conflict", {"n_parts": 1, "n_all": 2})
    assert "unit “2-1”" in body["detail"]


def test_what_nobody_touched_can_be_taken_back_alone(world: World, late: Alignment, manager: APIClient) -> None:
    status, body = undo(manager, late, only_untouched=True)
    assert (status, body["change"]["label"]) == (200, "Undid 1 of 2: Gave 2 units to “West”")
    assert (world.owner_of(late, "2-0"), world.owner_of(late, "2-1")) == (None, "East")


def test_where_nothing_is_left_of_an_edit_nothing_is_undone(
    world: World, plan: Alignment, here: Cast, manager: APIClient
) -> None:
    west, east = (plan.territories.get(name=name) for name in ("West", "East"))
    for actor, territory in ((here.manager, west), (here.admin, east)):
        world.edit(plan, "assign_units", actor=actor, unit_ids=world.units("2-1"), territory_id=territory.pk)
    plan.refresh_from_db()
    status, body = undo(manager, plan, only_untouched=True)
    assert (status, body["undoable"]["n_parts"]) == (409, 0)
    assert world.owner_of(plan, "2-1") == "East"


def test_the_history_tells_what_each_change_touched(late: Alignment, manager: APIClient) -> None:
    results = manager.get(f"/api/v1/alignments/{late.pk}/changes").json()["results"]
    assert [change["effect"]["n_units"] for change in results] == [1, 2, 2, 2, 0]
    assert results[0]["member_name"] == "Acme admin"


def test_a_point_of_the_history_gets_a_name_and_nothing_else_changes(
    late: Alignment, here: Cast, manager: APIClient
) -> None:
    address = f"/api/v1/alignments/{late.pk}/versions"
    answer = manager.post(address, {"name": "Before the review", "revision": 3})
    assert (answer.status_code, answer.json()["revision_after"]) == (201, 3)
    newest = manager.get(f"/api/v1/alignments/{late.pk}/changes").json()["results"][0]
    assert (newest["operation"], newest["label"]) == ("name_version", "Before the review")
    late.refresh_from_db()
    assert late.revision == 5
    assert open_draft(late, name="Early", revision=2, actor=here.manager).territories.count() == 1


def test_a_revision_that_never_was_gets_no_name(late: Alignment, manager: APIClient) -> None:
    answer = manager.post(f"/api/v1/alignments/{late.pk}/versions", {"name": "Later", "revision": 99})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "revision")
