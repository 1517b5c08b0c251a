"""Ground that two drawn territories claim, or none: given to one or divided, in one edit that is undone in one step."""

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon

from territory.models import Alignment, Territory
from territory.operations.resolve_overlap import nearer_part
from territory.patches.patch import shape_of
from territory.services.edit_alignment import undo_edit
from tests.territory.world import World, square
from workspace.exceptions import Conflict, Invalid


@pytest.fixture
def plan(world: World) -> Alignment:
    """Left over columns 0 and 1, Right over 1 and 2: both claim column 1."""
    alignment = world.alignment("drawn")
    world.territory(alignment, "Left", boundary=square(0, 0, columns=2))
    world.territory(alignment, "Right", boundary=square(1, 0, columns=2))
    return alignment


def ids(plan: Alignment, *names: str) -> list[int]:
    return [plan.territories.get(name=name).pk for name in names]


def ground(plan: Alignment, name: str) -> MultiPolygon:
    shape = shape_of(Territory.objects.get(alignment=plan, name=name))
    assert shape is not None
    return shape


def test_the_keeper_keeps_its_ground_and_the_other_gives_way(world: World, plan: Alignment) -> None:
    left, right = ids(plan, "Left", "Right")
    world.edit(plan, "resolve_overlap", territory_ids=[left, right], keeper_id=right)
    assert ground(plan, "Left").equals(square(0, 0))
    assert ground(plan, "Right").equals(square(1, 0, columns=2))
    plan.refresh_from_db(fields=["revision"])
    undo_edit(plan.pk, revision=plan.revision, actor=world.actor)
    assert ground(plan, "Left").equals(square(0, 0, columns=2))


def test_without_a_keeper_it_is_cut_along_the_middle(world: World, plan: Alignment) -> None:
    world.edit(plan, "resolve_overlap", territory_ids=ids(plan, "Left", "Right"))
    left, right = ground(plan, "Left"), ground(plan, "Right")
    assert left.area == pytest.approx(right.area, rel=1e-6)
    assert left.intersection(right).area == 0
    assert left.union(right).area == pytest.approx(square(0, 0, columns=3).area)


def test_territories_that_do_not_overlap_are_refused(world: World, plan: Alignment) -> None:
    world.territory(plan, "Far", boundary=square(5, 5))
    with pytest.raises(Conflict, match="do not overlap"):
        world.edit(plan, "resolve_overlap", territory_ids=ids(plan, "Left", "Far"))


def test_a_territory_inside_another_is_not_left_without_ground(world: World, plan: Alignment) -> None:
    world.territory(plan, "Inner", boundary=square(0.25, 0.25, columns=0.5, rows=0.5))
    left, inner = ids(plan, "Left", "Inner")
    with pytest.raises(Conflict, match="“Inner” lies inside"):
        world.edit(plan, "resolve_overlap", territory_ids=[left, inner], keeper_id=left)
    world.edit(plan, "resolve_overlap", territory_ids=[left, inner], keeper_id=inner)
    assert ground(plan, "Left").area == pytest.approx(square(0, 0, columns=2).area - ground(plan, "Inner").area)


@pytest.mark.parametrize("names", [("Left", "Left"), ("Left",)])
def test_other_than_two_territories_are_refused(world: World, plan: Alignment, names: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        world.edit(plan, "resolve_overlap", territory_ids=ids(plan, *names))


def test_a_keeper_who_is_neither_is_refused(world: World, plan: Alignment) -> None:
    world.territory(plan, "Far", boundary=square(5, 5))
    with pytest.raises(Invalid):
        world.edit(plan, "resolve_overlap", territory_ids=ids(plan, "Left", "Right"), keeper_id=ids(plan, "Far")[0])


def test_ground_of_nobody_is_given_without_what_others_claim(world: World, plan: Alignment) -> None:
    world.edit(plan, "assign_ground", territory_ids=ids(plan, "Left"), ground=square(0, 0, columns=3, rows=2))
    assert ground(plan, "Left").equals(square(0, 0, columns=2).union(square(0, 1, columns=3)))
    assert ground(plan, "Right").equals(square(1, 0, columns=2))


def test_ground_of_nobody_is_divided_between_the_nearer_ones(world: World, plan: Alignment) -> None:
    world.edit(plan, "assign_ground", territory_ids=ids(plan, "Left", "Right"), ground=square(0, 1, columns=3))
    assert ground(plan, "Left").covers(square(0, 1, columns=1))
    assert ground(plan, "Right").covers(square(2, 1, columns=1))
    assert ground(plan, "Left").union(ground(plan, "Right")).area == pytest.approx(6 * square(0, 0).area)


def test_ground_that_is_taken_by_now_is_refused(world: World, plan: Alignment) -> None:
    with pytest.raises(Conflict, match="by now"):
        world.edit(plan, "assign_ground", territory_ids=ids(plan, "Left"), ground=square(1, 0))


corner = st.floats(-1, 1).map(lambda value: round(value, 3))
box = st.tuples(corner, corner, st.floats(0.1, 1), st.floats(0.1, 1)).map(
    lambda values: shapely.box(values[0], values[1], values[0] + values[2], values[1] + values[3])
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ground=box, here=box, there=box)
def test_the_two_nearer_parts_make_up_the_ground(
    ground: shapely.Polygon, here: shapely.Polygon, there: shapely.Polygon
) -> None:
    parts = nearer_part(MultiPolygon([ground]), here, there)
    assert sum(part.area for part in parts) == pytest.approx(ground.area, rel=1e-6)
    assert shapely.union_all(parts).area == pytest.approx(ground.area, rel=1e-6)
