"""Moving a corner of a shared border: one edit for all neighbours, one undo, stopped by locks."""

import numpy as np
import pytest
import shapely
from rest_framework.test import APIClient

from territory.models import AccountAssignment, Alignment, Territory
from territory.patches.patch import shape_of
from territory.services.edit_alignment import redo_edit, undo_edit
from territory.topology import SNAP
from tests.territory.world import SIDE, SOUTH, WEST, World, square
from workspace.exceptions import Conflict, Invalid, Locked

CORNER = (WEST + SIDE, SOUTH + SIDE)
EASTWARD = (WEST + 1.8 * SIDE, SOUTH + SIDE)


@pytest.fixture
def drawn(world: World) -> Alignment:
    """Left beside Right, each one square, an account in the middle of each and one in the north of Right."""
    world.account(0, 0)
    world.account(1, 0)
    world.account(0.6, 0.45)
    alignment = world.alignment("drawn")
    world.territory(alignment, "Left", boundary=square(0, 0))
    world.territory(alignment, "Right", boundary=square(1, 0))
    return alignment


def shapes(alignment: Alignment) -> dict[str, shapely.MultiPolygon | None]:
    return {t.name: shape_of(t) for t in Territory.objects.filter(alignment=alignment)}


def owners(alignment: Alignment) -> list[str | None]:
    rows = AccountAssignment.objects.filter(alignment=alignment).order_by("account_id").select_related("territory")
    return [row.territory.name if row.territory else None for row in rows]


def named(alignment: Alignment, name: str) -> Territory:
    return Territory.objects.get(alignment=alignment, name=name)


def test_both_territories_change_in_one_edit_and_the_accounts_follow(world: World, drawn: Alignment) -> None:
    assert owners(drawn) == ["Left", "Right", "Right"]
    done = world.edit(drawn, "move_corner", territory_id=named(drawn, "Left").pk, corner=CORNER, to=EASTWARD)
    assert done.change is not None
    assert done.change.label == "Moved the border of “Left” and “Right”"
    assert done.territory_ids == sorted(t.pk for t in Territory.objects.filter(alignment=drawn))
    after = shapes(drawn)
    assert shapely.intersection(after["Left"], after["Right"]).area == 0
    assert shapely.union(after["Left"], after["Right"]).equals(square(0, 0, columns=2))
    assert owners(drawn) == ["Left", "Right", "Left"]


def test_one_undo_takes_it_back_for_both_and_one_redo_does_it_again(world: World, drawn: Alignment) -> None:
    before = shapes(drawn)
    world.edit(drawn, "move_corner", territory_id=named(drawn, "Left").pk, corner=CORNER, to=EASTWARD)
    after = shapes(drawn)
    for step, expected in ((undo_edit, before), (redo_edit, after)):
        drawn.refresh_from_db(fields=["revision"])
        step(drawn.pk, revision=drawn.revision, actor=world.actor)
        assert shapes(drawn) == expected


def test_a_locked_neighbour_keeps_its_border_and_says_so(world: World, drawn: Alignment) -> None:
    right = named(drawn, "Right")
    world.edit(drawn, "update_territory", territory_id=right.pk, is_locked=True)
    with pytest.raises(Locked, match="Right"):
        world.edit(drawn, "move_corner", territory_id=named(drawn, "Left").pk, corner=CORNER, to=EASTWARD)


def test_drawing_the_boundary_of_one_alone_may_still_overlap(world: World, drawn: Alignment) -> None:
    world.edit(drawn, "set_boundary", territory_id=named(drawn, "Left").pk, boundary=square(0, 0, columns=1.5))
    after = shapes(drawn)
    assert shapely.intersection(after["Left"], after["Right"]).area == pytest.approx(SIDE * SIDE / 2)


def test_a_territory_drawn_along_a_neighbour_takes_over_its_border(world: World, drawn: Alignment) -> None:
    beside = shapely.transform(square(2, 0), lambda points: np.add(points, [SNAP / 2, SNAP / 3]))
    world.territory(drawn, "Beside", boundary=beside)
    after = shapes(drawn)
    assert shapely.intersection(after["Right"], after["Beside"]).length == pytest.approx(SIDE)
    assert shapely.intersection(after["Right"], after["Beside"]).area == 0


def test_units_have_no_corners_to_move(world: World) -> None:
    plan = world.alignment()
    west = world.territory(plan, "West", "0-0")
    with pytest.raises(Conflict, match="drawn boundaries"):
        world.edit(plan, "move_corner", territory_id=west.pk, corner=CORNER, to=None)


def test_a_territory_without_a_boundary_has_none_either(world: World, drawn: Alignment) -> None:
    bare = world.territory(drawn, "Bare")
    with pytest.raises(Invalid, match="no boundary yet"):
        world.edit(drawn, "move_corner", territory_id=bare.pk, corner=CORNER, to=None)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"corner": [1, 2], "to": None}, "corner"),
        ({"corner": [200, 2], "to": None}, "corner.0"),
        ({"corner": [10, 95], "to": None}, "corner"),
        ({"corner": list(CORNER)}, "to"),
        ({"corner": list(CORNER), "to": [0, "north"]}, "to.1"),
        ({"corner": list(CORNER), "to": [170, SOUTH]}, "to"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field(
    drawn: Alignment, manager: APIClient, fields: dict[str, object], where: str
) -> None:
    edit = {"op": "move_corner", "territory_id": named(drawn, "Left").pk, **fields}
    answer = manager.post(f"/api/v1/alignments/{drawn.pk}/edits", edit, format="json", HTTP_IF_MATCH='"3"')
    assert answer.status_code == 400, answer.json()
    assert [error["field"] for error in answer.json()["errors"]] == [where]
