"""Any point of an alignment's history as a scenario of its own, and an edit that came too late on top of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from territory.models import AccountAssignment, Alignment, Territory, UnitAssignment
from territory.services.open_draft import open_draft
from tests.cast import Cast
from tests.territory.world import World, square
from workspace.exceptions import Conflict, DomainError, Invalid
from workspace.models import Change

CODES = [f"{column}-{row}" for column in range(3) for row in range(3)]


@pytest.fixture
def plan(world: World) -> Alignment:
    """West has column 0, East column 1; one account in the middle of each unit of row 0. At revision 3."""
    for column in range(3):
        world.account(column, 0)
    alignment = world.alignment()
    world.territory(alignment, "West", "0-0", "0-1", "0-2")
    world.territory(alignment, "East", "1-0", "1-1", "1-2")
    alignment.refresh_from_db()
    return alignment


def state(alignment: Alignment) -> dict[str, object]:
    """Everything that makes an alignment what it is, with names in place of ids."""
    fields = ("name", "code", "colour", "rep_id", "target_share", "is_locked", "position", "area_m2")
    units = UnitAssignment.objects.filter(alignment=alignment).values_list("unit__code", "territory__name")
    accounts = AccountAssignment.objects.filter(alignment=alignment)
    return {
        "territories": {t.name: [getattr(t, f) for f in fields] for t in Territory.objects.filter(alignment=alignment)},
        "units": dict(units),
        "accounts": {
            row.account_id: (row.territory.name if row.territory else None, row.source, row.is_overlap)
            for row in accounts.select_related("territory")
        },
    }


def draft_of(alignment: Alignment, revision: int, cast: Cast, **edit: object) -> Alignment:
    return open_draft(alignment, name="As it was", revision=revision, actor=cast.manager, **edit)


def test_a_draft_of_an_earlier_revision_is_as_the_alignment_was(world: World, plan: Alignment, here: Cast) -> None:
    before = state(plan)
    west, east = (plan.territories.get(name=name) for name in ("West", "East"))
    world.edit(plan, "assign_units", unit_ids=world.units("1-0", "2-0"), territory_id=west.pk)
    world.edit(plan, "update_territory", territory_id=west.pk, name="Wild West", is_locked=True)
    world.edit(plan, "remove_territory", territory_id=east.pk)
    world.territory(plan, "South", "2-1")
    after = state(plan)
    assert state(draft_of(plan, 3, here)) == before
    assert state(plan) == after


def test_a_draft_of_the_present_revision_is_a_copy(plan: Alignment, here: Cast) -> None:
    draft = draft_of(plan, 3, here)
    assert (state(draft), draft.parent_id, draft.revision) == (state(plan), plan.pk, 1)


def test_drawn_boundaries_come_back_too(world: World, here: Cast) -> None:
    world.account(0, 0)
    drawn = world.alignment("drawn")
    left = world.territory(drawn, "Left", boundary=square(0, 0))
    before = state(drawn)
    world.edit(drawn, "set_boundary", territory_id=left.pk, boundary=square(2, 2))
    assert state(draft_of(drawn, 2, here)) == before


def test_an_edit_that_came_too_late_is_kept_on_what_its_author_saw(world: World, plan: Alignment, here: Cast) -> None:
    west, east = (plan.territories.get(name=name) for name in ("West", "East"))
    world.edit(plan, "assign_units", actor=here.admin, unit_ids=world.units("2-0"), territory_id=west.pk)
    mine = {"unit_ids": world.units("2-0", "2-1"), "territory_id": east.pk}
    draft = draft_of(plan, 3, here, operation="assign_units", arguments=mine)
    assert [world.owner_of(draft, code) for code in ("2-0", "2-1")] == ["East", "East"]
    assert [world.owner_of(plan, code) for code in ("2-0", "2-1")] == ["West", None]


@pytest.mark.parametrize("revision", [0, 4])
def test_a_revision_that_never_was_is_refused(plan: Alignment, here: Cast, revision: int) -> None:
    with pytest.raises(Invalid, match="no such revision"):
        draft_of(plan, revision, here)


def test_a_history_with_a_hole_is_not_guessed_at(world: World, plan: Alignment, here: Cast) -> None:
    Change.objects.filter(subject_id=plan.pk, revision_after=3).delete()
    with pytest.raises(Conflict, match="does not reach back"):
        draft_of(plan, 1, here)


def test_over_http_a_draft_answers_as_an_alignment(world: World, plan: Alignment, manager: APIClient) -> None:
    body = {
        "name": "Mine",
        "revision": 2,
        "edit": {"op": "add_territory", "name": "North", "unit_ids": world.units("2-2")},
    }
    answer = manager.post(f"/api/v1/alignments/{plan.pk}/drafts", body)
    assert (answer.status_code, answer.json()["n_territories"], answer.json()["state"]) == (201, 2, "draft")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_was_done_every_revision_comes_back(
    data: st.DataObject, world: World, plan: Alignment, here: Cast
) -> None:
    alignment = draft_of(plan, 3, here)
    states = {1: state(alignment)}
    for _ in range(data.draw(st.integers(1, 6))):
        _edit_somehow(data, world, alignment)
        alignment.refresh_from_db()
        states[alignment.revision] = state(alignment)
    revision = data.draw(st.sampled_from(sorted(states)))
    assert state(draft_of(alignment, revision, here)) == states[revision]


def _edit_somehow(data: st.DataObject, world: World, alignment: Alignment) -> None:
    present = list(Territory.objects.filter(alignment=alignment))
    units = world.units(*data.draw(st.sets(st.sampled_from(CODES), min_size=1, max_size=4)))
    kinds = ["add", "paint", "rename", "lock", "remove", "merge"] if len(present) > 1 else ["add"]
    kind = data.draw(st.sampled_from(kinds))
    one, *others = data.draw(st.permutations(present)) if present else [None]
    arguments = {
        "add": lambda: ("add_territory", {"name": f"T{alignment.revision}", "unit_ids": units}),
        "paint": lambda: ("assign_units", {"unit_ids": units, "territory_id": one.pk}),
        "rename": lambda: ("update_territory", {"territory_id": one.pk, "name": f"R{alignment.revision}"}),
        "lock": lambda: ("update_territory", {"territory_id": one.pk, "is_locked": not one.is_locked}),
        "remove": lambda: ("remove_territory", {"territory_id": one.pk}),
        "merge": lambda: ("merge_territories", {"territory_ids": [others[0].pk], "into_id": one.pk}),
    }
    operation, values = arguments[kind]()
    try:
        world.edit(alignment, operation, **values)
    except DomainError:
        return
