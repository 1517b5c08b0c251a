"""A boundary from elsewhere on an alignment of units: the territory gets what it covers, in one edit."""

import pytest
from rest_framework.test import APIClient
from shapely.geometry import mapping

from territory.layers.covering import Rule
from territory.models import Alignment
from territory.services.edit_alignment import undo_edit
from tests.territory.world import World, square
from workspace.exceptions import Conflict, Locked


@pytest.fixture
def plan(world: World) -> Alignment:
    alignment = world.alignment()
    world.territory(alignment, "West", "0-0", "0-1", "0-2")
    world.territory(alignment, "East", "1-0", "2-0")
    return alignment


def owners(world: World, plan: Alignment) -> dict[str, str | None]:
    codes = [f"{column}-{row}" for column in range(3) for row in range(3)]
    return {code: name for code in codes if (name := world.owner_of(plan, code))}


def test_the_territory_has_the_units_covered_and_no_others(world: World, plan: Alignment) -> None:
    before = owners(world, plan)
    west = plan.territories.get(name="West")
    area = square(0, 0, columns=1.7, rows=2)
    world.edit(plan, "cover_units", territory_id=west.pk, boundary=area, rule=Rule.AREA)
    covered = dict.fromkeys(["0-0", "0-1", "1-0", "1-1"], "West")
    assert owners(world, plan) == covered | {"2-0": "East"}
    plan.refresh_from_db(fields=["revision"])
    undo_edit(plan.pk, revision=plan.revision, actor=world.actor)
    assert owners(world, plan) == before


def test_a_locked_neighbour_keeps_its_units(world: World, plan: Alignment) -> None:
    west, east = plan.territories.get(name="West"), plan.territories.get(name="East")
    world.edit(plan, "update_territory", territory_id=east.pk, is_locked=True)
    with pytest.raises(Locked, match="East"):
        world.edit(plan, "cover_units", territory_id=west.pk, boundary=square(0, 0, columns=2), rule=Rule.CENTRE)


def test_a_boundary_away_from_all_units_is_refused_in_words(world: World, plan: Alignment) -> None:
    west = plan.territories.get(name="West")
    with pytest.raises(Conflict, match="covers no unit"):
        world.edit(plan, "cover_units", territory_id=west.pk, boundary=square(30, 5), rule=Rule.AREA)


def test_what_would_move_is_shown_before(world: World, plan: Alignment, manager: APIClient) -> None:
    edit = {
        "op": "cover_units", "territory_id": plan.territories.get(name="East").pk, "rule": "area",
        "boundary": dict(mapping(square(0, 0, columns=2))),
    }  # fmt: skip
    shown = manager.post(f"/api/v1/alignments/{plan.pk}/plan", edit, format="json").json()
    east = plan.territories.get(name="East").pk
    moved = dict(zip(shown["unit_ids"], shown["territory_ids"], strict=True))
    assert moved == {world.units("0-0")[0]: east, world.units("2-0")[0]: None}
