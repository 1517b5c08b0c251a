"""Give to the neighbour, fill a hole, split: each one edit, planned first, undone in one step, stopped by locks."""

import pytest
from rest_framework.test import APIClient

from territory.models import Alignment, Territory
from territory.services.edit_alignment import undo_edit
from tests.territory.world import SIDE, SOUTH, WEST, World, middle
from workspace.exceptions import Conflict, Invalid, Locked


@pytest.fixture
def plan(world: World) -> Alignment:
    """Rows from north to south, one letter a territory, dot nobody:

    w e e
    w e e
    w w .
    """
    alignment = world.alignment()
    home = world.rep("Wilma", home=middle(0, 0))
    world.territory(alignment, "West", "0-0", "0-1", "0-2", "1-0", rep_id=home.pk)
    world.territory(alignment, "East", "1-1", "1-2", "2-1", "2-2")
    return alignment


def rows(world: World, alignment: Alignment) -> list[str]:
    def letter(code: str) -> str:
        name = world.owner_of(alignment, code)
        return "." if name is None else name[0].lower()

    return ["".join(letter(f"{column}-{row}") for column in range(3)) for row in (2, 1, 0)]


def undo(world: World, alignment: Alignment) -> None:
    alignment.refresh_from_db(fields=["revision"])
    undo_edit(alignment.pk, revision=alignment.revision, actor=world.actor)


def test_a_unit_goes_to_the_neighbour_with_the_longest_border(world: World, plan: Alignment) -> None:
    world.territory(plan, "South", "2-0")
    world.edit(plan, "give_to_neighbour", unit_ids=world.units("1-1"))
    assert rows(world, plan) == ["wee", "wwe", "wws"]
    undo(world, plan)
    assert rows(world, plan) == ["wee", "wee", "wws"]


def test_what_several_units_share_with_each_other_does_not_count(world: World, plan: Alignment) -> None:
    world.territory(plan, "South", "2-0")
    world.edit(plan, "give_to_neighbour", unit_ids=world.units("2-1", "2-2"))
    assert rows(world, plan) == ["wes", "wes", "wws"]


def test_a_locked_neighbour_is_passed_over(world: World, plan: Alignment) -> None:
    west = plan.territories.get(name="West")
    world.edit(plan, "update_territory", territory_id=west.pk, is_locked=True)
    with pytest.raises(Conflict, match="No other unlocked territory"):
        world.edit(plan, "give_to_neighbour", unit_ids=world.units("1-1"))


def test_a_locked_territory_gives_nothing_away(world: World, plan: Alignment) -> None:
    east = plan.territories.get(name="East")
    world.edit(plan, "update_territory", territory_id=east.pk, is_locked=True)
    with pytest.raises(Locked, match="East"):
        world.edit(plan, "give_to_neighbour", unit_ids=world.units("1-1"))


def test_a_hole_is_filled_in_one_step(world: World) -> None:
    alignment = world.alignment()
    ring = world.territory(alignment, "Ring", "0-0", "0-1", "0-2", "1-0", "1-2", "2-0", "2-1", "2-2")
    world.edit(alignment, "fill_holes", territory_id=ring.pk)
    assert rows(world, alignment) == ["rrr", "rrr", "rrr"]
    undo(world, alignment)
    assert rows(world, alignment) == ["rrr", "r.r", "rrr"]


def test_what_two_territories_enclose_is_nobodys_hole(world: World) -> None:
    alignment = world.alignment()
    ring = world.territory(alignment, "Ring", "0-0", "0-1", "0-2", "1-0", "1-2", "2-0", "2-2")
    world.territory(alignment, "Other", "2-1")
    with pytest.raises(Conflict, match="encloses no units"):
        world.edit(alignment, "fill_holes", territory_id=ring.pk)


def test_a_gap_at_the_edge_of_the_layer_is_not_a_hole(world: World, plan: Alignment) -> None:
    world.edit(plan, "merge_territories", territory_ids=_ids(plan), into_id=_ids(plan)[0])
    with pytest.raises(Conflict, match="encloses no units"):
        world.edit(plan, "fill_holes", territory_id=_ids(plan)[0])


def test_a_line_splits_off_the_smaller_side(world: World, plan: Alignment) -> None:
    west = plan.territories.get(name="West")
    line = [(WEST - 0.1, SOUTH + 1.9 * SIDE), (WEST + 0.6, SOUTH + 1.9 * SIDE)]
    world.edit(plan, "split_territory", territory_id=west.pk, name="North", line=line)
    assert rows(world, plan) == ["nee", "wee", "ww."]
    undo(world, plan)
    assert rows(world, plan) == ["wee", "wee", "ww."]
    assert not plan.territories.filter(name="North").exists()


def test_two_homes_split_a_territory_by_the_nearer_one(world: World, plan: Alignment) -> None:
    norma = world.rep("Norma", home=middle(0, 2))
    west = plan.territories.get(name="West")
    world.edit(plan, "split_territory", territory_id=west.pk, name="Norma's", rep_id=norma.pk)
    assert rows(world, plan) == ["nee", "wee", "ww."]
    assert Territory.objects.get(alignment=plan, name="Norma's").rep_id == norma.pk


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ([(WEST - 9, SOUTH), (WEST - 9, SOUTH + 1)], "one side|once"),
        ([(-84, 32), (-83, 33), (-83, 32), (-84, 33)], "crosses itself"),
    ],
)
def test_a_line_that_divides_nothing_is_refused_in_words(
    world: World, plan: Alignment, line: list[tuple[float, float]], why: str
) -> None:
    with pytest.raises(Invalid, match=why):
        world.edit(plan, "split_territory", territory_id=_ids(plan)[0], name="North", line=line)


def test_a_rep_without_a_home_cannot_split(world: World, plan: Alignment) -> None:
    nomad = world.rep("Nomad")
    with pytest.raises(Invalid, match="no home"):
        world.edit(plan, "split_territory", territory_id=_ids(plan)[0], name="North", rep_id=nomad.pk)


def test_a_plan_says_what_an_edit_would_do_and_does_nothing(world: World, plan: Alignment, manager: APIClient) -> None:
    units = world.units("1-1")
    answer = manager.post(f"/api/v1/alignments/{plan.pk}/plan", {"op": "give_to_neighbour", "unit_ids": units})
    west = plan.territories.get(name="West")
    assert answer.json() == {
        "label": "Gave 1 unit to the neighbour “West”",
        "unit_ids": units,
        "territory_ids": [west.pk],
        "added": [],
    }
    assert rows(world, plan) == ["wee", "wee", "ww."]


def _ids(alignment: Alignment) -> list[int]:
    return list(alignment.territories.values_list("pk", flat=True))
